import { decimalText, decimalToFloat } from './decimal-text.ts';
import type { Exact } from './exact.ts';
import { fieldFunctions } from './json.ts';
import { entriesOf, type Keyed, structOf } from './scalar-shape.ts';
import { dateText, timeText } from './time-text.ts';
import type { Scalar, SqlType } from './types.ts';

/** A value as it leaves a query: maps and structs are plain objects without prototype. */
export type ApiValue =
  | null
  | boolean
  | number
  | bigint
  | string
  | Uint8Array
  | readonly ApiValue[]
  | { readonly [field: string]: ApiValue };

export interface ApiOptions {
  /** `string` (the rule) keeps every digit, `number` is the nearest double, `object` is `{ unscaled: bigint, scale }`. */
  readonly decimals?: 'string' | 'number' | 'object' | undefined;
}

/** Writer of values of one type: DATE and TIME as text, TIMESTAMP and INTERVAL as ms, integers beyond 2^53 as bigint. */
export function apiWriter(type: SqlType, options: ApiOptions = {}): (value: Scalar) => ApiValue {
  switch (type.kind) {
    case 'decimal':
      return decimalWriter(type.scale, options.decimals ?? 'string');
    case 'date':
      return (v) => (v === null ? null : dateText(v as number));
    case 'time':
      return (v) => (v === null ? null : timeText(v as number));
    case 'array': {
      const element = apiWriter(type.element, options);
      return (v) => (v === null ? null : (v as readonly Scalar[]).map(element));
    }
    case 'map': {
      const item = apiWriter(type.value, options);
      return (v) => (v === null ? null : plainObject(v as Keyed, () => item));
    }
    case 'struct': {
      const fields = fieldFunctions(type.fields, (field) => apiWriter(field, options));
      return (v) => (v === null ? null : plainObject(v as Keyed, (name) => fields.get(name) ?? dynamicWriter));
    }
    case 'json':
    case 'any':
      return dynamicWriter;
    default:
      // These scalars are API values already; only collections above could hold maps.
      return (v) => v as ApiValue;
  }
}

/** As `apiWriter(type, options)(value)`. */
export const toApi = (type: SqlType, value: Scalar, options: ApiOptions = {}): ApiValue => apiWriter(type, options)(value);

function decimalWriter(scale: number, form: 'string' | 'number' | 'object'): (value: Scalar) => ApiValue {
  if (form === 'string') return (v) => (v === null ? null : decimalText(v as Exact, scale));
  if (form === 'number') return (v) => (v === null ? null : decimalToFloat(v as Exact, scale));
  return (v) => (v === null ? null : Object.freeze({ unscaled: BigInt(v as Exact), scale }));
}

function dynamicWriter(value: Scalar): ApiValue {
  if (typeof value !== 'object' || value === null || value instanceof Uint8Array) return value;
  return Array.isArray(value) ? value.map(dynamicWriter) : plainObject(value as Keyed, () => dynamicWriter);
}

function plainObject(value: Keyed, writerOf: (name: string) => (value: Scalar) => ApiValue): ApiValue {
  // An API object is a struct whose values are API values, which are scalars too.
  return structOf(entriesOf(value).map(([name, item]) => [name, writerOf(name)(item) as Scalar] as const)) as ApiValue;
}
