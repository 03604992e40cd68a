import { decimalText, decimalToFloat } from './decimal-text.ts';
import type { Exact } from './exact.ts';
import { parseInteger } from './number-text.ts';
import { entriesOf, type Keyed, structOf } from './scalar-shape.ts';
import { bytesText } from './scalar-text.ts';
import { dateText, timestampText, timeText } from './time-text.ts';
import type { Scalar, SqlType, StructField } from './types.ts';

/** Digits that a double may not hold; only then is the slower way worth its price. */
const LONG_NUMBER = /\d{16}/;

/** What `JSON.parse` hands a reviver beside key and value, where the host knows of it. */
interface ReviveContext {
  readonly source?: string;
}

/**
 * Reads JSON text into a JSON-like value: objects without prototype, arrays, numbers as doubles, whole numbers beyond 2^53
 * exactly where they fit 64 bits. Undefined when it is not JSON.
 */
export function parseJson(text: string): Scalar | undefined {
  try {
    return fromJson(LONG_NUMBER.test(text) ? JSON.parse(text, keepDigits as Parameters<typeof JSON.parse>[1]) : JSON.parse(text));
  } catch {
    return undefined;
  }
}

function keepDigits(_: string, value: unknown, context?: ReviveContext): unknown {
  if (typeof value !== 'number' || Number.isSafeInteger(value) || context?.source === undefined) return value;
  return parseInteger(context.source) ?? value;
}

/** JSON.parse gives objects with a prototype; ours have none, so that no field name is special. */
function fromJson(value: unknown): Scalar {
  if (Array.isArray(value)) return value.map(fromJson);
  if (typeof value === 'object' && value !== null) return structOf(Object.entries(value).map(([k, v]) => [k, fromJson(v)] as const));
  return value as Scalar;
}

/** JSON text of a JSON-like value; maps and structs become objects, big integers keep their digits, non-finite numbers are null. */
export function jsonText(value: Scalar): string {
  if (value === null) return 'null';
  switch (typeof value) {
    case 'number':
      return Number.isFinite(value) ? String(value) : 'null';
    case 'boolean':
    case 'bigint':
      return String(value);
    case 'string':
      return JSON.stringify(value);
  }
  if (Array.isArray(value)) return `[${value.map(jsonText).join(',')}]`;
  if (value instanceof Uint8Array) return JSON.stringify(bytesText(value));
  return `{${entriesOf(value as Keyed)
    .map(([k, v]) => `${JSON.stringify(k)}:${jsonText(v)}`)
    .join(',')}}`;
}

/** JSON text of a value by its type: decimals as numbers with all their digits, dates and times as text. */
export function jsonTextOf(type: SqlType): (value: Scalar) => string {
  const write = writer(type);
  return (value) => (value === null ? 'null' : write(value));
}

function writer(type: SqlType): (value: Scalar) => string {
  switch (type.kind) {
    case 'decimal':
      return (v) => decimalText(v as Exact, type.scale);
    case 'date':
      return (v) => `"${dateText(v as number)}"`;
    case 'time':
      return (v) => `"${timeText(v as number)}"`;
    case 'timestamp':
      return (v) => `"${timestampText(v as number)}"`;
    case 'array': {
      const element = jsonTextOf(type.element);
      return (v) => `[${(v as readonly Scalar[]).map(element).join(',')}]`;
    }
    case 'map': {
      const item = jsonTextOf(type.value);
      return (v) => objectText(v as Keyed, () => item);
    }
    case 'struct': {
      const fields = fieldFunctions(type.fields, jsonTextOf);
      return (v) => objectText(v as Keyed, (name) => fields.get(name) ?? jsonText);
    }
    default:
      return jsonText;
  }
}

const objectText = (value: Keyed, writerOf: (name: string) => (value: Scalar) => string): string =>
  `{${entriesOf(value)
    .map(([k, v]) => `${JSON.stringify(k)}:${writerOf(k)(v)}`)
    .join(',')}}`;

/** One function per field of a struct, made from its type. */
export const fieldFunctions = <F>(fields: readonly StructField[], make: (type: SqlType) => F): ReadonlyMap<string, F> =>
  new Map(fields.map((field) => [field.name, make(field.type)]));

/**
 * A value as one whose type is known only at run time: decimals become doubles (a scale would be lost), times stay ms,
 * maps and structs stay what they are.
 */
export function toDynamic(type: SqlType): (value: Scalar) => Scalar {
  switch (type.kind) {
    case 'decimal':
      return (v) => (v === null ? null : decimalToFloat(v as Exact, type.scale));
    case 'array': {
      const element = toDynamic(type.element);
      return (v) => (v === null ? null : (v as readonly Scalar[]).map(element));
    }
    case 'map': {
      const item = toDynamic(type.value);
      return (v) => (v === null ? null : structOf(entriesOf(v as Keyed).map(([k, x]) => [k, item(x)] as const)));
    }
    case 'struct': {
      const fields = fieldFunctions(type.fields, toDynamic);
      return (v) => (v === null ? null : structOf(entriesOf(v as Keyed).map(([k, x]) => [k, fields.get(k)?.(x) ?? null] as const)));
    }
    default:
      return (v) => v;
  }
}
