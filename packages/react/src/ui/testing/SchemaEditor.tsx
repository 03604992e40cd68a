import type { DataField, DataSchema } from '@velostream/core/protocol/explore';
import type { ReactNode } from 'react';
import { Button } from '../controls/Button.tsx';

export interface SchemaEditorProps {
  readonly schema: DataSchema;
  readonly onChange: (schema: DataSchema) => void;
}

const TYPES: readonly DataField['type'][] = ['string', 'integer', 'float', 'decimal', 'boolean', 'timestamp', 'date', 'uuid'];

const listOf = ({ constraints }: DataField): string => constraints?.enum_values?.values.join(', ') ?? '';
const boundOf = ({ constraints }: DataField, bound: 'min' | 'max'): string => String(constraints?.range?.[bound] ?? '');

function withValues(field: DataField, typed: string): DataField {
  const values = typed
    .split(',')
    .map((part) => part.trim())
    .filter((part) => part !== '');
  const { enum_values: _, ...others } = field.constraints ?? {};
  return { ...field, constraints: values.length === 0 ? others : { ...others, enum_values: { values } } };
}

function withBound(field: DataField, bound: 'min' | 'max', typed: string): DataField {
  const { [bound]: _, ...range } = field.constraints?.range ?? {};
  const number = Number(typed);
  const next = typed.trim() === '' ? range : { ...range, [bound]: Number.isFinite(number) ? number : typed };
  return { ...field, constraints: { ...field.constraints, range: next } };
}

/** How the rows of one source are made: names, types, values, bounds. */
export function SchemaEditor({ schema, onChange }: SchemaEditorProps): ReactNode {
  const put = (at: number, field: DataField): void =>
    onChange({ ...schema, fields: schema.fields.map((other, i) => (i === at ? field : other)) });
  return (
    <fieldset className="velo-builder">
      <legend>{`Rows of ${schema.name}`}</legend>
      <div className="velo-schema-fields">
        {schema.fields.map((field, at) => (
          // biome-ignore lint/suspicious/noArrayIndexKey: a name changes while it is typed; the place does not
          <div key={at} className="velo-schema-field">
            <input
              className="velo-input"
              aria-label="Name of the field"
              value={field.name}
              onChange={(event) => put(at, { ...field, name: event.currentTarget.value })}
            />
            <select
              className="velo-select"
              aria-label={`Type of ${field.name}`}
              value={field.type}
              onChange={(event) => {
                const type = TYPES.find((other) => other === event.currentTarget.value);
                if (type) put(at, { ...field, type });
              }}
            >
              {TYPES.map((type) => (
                <option key={type}>{type}</option>
              ))}
            </select>
            {field.type === 'string' ? (
              <input
                className="velo-input"
                aria-label={`Values of ${field.name}`}
                placeholder="any of: a, b, c"
                defaultValue={listOf(field)}
                onBlur={(event) => put(at, withValues(field, event.currentTarget.value))}
              />
            ) : (
              <span className="velo-bounds">
                <input
                  className="velo-input"
                  aria-label={`Least ${field.name}`}
                  placeholder="from"
                  defaultValue={boundOf(field, 'min')}
                  onBlur={(event) => put(at, withBound(field, 'min', event.currentTarget.value))}
                />
                <input
                  className="velo-input"
                  aria-label={`Most ${field.name}`}
                  placeholder="to"
                  defaultValue={boundOf(field, 'max')}
                  onBlur={(event) => put(at, withBound(field, 'max', event.currentTarget.value))}
                />
              </span>
            )}
            <label className="velo-check">
              <input
                type="checkbox"
                checked={field.nullable ?? false}
                onChange={(event) => put(at, { ...field, nullable: event.currentTarget.checked })}
              />
              may be missing
            </label>
            <Button
              look="quiet"
              icon="trash"
              aria-label={`Remove ${field.name}`}
              onClick={() => onChange({ ...schema, fields: schema.fields.filter((_, i) => i !== at) })}
            />
          </div>
        ))}
      </div>
      <Button
        look="quiet"
        icon="plus"
        onClick={() => onChange({ ...schema, fields: [...schema.fields, { name: `field_${schema.fields.length + 1}`, type: 'string' }] })}
      >
        Add a field
      </Button>
    </fieldset>
  );
}
