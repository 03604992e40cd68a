import { valueError } from '../diagnostics/codes/values.ts';
import { DAY_MS, daysOf, TIME_MAX_MS } from './calendar.ts';
import { narrowed } from './column-read.ts';
import { rescale } from './decimal.ts';
import { floatToDecimal, parseDecimal } from './decimal-text.ts';
import { type Exact, powerOfTen } from './exact.ts';
import { structOf } from './scalar-shape.ts';
import { parseDate, parseInterval, parseTime, parseTimestamp } from './time-text.ts';
import { typeText } from './type-text.ts';
import type { Scalar, SqlType, StructField } from './types.ts';

/** Nested deeper than this, a value is refused rather than recursed into (it may be a circle). */
const DEPTH_MAX = 64;

/**
 * Reader of JavaScript values into one type. `null` and `undefined` are NULL. A value that does not fit throws
 * `value-mismatch`, which names the column, the value and the way out. Strings serve for DECIMAL, DATE, TIME, TIMESTAMP
 * and INTERVAL; `Date` for DATE and TIMESTAMP; integral numbers and bigints for the times as ms.
 */
export function apiReader(type: SqlType, name: string): (value: unknown) => Scalar {
  const read = readerOf(type, 0);
  return (value) => {
    if (value === null || value === undefined) return null;
    const scalar = read(value);
    if (scalar === undefined) throw valueError('VS5108', { name, value, type: typeText(type) });
    return scalar;
  };
}

/** As `apiReader(type, name)(value)`. */
export const fromApi = (type: SqlType, value: unknown, name = 'value'): Scalar => apiReader(type, name)(value);

/** Value in scalar form; undefined when it does not fit. Never called with null or undefined. */
type Read = (value: unknown) => Scalar | undefined;

function readerOf(type: SqlType, depth: number): Read {
  switch (type.kind) {
    case 'integer':
      return readInteger;
    case 'float':
      return (v) => (typeof v === 'number' ? v : typeof v === 'bigint' ? Number(v) : undefined);
    case 'decimal':
      return (v) => readDecimal(v, type.precision, type.scale);
    case 'boolean':
      return (v) => (typeof v === 'boolean' ? v : undefined);
    case 'string':
      return (v) => (typeof v === 'string' ? v : undefined);
    case 'bytes':
      return readBytes;
    case 'date':
      return (v) => dayStart(typeof v === 'string' ? (parseDate(v) ?? parseTimestamp(v)) : readMs(v));
    case 'time':
      return (v) => (typeof v === 'string' ? parseTime(v) : readMs(v));
    case 'timestamp':
      return (v) => (typeof v === 'string' ? parseTimestamp(v) : readMs(v));
    case 'interval':
      return (v) => (typeof v === 'string' ? parseInterval(v) : readMs(v));
    case 'array':
      return arrayReader(readerOf(type.element, depth + 1));
    case 'map':
      return mapReader(readerOf(type.value, depth + 1));
    case 'struct':
      return structReader(type.fields, depth);
    case 'null':
      return () => undefined;
    default:
      return (v) => dynamicValue(v, depth);
  }
}

function readInteger(v: unknown): Exact | undefined {
  if (typeof v === 'number') return Number.isSafeInteger(v) ? v + 0 : undefined;
  return typeof v === 'bigint' && BigInt.asIntN(64, v) === v ? narrowed(v) : undefined;
}

function readDecimal(v: unknown, precision: number, scale: number): Exact | undefined {
  const unscaled = readUnscaled(v, scale);
  if (unscaled === undefined) return undefined;
  const limit = powerOfTen(precision);
  return unscaled < limit && unscaled > -limit ? unscaled : undefined;
}

function readUnscaled(v: unknown, scale: number): Exact | undefined {
  if (typeof v === 'number') return floatToDecimal(v, scale);
  if (typeof v === 'bigint') return rescale(narrowed(v), 0, scale);
  if (typeof v === 'string') {
    const parsed = parseDecimal(v);
    return parsed && rescale(parsed.unscaled, parsed.scale, scale);
  }
  const { unscaled, scale: from } = v as { unscaled?: unknown; scale?: unknown };
  return typeof unscaled === 'bigint' && typeof from === 'number' ? rescale(narrowed(unscaled), from, scale) : undefined;
}

function readBytes(v: unknown): Uint8Array | undefined {
  if (v instanceof Uint8Array) return v;
  return v instanceof ArrayBuffer ? new Uint8Array(v) : undefined;
}

const dayStart = (ms: number | undefined): number | undefined => (ms === undefined ? undefined : daysOf(ms) * DAY_MS);

/** `Date`, number or bigint as ms. */
function readMs(v: unknown): number | undefined {
  const ms = v instanceof Date ? v.getTime() : typeof v === 'bigint' ? Number(v) : v;
  return typeof ms === 'number' && Math.abs(ms) <= TIME_MAX_MS ? ms : undefined;
}

const isMissing = (v: unknown): boolean => v === null || v === undefined;

function arrayReader(element: Read): Read {
  return (v) => {
    if (!Array.isArray(v) && !(ArrayBuffer.isView(v) && !(v instanceof DataView))) return undefined;
    const items: Scalar[] = [];
    for (const item of v as Iterable<unknown>) {
      const scalar = isMissing(item) ? null : element(item);
      if (scalar === undefined) return undefined;
      items.push(scalar);
    }
    return items;
  };
}

/** Entries of a `Map` with text keys or of a plain object. */
function entriesOfInput(v: unknown): Iterable<[unknown, unknown]> | undefined {
  if (v instanceof Map) return v;
  if (typeof v !== 'object' || v === null || Array.isArray(v) || v instanceof Date || ArrayBuffer.isView(v)) return undefined;
  return Object.entries(v);
}

function mapReader(value: Read): Read {
  return (v) => {
    const map = new Map<string, Scalar>();
    const entries = entriesOfInput(v);
    if (entries === undefined) return undefined;
    for (const [key, item] of entries) {
      const scalar = isMissing(item) ? null : value(item);
      if (scalar === undefined) return undefined;
      map.set(String(key), scalar);
    }
    return map;
  };
}

/** Fields that the value lacks are NULL; what it has besides is left out. */
function structReader(fields: readonly StructField[], depth: number): Read {
  const readers = fields.map((field) => readerOf(field.type, depth + 1));
  return (v) => {
    const entries = entriesOfInput(v);
    if (entries === undefined) return undefined;
    const given = new Map(entries);
    const read: [string, Scalar][] = [];
    for (let i = 0; i < fields.length; i++) {
      const { name } = fields[i]!;
      const item = given.get(name);
      const scalar = isMissing(item) ? null : readers[i]!(item);
      if (scalar === undefined) return undefined;
      read.push([name, scalar]);
    }
    return structOf(read);
  };
}

/** JSON-like values as they are; `Date` becomes ms, what has no counterpart (functions, symbols) does not fit. */
function dynamicValue(v: unknown, depth: number): Scalar | undefined {
  if (depth > DEPTH_MAX) return undefined;
  switch (typeof v) {
    case 'string':
    case 'boolean':
      return v;
    case 'number':
      return v;
    case 'bigint':
      return narrowed(v);
    case 'object':
      break;
    default:
      return undefined;
  }
  if (v instanceof Date) return readMs(v);
  if (v instanceof Uint8Array) return v;
  const inner: Read = (item) => dynamicValue(item, depth + 1);
  if (Array.isArray(v)) return arrayReader(inner)(v);
  const map = mapReader(inner)(v);
  return map === undefined ? undefined : structOf(map as ReadonlyMap<string, Scalar>);
}
