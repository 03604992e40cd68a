import { valueError } from '../diagnostics/codes/values.ts';
import { collectionConverter } from './cast-collection.ts';
import { toDecimal, toFloat, toInteger } from './cast-number.ts';
import { toDate, toInterval, toTime, toTimestamp } from './cast-time.ts';
import { decimalTextTrimmed } from './decimal-text.ts';
import type { Exact } from './exact.ts';
import { jsonText, parseJson, toDynamic } from './json.ts';
import { parseBoolean } from './number-text.ts';
import { dynamicKind } from './scalar-shape.ts';
import { textFunction } from './scalar-text.ts';
import { sameType, typeText } from './type-text.ts';
import { ANY, arrayOf, BOOLEAN, BYTES, FLOAT, INTEGER, mapOf, type Scalar, type SqlType, STRING } from './types.ts';

/** A value that is not NULL in another type; undefined when it has none there. */
export type Convert = (value: Scalar) => Scalar | undefined;

export interface CastOptions {
  /** TRY_CAST: NULL instead of an error. */
  readonly safe?: boolean;
  readonly compat?: 'standard' | 'velostream';
}

/**
 * CAST from one type to another: NULL gives NULL; a value without a counterpart is a `cast-failed` error of the record,
 * or NULL when `safe`. For a pair of types that has no cast at all (`canCast` says) every value fails.
 */
export function castFunction(from: SqlType, to: SqlType, options: CastOptions = {}): (value: Scalar) => Scalar {
  const legacy = options.compat === 'velostream' && to.kind === 'string';
  const convert = (legacy ? legacyText(from) : undefined) ?? converter(from, to) ?? (() => undefined);
  const whenNull = legacy ? 'NULL' : null;
  if (convert === identity) return legacy ? (v) => v ?? whenNull : (identity as (value: Scalar) => Scalar);
  return (value) => {
    if (value === null) return whenNull;
    const result = convert(value);
    if (result !== undefined) return result;
    if (options.safe === true) return null;
    throw valueError('VS5104', { value: textFunction(from)(value), from: typeText(from), to: typeText(to) });
  };
}

/** Whether any value of one type can become one of the other. */
export const canCast = (from: SqlType, to: SqlType): boolean => converter(from, to) !== undefined;

/** The reference drops zeros at the end of a scaled number. */
function legacyText(from: SqlType): Convert | undefined {
  return from.kind === 'decimal' ? (v) => decimalTextTrimmed(v as Exact, from.scale) : undefined;
}

const identity: Convert = (value) => value;

/** The way from one type to another; undefined when there is none. */
export function converter(from: SqlType, to: SqlType): Convert | undefined {
  if (sameType(from, to) || from.kind === 'null') return identity;
  if (to.kind === 'any') return toDynamic(from) as Convert;
  if (to.kind === 'json') return toJson(from);
  if (from.kind === 'any' || from.kind === 'json') return fromDynamic(to);
  switch (to.kind) {
    case 'integer':
      return toInteger(from);
    case 'float':
      return toFloat(from);
    case 'decimal':
      return toDecimal(from, to.precision, to.scale);
    case 'string':
      return textFunction(from);
    case 'boolean':
      return toBoolean(from);
    case 'date':
      return toDate(from);
    case 'time':
      return toTime(from);
    case 'timestamp':
      return toTimestamp(from);
    case 'interval':
      return toInterval(from);
    case 'bytes':
      return from.kind === 'string' ? (v) => new TextEncoder().encode(v as string) : undefined;
    default:
      return collectionConverter(from, to, converter);
  }
}

function toBoolean(from: SqlType): Convert | undefined {
  switch (from.kind) {
    case 'integer':
    case 'float':
    case 'decimal':
      // NaN is not 0; the loose comparison serves number and bigint.
      return (v) => v !== 0 && v !== 0n;
    case 'string':
      return (v) => parseBoolean(v as string);
    default:
      return undefined;
  }
}

function toJson(from: SqlType): Convert {
  if (from.kind === 'string') return (v) => parseJson(v as string);
  return toDynamic(from) as Convert;
}

/** The type as which a dynamic value is cast. */
function typeNow(value: Scalar): SqlType {
  switch (dynamicKind(value)) {
    case 'boolean':
      return BOOLEAN;
    case 'number':
      return typeof value === 'bigint' || Number.isInteger(value) ? INTEGER : FLOAT;
    case 'string':
      return STRING;
    case 'bytes':
      return BYTES;
    case 'array':
      return arrayOf(ANY);
    default:
      return mapOf(ANY);
  }
}

/** JSON text for objects and arrays, the bare text for the rest. */
const dynamicToText: Convert = (value) => {
  const kind = dynamicKind(value);
  return kind === 'array' || kind === 'map' ? jsonText(value) : textFunction(ANY)(value);
};

function fromDynamic(to: SqlType): Convert {
  if (to.kind === 'string') return dynamicToText;
  // Converters by the kind met; a column has few.
  const known = new Map<string, Convert | undefined>();
  return (value) => {
    const type = typeNow(value);
    const wide = type.kind === 'integer' && !Number.isSafeInteger(value) && typeof value === 'number' ? FLOAT : type;
    if (!known.has(wide.kind)) known.set(wide.kind, converter(wide, to));
    return known.get(wide.kind)?.(value);
  };
}
