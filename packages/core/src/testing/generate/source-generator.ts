import { testingError } from '../../diagnostics/codes/testing.ts';
import type { Row, Value } from '../../protocol/query.ts';
import type { DataField, DataSchema } from '../../protocol/studio/testing.ts';
import { createRandom } from '../../values/generate/random.ts';
import { namesIn, parseTestExpression } from '../expression/parse-expression.ts';
import { anomalyMaker } from './anomalies.ts';
import { coerceTo } from './coerce.ts';
import { derivedEvaluator } from './derived.ts';
import { fieldMaker, type Maker, type MakerContext, type RowPlace } from './field-maker.ts';

/** Makes the rows of one schema; walks, sequences and state machines go on from call to call until `reset`. */
export interface SourceGenerator {
  generate(count: number, times?: Float64Array | null): Row[];
  reset(): void;
}

interface Step {
  readonly name: string;
  readonly make: Maker;
}

/** Order within a row: plain fields, then walks and state machines that follow another field, then derived fields by what they need. */
export function createSourceGenerator(schema: DataSchema, context: MakerContext): SourceGenerator {
  let steps = stepsOf(schema, context);
  let spoil = schema.anomalies && schema.anomalies.length > 0 ? anomalyMaker(schema, context.seed, context.now) : null;
  const empty: Record<string, Value> = {};
  for (const field of schema.fields) empty[field.name] = null;
  return {
    generate(count, times = null) {
      const rows: Row[] = new Array(count);
      const place: RowPlace = { index: 0, count, time: Number.NaN };
      const { length } = steps;
      for (let i = 0; i < count; i++) {
        const row: Record<string, Value> = { ...empty };
        place.index = i;
        if (times !== null) place.time = times[i] as number;
        for (let s = 0; s < length; s++) {
          const step = steps[s] as Step;
          row[step.name] = step.make(row, place);
        }
        if (spoil !== null) spoil(row);
        rows[i] = row;
      }
      return rows;
    },
    reset() {
      steps = stepsOf(schema, context);
      spoil = schema.anomalies && schema.anomalies.length > 0 ? anomalyMaker(schema, context.seed, context.now) : null;
    },
  };
}

const followsField = ({ constraints: c }: DataField): boolean =>
  c?.distribution?.['group_by'] !== undefined || c?.state_machine?.group_by !== undefined;
const isDerived = (field: DataField): boolean => field.constraints?.derived !== undefined;

function stepsOf(schema: DataSchema, context: MakerContext): readonly Step[] {
  const made = schema.fields.map((field) => withRelationship(field, schema));
  const plain = made.filter((f) => !isDerived(f) && !followsField(f));
  const following = made.filter((f) => !isDerived(f) && followsField(f));
  return [
    ...[...plain, ...following].map((field) => ({ name: field.name, make: fieldMaker(field, context) })),
    ...derivedOrder(made.filter(isDerived), schema).map((field) => ({ name: field.name, make: derivedMaker(field, schema, context) })),
  ];
}

/** A relationship of the schema says the same as `references` of the field. */
export function withRelationship(field: DataField, schema: DataSchema): DataField {
  const relationship = schema.relationships?.find((r) => r.field === field.name);
  if (!relationship || field.constraints?.references) return field;
  const at = relationship.references.lastIndexOf('.');
  const references = {
    schema: relationship.references.slice(0, at),
    field: relationship.references.slice(at + 1),
    ...(relationship.strategy === undefined ? {} : { strategy: relationship.strategy }),
  };
  // Where the parent's values are known they win over a list of the child's own.
  const { enum_values: _own, ...rest } = field.constraints ?? {};
  return { ...field, constraints: { ...rest, references } };
}

function derivedOrder(fields: readonly DataField[], schema: DataSchema): DataField[] {
  const needs = new Map(
    fields.map((f) => {
      const d = f.constraints?.derived;
      const read = [...namesIn(parseTestExpression(d?.expression ?? '')), ...(d?.depends_on ?? [])];
      return [f.name, read.filter((name) => fields.some((other) => other.name === name))] as const;
    }),
  );
  const order: DataField[] = [];
  const state = new Map<string, 'open' | 'done'>();
  const visit = (field: DataField, path: readonly string[]): void => {
    if (state.get(field.name) === 'done') return;
    if (state.get(field.name) === 'open')
      throw testingError('VS5401', { what: schema.name, problem: `derived fields need each other: ${[...path, field.name].join(' → ')}` });
    state.set(field.name, 'open');
    for (const name of needs.get(field.name) ?? []) visit(fields.find((f) => f.name === name) as DataField, [...path, field.name]);
    state.set(field.name, 'done');
    order.push(field);
  };
  for (const field of fields) visit(field, []);
  return order;
}

function derivedMaker(field: DataField, schema: DataSchema, context: MakerContext): Maker {
  const told = new Set<string>();
  const evaluate = derivedEvaluator(field.constraints?.derived?.expression ?? '', {
    decimals: new Set(schema.fields.filter((f) => f.type === 'decimal').map((f) => f.name)),
    random: createRandom(context.seed, `${context.schema}.${field.name}`),
    unknownName(name) {
      if (!told.has(name)) context.warn(`field "${field.name}": "${name}" is not known; NULL is used`);
      told.add(name);
    },
  });
  return (row) => coerceTo(field, evaluate(row), context.now);
}
