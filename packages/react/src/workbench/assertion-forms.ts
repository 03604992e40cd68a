import type { Assertion } from '@velostream/core/protocol/explore';

export type FieldInput = 'text' | 'number' | 'list' | 'choice';

/** One parameter of an assertion as a form shows it. */
export interface AssertionField {
  readonly name: string;
  readonly label: string;
  readonly input: FieldInput;
  readonly options?: readonly string[];
}

export interface AssertionForm {
  readonly type: string;
  readonly label: string;
  readonly fields: readonly AssertionField[];
  readonly start: Assertion;
}

const text = (name: string, label: string): AssertionField => ({ name, label, input: 'text' });
const number = (name: string, label: string): AssertionField => ({ name, label, input: 'number' });
const list = (name: string, label: string): AssertionField => ({ name, label, input: 'list' });

/** Assertions of the test kit that people write by hand; the kit knows more, which a spec file can name. */
export const ASSERTION_FORMS: readonly AssertionForm[] = [
  {
    type: 'record_count',
    label: 'Number of records',
    fields: [number('min', 'At least'), number('max', 'At most'), number('equals', 'Exactly')],
    start: { type: 'record_count', min: 1 },
  },
  {
    type: 'schema_contains',
    label: 'Fields are there',
    fields: [list('fields', 'Fields')],
    start: { type: 'schema_contains', fields: [] },
  },
  { type: 'no_nulls', label: 'No NULL', fields: [list('fields', 'Fields')], start: { type: 'no_nulls', fields: [] } },
  {
    type: 'no_duplicates',
    label: 'No duplicates',
    fields: [list('key_fields', 'Key fields')],
    start: { type: 'no_duplicates', key_fields: [] },
  },
  {
    type: 'field_values',
    label: 'Values of a field',
    fields: [
      text('field', 'Field'),
      {
        name: 'operator',
        label: 'Is',
        input: 'choice',
        options: ['equals', 'not_equals', 'greater_than', 'less_than', 'contains', 'matches'],
      },
      text('value', 'Value'),
    ],
    start: { type: 'field_values', field: '', operator: 'greater_than', value: '0' },
  },
  {
    type: 'aggregate_check',
    label: 'Aggregate over the output',
    fields: [
      { name: 'function', label: 'Function', input: 'choice', options: ['SUM', 'AVG', 'COUNT', 'MIN', 'MAX'] },
      text('field', 'Field'),
      text('expected', 'Expected'),
      number('tolerance', 'Tolerance'),
    ],
    start: { type: 'aggregate_check', function: 'SUM', field: '', expected: '' },
  },
  {
    type: 'join_coverage',
    label: 'Share of rows that join',
    fields: [text('left', 'Left source'), text('right', 'Right source'), text('key', 'Key'), number('min_match_rate', 'At least, 0 to 1')],
    start: { type: 'join_coverage', min_match_rate: 0.5 },
  },
  { type: 'execution_time', label: 'Time', fields: [number('max_ms', 'At most, ms')], start: { type: 'execution_time', max_ms: 5_000 } },
  { type: 'memory_usage', label: 'Memory', fields: [number('max_mb', 'At most, MB')], start: { type: 'memory_usage', max_mb: 256 } },
];

export const formOf = (type: string): AssertionForm | undefined => ASSERTION_FORMS.find((form) => form.type === type);

/** A parameter as the form shows it. */
export function fieldText(assertion: Assertion, { name }: AssertionField): string {
  const value = assertion[name];
  if (Array.isArray(value)) return value.join(', ');
  return value === undefined || value === null ? '' : String(value);
}

/** The assertion with a parameter as it was typed; an empty one is left out. */
export function withField(assertion: Assertion, field: AssertionField, typed: string): Assertion {
  const { [field.name]: _, ...rest } = assertion;
  const next: Assertion = { ...rest, type: assertion.type };
  if (field.input === 'list')
    return {
      ...next,
      [field.name]: typed
        .split(',')
        .map((part) => part.trim())
        .filter((part) => part !== ''),
    };
  if (typed.trim() === '') return next;
  const asNumber = Number(typed);
  return { ...next, [field.name]: field.input === 'number' && Number.isFinite(asNumber) ? asNumber : typed };
}
