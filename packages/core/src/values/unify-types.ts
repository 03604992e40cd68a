import { resultScale } from './decimal.ts';
import { PRECISION_MAX, sameType } from './type-text.ts';
import { ANY, arrayOf, decimal, FLOAT, INTEGER, mapOf, NULL, type SqlType, type StructField, TIMESTAMP } from './types.ts';

/** Digits of a 64-bit integer when it meets a decimal. */
const INTEGER_DIGITS = 19;

export const isNumeric = (type: SqlType): boolean => type.kind === 'integer' || type.kind === 'float' || type.kind === 'decimal';
export const isExact = (type: SqlType): boolean => type.kind === 'integer' || type.kind === 'decimal';
export const isTime = (type: SqlType): boolean => type.kind === 'timestamp' || type.kind === 'date';
export const isDynamic = (type: SqlType): boolean => type.kind === 'any' || type.kind === 'json';

/** Digits after the point of an exact type. */
export const scaleOf = (type: SqlType): number => (type.kind === 'decimal' ? type.scale : 0);
const precisionOf = (type: SqlType): number => (type.kind === 'decimal' ? type.precision : INTEGER_DIGITS);

/** The type that holds every value of both without loss of meaning: CASE, COALESCE, UNION, IN. Undefined when there is none. */
export function commonType(a: SqlType, b: SqlType): SqlType | undefined {
  if (sameType(a, b)) return a;
  if (a.kind === 'null') return b;
  if (b.kind === 'null') return a;
  if (isDynamic(a) || isDynamic(b)) return ANY;
  if (isNumeric(a) && isNumeric(b)) return isExact(a) && isExact(b) ? widerDecimal(a, b) : FLOAT;
  if (isTime(a) && isTime(b)) return TIMESTAMP;
  if (a.kind === 'array' && b.kind === 'array') return mapType(commonType(a.element, b.element), arrayOf);
  if (a.kind === 'map' && b.kind === 'map') return mapType(commonType(a.value, b.value), mapOf);
  if (a.kind === 'struct' && b.kind === 'struct') return commonStruct(a.fields, b.fields);
  return undefined;
}

/** Common type of any number of types; NULL for none. */
export function commonTypeOf(types: readonly SqlType[]): SqlType | undefined {
  let common: SqlType | undefined = NULL;
  for (const type of types) {
    common = commonType(common, type);
    if (common === undefined) return undefined;
  }
  return common;
}

/**
 * The type in which two values are compared: as `commonType`, and times also meet epoch-ms integers, ISO text
 * and intervals meet ms. Undefined: no ordering and never equal.
 */
export function comparableType(a: SqlType, b: SqlType): SqlType | undefined {
  return commonType(a, b) ?? timeComparable(a, b) ?? timeComparable(b, a);
}

function timeComparable(a: SqlType, b: SqlType): SqlType | undefined {
  if (isTime(a) && (b.kind === 'integer' || b.kind === 'float' || b.kind === 'string')) return TIMESTAMP;
  if ((a.kind === 'interval' || a.kind === 'time') && (b.kind === 'integer' || b.kind === 'float')) return a;
  return a.kind === 'time' && b.kind === 'string' ? a : undefined;
}

/** Result type of arithmetic on numbers (an `any` side makes it `any`); undefined for other types. */
export function arithmeticType(op: '+' | '-' | '*' | '/' | '%', a: SqlType, b: SqlType): SqlType | undefined {
  if (a.kind === 'null') return isNumeric(b) || isDynamic(b) || b.kind === 'null' ? b : undefined;
  if (b.kind === 'null') return isNumeric(a) || isDynamic(a) ? a : undefined;
  if (isDynamic(a) || isDynamic(b)) return (isDynamic(a) || isNumeric(a)) && (isDynamic(b) || isNumeric(b)) ? ANY : undefined;
  if (!isNumeric(a) || !isNumeric(b)) return undefined;
  if (a.kind === 'float' || b.kind === 'float') return FLOAT;
  if (a.kind === 'integer' && b.kind === 'integer') return op === '/' ? FLOAT : INTEGER;
  return decimal(resultPrecision(op, a, b), resultScale(op, scaleOf(a), scaleOf(b)));
}

function resultPrecision(op: '+' | '-' | '*' | '/' | '%', a: SqlType, b: SqlType): number {
  const scale = resultScale(op, scaleOf(a), scaleOf(b));
  const wholeA = precisionOf(a) - scaleOf(a);
  const wholeB = precisionOf(b) - scaleOf(b);
  let whole = Math.max(wholeA, wholeB);
  if (op === '*') whole = wholeA + wholeB;
  else if (op === '/') whole = wholeA + scaleOf(b);
  else if (op !== '%') whole += 1;
  return Math.max(1, scale, Math.min(PRECISION_MAX, whole + scale));
}

function widerDecimal(a: SqlType, b: SqlType): SqlType {
  const scale = Math.max(scaleOf(a), scaleOf(b));
  const whole = Math.max(precisionOf(a) - scaleOf(a), precisionOf(b) - scaleOf(b));
  return decimal(Math.min(PRECISION_MAX, whole + scale), scale);
}

const mapType = (inner: SqlType | undefined, wrap: (type: SqlType) => SqlType) => (inner === undefined ? undefined : wrap(inner));

function commonStruct(a: readonly StructField[], b: readonly StructField[]): SqlType | undefined {
  if (a.length !== b.length) return undefined;
  const fields: StructField[] = [];
  for (let i = 0; i < a.length; i++) {
    const type = a[i]!.name === b[i]!.name ? commonType(a[i]!.type, b[i]!.type) : undefined;
    if (type === undefined) return undefined;
    fields.push({ name: a[i]!.name, type });
  }
  return { kind: 'struct', fields };
}
