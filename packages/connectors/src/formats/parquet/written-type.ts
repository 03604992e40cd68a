import { connectorError, type Field } from '@velostream/core/connect';
import { jsonTextOf, type Scalar, type SqlType, typeText } from '@velostream/core/connect/formats';
import type { SchemaElement } from 'hyparquet';

const DAY_MS = 86_400_000;
/** Digits that 64 bits hold whatever they are. */
const INT64_DIGITS = 18;
const INT128_BYTES = 16;

/** How a column is written. */
export interface ColumnPlan {
  readonly name: string;
  readonly elements: readonly SchemaElement[];
  readonly isFloat: boolean;
  /** A value in scalar form as the writer wants it; never NULL. */
  write(value: Scalar): unknown;
}

interface Written {
  readonly elements: readonly SchemaElement[];
  readonly write: (value: Scalar) => unknown;
}

export function schemaElements(field: Field): ColumnPlan {
  const { elements, write } = written(field.name, field.type, field);
  return { name: field.name, elements, write, isFloat: field.type.kind === 'float' };
}

// In each case below, values have the scalar form of the type: that is what every `as` rests on.
function written(name: string, type: SqlType, field: Field): Written {
  const leaf = (element: Omit<SchemaElement, 'name' | 'repetition_type'>, write: (value: Scalar) => unknown): Written => ({
    elements: [{ name, repetition_type: 'OPTIONAL', ...element }],
    write,
  });
  switch (type.kind) {
    case 'boolean':
      return leaf({ type: 'BOOLEAN' }, (v) => v);
    case 'integer':
      return leaf({ type: 'INT64' }, (v) => BigInt(v as number));
    case 'float':
      return leaf({ type: 'DOUBLE' }, (v) => v);
    case 'decimal': {
      const { precision, scale } = type;
      const logical = {
        converted_type: 'DECIMAL' as const,
        precision,
        scale,
        logical_type: { type: 'DECIMAL' as const, precision, scale },
      };
      const stored =
        precision <= INT64_DIGITS ? { type: 'INT64' as const } : { type: 'FIXED_LEN_BYTE_ARRAY' as const, type_length: INT128_BYTES };
      return leaf({ ...stored, ...logical }, (v) => BigInt(v as number));
    }
    case 'string':
      return leaf({ type: 'BYTE_ARRAY', converted_type: 'UTF8', logical_type: { type: 'STRING' } }, (v) => v);
    case 'bytes':
      return leaf({ type: 'BYTE_ARRAY' }, (v) => v);
    case 'date':
      return leaf({ type: 'INT32', converted_type: 'DATE', logical_type: { type: 'DATE' } }, (v) => Math.floor((v as number) / DAY_MS));
    case 'time':
      return leaf(
        { type: 'INT64', converted_type: 'TIME_MICROS', logical_type: { type: 'TIME', isAdjustedToUTC: true, unit: 'MICROS' } },
        micros,
      );
    case 'timestamp':
      return leaf(
        { type: 'INT64', converted_type: 'TIMESTAMP_MICROS', logical_type: { type: 'TIMESTAMP', isAdjustedToUTC: true, unit: 'MICROS' } },
        micros,
      );
    case 'array':
      return list(name, written('element', type.element, field));
    case 'map':
      return map(name, written('value', type.value, field));
    case 'struct': {
      const children = type.fields.map((child) => ({ name: child.name, ...written(child.name, child.type, field) }));
      if (children.length === 0) throw connectorError('VS4404', { column: field.name, type: typeText(type), format: 'parquet' });
      return {
        elements: [{ name, repetition_type: 'OPTIONAL', num_children: children.length }, ...children.flatMap((child) => child.elements)],
        write(value) {
          const out: Record<string, unknown> = Object.create(null);
          for (const child of children) {
            const inner = (value as Readonly<Record<string, Scalar>>)[child.name] ?? null;
            out[child.name] = inner === null ? null : child.write(inner);
          }
          return out;
        },
      };
    }
    case 'json':
    case 'any':
      return leaf({ type: 'BYTE_ARRAY', converted_type: 'UTF8', logical_type: { type: 'STRING' } }, jsonTextOf(type));
    default:
      throw connectorError('VS4404', { column: field.name, type: typeText(type), format: 'parquet' });
  }
}

const micros = (value: Scalar): bigint => BigInt(Math.round((value as number) * 1000));

const list = (name: string, item: Written): Written => ({
  elements: [
    { name, repetition_type: 'OPTIONAL', num_children: 1, converted_type: 'LIST', logical_type: { type: 'LIST' } },
    { name: 'list', repetition_type: 'REPEATED', num_children: 1 },
    ...item.elements,
  ],
  write: (value) => (value as readonly Scalar[]).map((one) => (one === null ? null : item.write(one))),
});

const map = (name: string, item: Written): Written => ({
  elements: [
    { name, repetition_type: 'OPTIONAL', num_children: 1, converted_type: 'MAP', logical_type: { type: 'MAP' } },
    { name: 'key_value', repetition_type: 'REPEATED', num_children: 2 },
    { name: 'key', type: 'BYTE_ARRAY', repetition_type: 'REQUIRED', converted_type: 'UTF8', logical_type: { type: 'STRING' } },
    ...item.elements,
  ],
  write: (value) =>
    new Map([...(value as ReadonlyMap<string, Scalar>)].map(([key, one]) => [key, one === null ? null : item.write(one)] as const)),
});
