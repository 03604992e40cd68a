import type { Field } from './column.ts';
import { ANY, arrayOf, BOOLEAN, BYTES, FLOAT, INTEGER, mapOf, NULL, type SqlType, STRING, type StructField, TIMESTAMP } from './types.ts';

/** Objects with more fields than this are maps. */
const STRUCT_FIELDS_MAX = 256;
const DEPTH_MAX = 16;

export interface InferOptions {
  /**
   * `whole`: these rows are all there will be, so a column of integers is INTEGER. `open`: a later value may have a
   * fraction, so numbers are FLOAT (and bigints INTEGER).
   */
  readonly scan: 'whole' | 'open';
}

/** Type of one JavaScript value. `null` and `undefined` are NULL; what has no SQL type is `any`. */
export function inferType(value: unknown, options: InferOptions, depth = 0): SqlType {
  switch (typeof value) {
    case 'undefined':
      return NULL;
    case 'boolean':
      return BOOLEAN;
    case 'string':
      return STRING;
    case 'bigint':
      return INTEGER;
    case 'number':
      return options.scan === 'whole' && Number.isSafeInteger(value) ? INTEGER : FLOAT;
    case 'object':
      return value === null ? NULL : depth > DEPTH_MAX ? ANY : inferObject(value, options, depth + 1);
    default:
      return ANY;
  }
}

function inferObject(value: object, options: InferOptions, depth: number): SqlType {
  if (value instanceof Date) return TIMESTAMP;
  if (value instanceof Uint8Array) return BYTES;
  if (Array.isArray(value)) {
    let element: SqlType = NULL;
    for (const item of value) element = mergeInferred(element, inferType(item, options, depth));
    return arrayOf(element);
  }
  if (value instanceof Map) {
    let item: SqlType = NULL;
    for (const entry of value.values()) item = mergeInferred(item, inferType(entry, options, depth));
    return mapOf(item);
  }
  const names = Object.keys(value);
  if (names.length > STRUCT_FIELDS_MAX) return mapOf(ANY);
  const given = value as Readonly<Record<string, unknown>>;
  return { kind: 'struct', fields: names.map((name) => ({ name, type: inferType(given[name], options, depth) })) };
}

/** The inferred type that both values have; values of different kinds make the column `any`. */
export function mergeInferred(a: SqlType, b: SqlType): SqlType {
  if (a.kind === 'null') return b;
  if (b.kind === 'null') return a;
  if (a.kind === 'array' && b.kind === 'array') return arrayOf(mergeInferred(a.element, b.element));
  if (a.kind === 'map' && b.kind === 'map') return mapOf(mergeInferred(a.value, b.value));
  if (a.kind === 'struct' && b.kind === 'struct') return mergeFields(a.fields, b.fields);
  if (isKeyed(a) && isKeyed(b)) return mapOf(ANY);
  if (a.kind === b.kind) return a;
  return (a.kind === 'integer' && b.kind === 'float') || (a.kind === 'float' && b.kind === 'integer') ? FLOAT : ANY;
}

const isKeyed = (type: SqlType): boolean => type.kind === 'map' || type.kind === 'struct';

function mergeFields(a: readonly StructField[], b: readonly StructField[]): SqlType {
  const merged = new Map(a.map((field) => [field.name, field.type]));
  for (const { name, type } of b) merged.set(name, mergeInferred(merged.get(name) ?? NULL, type));
  if (merged.size > STRUCT_FIELDS_MAX) return mapOf(ANY);
  return { kind: 'struct', fields: [...merged].map(([name, type]) => ({ name, type })) };
}

/** A field of which only NULLs were seen may hold anything. */
function settled(type: SqlType): SqlType {
  switch (type.kind) {
    case 'null':
      return ANY;
    case 'array':
      return arrayOf(settled(type.element));
    case 'map':
      return mapOf(settled(type.value));
    case 'struct':
      return { kind: 'struct', fields: type.fields.map((field) => ({ name: field.name, type: settled(field.type) })) };
    default:
      return type;
  }
}

/**
 * Columns of rows without a declared schema: every own property that occurs, in order of first sight, all nullable.
 * A column of which only NULLs were seen is `any`.
 */
export function inferFields(rows: Iterable<object>, options: InferOptions): Field[] {
  const types = new Map<string, SqlType>();
  for (const row of rows) {
    const given = row as Readonly<Record<string, unknown>>;
    for (const name of Object.keys(row)) {
      const known = types.get(name) ?? NULL;
      // Nothing can change these any more; most columns are of one of them.
      if (known.kind === 'any' || (known.kind === 'string' && typeof given[name] === 'string')) continue;
      types.set(name, mergeInferred(known, inferType(given[name], options)));
    }
  }
  return [...types].map(([name, type]) => ({ name, type: settled(type), nullable: true }));
}
