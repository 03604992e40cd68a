import type { Column, Scalar } from '@velostream/core/connect/formats';
import { aligned, bigEndian, exactColumn, int64Column } from '../columnar/exact-column.ts';
import { createUtf8 } from '../decode/utf8.ts';
import type { SchemaElement } from './footer.ts';
import type { LeafKind } from './leaf-type.ts';

const DAY_MS = 86_400_000;
/** Day number of 1970-01-01 in the calendar of INT96. */
const EPOCH_JULIAN = 2_440_588;
const UTF8 = createUtf8();

/** Values stored one behind the other, without NULLs: `count` of them from `at` on. */
export function plainValues(kind: LeafKind, element: SchemaElement, bytes: Uint8Array, at: number, count: number): Column {
  switch (element.physical) {
    case 'BOOLEAN':
      return booleans(bytes, at, count);
    case 'INT32': {
      const whole = aligned(bytes, at, count * 4, 4);
      return int32Column(kind, new Int32Array(whole.buffer, whole.byteOffset, count));
    }
    case 'INT64':
      return fromInt64(kind, int64Column(bytes, at, count), count);
    case 'INT96':
      return int96(bytes, at, count);
    case 'FLOAT': {
      const whole = aligned(bytes, at, count * 4, 4);
      return f64(Float64Array.from(new Float32Array(whole.buffer, whole.byteOffset, count)));
    }
    case 'DOUBLE': {
      const whole = aligned(bytes, at, count * 8, 8);
      // A copy: batches own their arrays, and pages are dropped.
      return f64(new Float64Array(whole.buffer as ArrayBuffer, whole.byteOffset, count).slice());
    }
    case 'BYTE_ARRAY':
      return byteValues(kind, bytes, lengthPrefixed(bytes, at, count), count);
    case 'FIXED_LEN_BYTE_ARRAY': {
      const { typeLength } = element;
      if (at + typeLength * count > bytes.length) throw new RangeError('values end in the middle');
      const bounds = new Int32Array(count * 2);
      for (let i = 0; i < count; i++) {
        bounds[2 * i] = at + i * typeLength;
        bounds[2 * i + 1] = typeLength;
      }
      return byteValues(kind, bytes, bounds, count);
    }
    case undefined:
      throw new RangeError('a group has no values');
  }
}

const f64 = (values: Float64Array): Column => ({ lane: 'f64', values, nulls: null });

function booleans(bytes: Uint8Array, at: number, count: number): Column {
  if (at + Math.ceil(count / 8) > bytes.length) throw new RangeError('values end in the middle');
  const values = new Uint8Array(count);
  for (let i = 0; i < count; i++) values[i] = ((bytes[at + (i >> 3)] as number) >> (i & 7)) & 1;
  return { lane: 'bool', values, nulls: null };
}

/** Integers as what they stand for. */
export function int32Column(kind: LeafKind, values: Int32Array): Column {
  const out = new Float64Array(values.length);
  const factor = kind === 'date' ? DAY_MS : 1;
  for (let i = 0; i < values.length; i++) out[i] = (values[i] as number) * factor;
  if (kind === 'uint32') for (let i = 0; i < out.length; i++) if ((out[i] as number) < 0) out[i] = (out[i] as number) + 4294967296;
  if (kind === 'micros') for (let i = 0; i < out.length; i++) out[i] = (out[i] as number) / 1000;
  return f64(out);
}

export function fromInt64(kind: LeafKind, column: Column, count: number): Column {
  if (kind === 'int' || kind === 'decimal') return column;
  if (kind === 'uint64') {
    if (column.lane === 'f64' && column.values.every((value) => value >= 0)) return column;
    const wide = Array.from({ length: count }, (_, i) => BigInt.asUintN(64, BigInt(column.values[i] as number | bigint)));
    return exactColumn(wide.map((value) => (value <= 9007199254740991n ? Number(value) : value)));
  }
  const divisor = kind === 'micros' ? 1000 : kind === 'nanos' ? 1_000_000 : 1;
  const out = new Float64Array(count);
  if (column.lane === 'f64') for (let i = 0; i < count; i++) out[i] = (column.values[i] as number) / divisor;
  else if (divisor === 1_000_000) {
    // In two steps, so that what is left is exact to the microsecond.
    for (let i = 0; i < count; i++) out[i] = Number((column.values[i] as bigint) / 1000n) / 1000;
  } else for (let i = 0; i < count; i++) out[i] = Number(column.values[i] as bigint) / divisor;
  return f64(out);
}

function int96(bytes: Uint8Array, at: number, count: number): Column {
  if (at + count * 12 > bytes.length) throw new RangeError('values end in the middle');
  const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength);
  const values = new Float64Array(count);
  for (let i = 0; i < count; i++) {
    const p = at + i * 12;
    const nanos = view.getUint32(p, true) + view.getUint32(p + 4, true) * 4294967296;
    const days = view.getInt32(p + 8, true) - EPOCH_JULIAN;
    values[i] = days * DAY_MS + Math.trunc(nanos / 1000) / 1000;
  }
  return f64(values);
}

/** Start and length of each value that has its length before it. */
export function lengthPrefixed(bytes: Uint8Array, at: number, count: number): Int32Array {
  const bounds = new Int32Array(count * 2);
  let p = at;
  for (let i = 0; i < count; i++) {
    if (p + 4 > bytes.length) throw new RangeError('values end in the middle');
    const length =
      (bytes[p] as number) | ((bytes[p + 1] as number) << 8) | ((bytes[p + 2] as number) << 16) | ((bytes[p + 3] as number) << 24);
    if (length < 0 || p + 4 + length > bytes.length) throw new RangeError('a value ends in the middle');
    bounds[2 * i] = p + 4;
    bounds[2 * i + 1] = length;
    p += 4 + length;
  }
  return bounds;
}

/** Byte strings by start and length as what they stand for. */
export function byteValues(kind: LeafKind, bytes: Uint8Array, bounds: Int32Array, count: number): Column {
  switch (kind) {
    case 'text':
      return { lane: 'str', values: texts(bytes, bounds, count), nulls: null };
    case 'decimal':
      return exactColumn(Array.from({ length: count }, (_, i) => bigEndian(bytes, bounds[2 * i] as number, bounds[2 * i + 1] as number)));
    case 'uuid':
      return { lane: 'str', values: Array.from({ length: count }, (_, i) => uuid(bytes, bounds[2 * i] as number)), nulls: null };
    case 'float16':
      return f64(Float64Array.from({ length: count }, (_, i) => half(bytes, bounds[2 * i] as number)));
    default: {
      const values: Scalar[] = Array.from({ length: count }, (_, i) => {
        const start = bounds[2 * i] as number;
        return new Uint8Array(bytes.subarray(start, start + (bounds[2 * i + 1] as number)));
      });
      return { lane: 'boxed', values, nulls: null };
    }
  }
}

function texts(bytes: Uint8Array, bounds: Int32Array, count: number): string[] {
  const values = new Array<string>(count);
  for (let i = 0; i < count; i++) {
    const start = bounds[2 * i] as number;
    const text = UTF8.read(bytes, start, start + (bounds[2 * i + 1] as number));
    if (text === undefined) throw new RangeError('text is not UTF-8');
    values[i] = text;
  }
  return values;
}

function uuid(bytes: Uint8Array, at: number): string {
  const hex = Array.from(bytes.subarray(at, at + 16), (byte) => byte.toString(16).padStart(2, '0')).join('');
  return `${hex.slice(0, 8)}-${hex.slice(8, 12)}-${hex.slice(12, 16)}-${hex.slice(16, 20)}-${hex.slice(20)}`;
}

function half(bytes: Uint8Array, at: number): number {
  const bits = (bytes[at] as number) | ((bytes[at + 1] as number) << 8);
  const sign = bits >> 15 ? -1 : 1;
  const exponent = (bits >> 10) & 31;
  const fraction = bits & 1023;
  if (exponent === 31) return fraction === 0 ? sign * Number.POSITIVE_INFINITY : Number.NaN;
  return exponent === 0 ? sign * 2 ** -14 * (fraction / 1024) : sign * 2 ** (exponent - 15) * (1 + fraction / 1024);
}
