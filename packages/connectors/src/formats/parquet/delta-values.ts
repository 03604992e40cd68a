import type { Column } from '@velostream/core/connect/formats';
import { exactColumn } from '../columnar/exact-column.ts';
import type { SchemaElement } from './footer.ts';
import type { LeafKind } from './leaf-type.ts';
import { byteValues, fromInt64, int32Column } from './plain-values.ts';

const BLOCK_MAX = 1 << 20;

/** Integers stored as packed differences; gives them and the place behind them. */
function readDeltas(bytes: Uint8Array, at: number, count: number, bits: 32 | 64): { readonly values: BigInt64Array; readonly at: number } {
  let p = at;
  const varint = (): bigint => {
    let value = 0n;
    for (let shift = 0n; shift < 70n; shift += 7n) {
      if (p >= bytes.length) throw new RangeError('differences end in the middle');
      const byte = bytes[p++] as number;
      value |= BigInt(byte & 127) << shift;
      if (byte < 128) return value;
    }
    throw new RangeError('an integer is longer than 64 bits');
  };
  const zigzag = (): bigint => {
    const value = varint();
    return BigInt.asIntN(bits, (value >> 1n) ^ -(value & 1n));
  };
  const blockSize = Number(varint());
  const minis = Number(varint());
  const total = Number(varint());
  const perMini = blockSize / minis;
  if (!(minis > 0 && perMini > 0 && perMini % 8 === 0 && blockSize <= BLOCK_MAX))
    throw new RangeError('blocks of differences have no size');
  if (total < count) throw new RangeError(`${total} differences where ${count} are needed`);
  const values = new BigInt64Array(count);
  let value = zigzag();
  if (count > 0) values[0] = value;
  for (let n = 1; n < total; ) {
    const least = zigzag();
    const widths = bytes.subarray(p, p + minis);
    p += minis;
    if (widths.length < minis) throw new RangeError('differences end in the middle');
    for (let m = 0; m < minis && n < total; m++) {
      const width = widths[m] as number;
      const size = (perMini * width) / 8;
      if (width > 64 || p + size > bytes.length) throw new RangeError('differences end in the middle');
      const inMini = Math.min(perMini, total - n);
      for (let i = 0; i < inMini; i++, n++) {
        value = BigInt.asIntN(bits, value + least + packedAt(bytes, p, i * width, width));
        if (n < count) values[n] = value;
      }
      p += size;
    }
  }
  return { values, at: p };
}

/** `width` bits from bit `bit` behind `at`. */
function packedAt(bytes: Uint8Array, at: number, bit: number, width: number): bigint {
  if (width === 0) return 0n;
  const first = at + (bit >> 3);
  const shift = bit & 7;
  if (width <= 24) {
    const word =
      (bytes[first] as number) | ((bytes[first + 1] ?? 0) << 8) | ((bytes[first + 2] ?? 0) << 16) | ((bytes[first + 3] ?? 0) << 24);
    return BigInt((word >>> shift) & ((1 << width) - 1));
  }
  let value = 0n;
  const size = (shift + width + 7) >> 3;
  for (let i = size - 1; i >= 0; i--) value = (value << 8n) | BigInt(bytes[first + i] ?? 0);
  return BigInt.asUintN(width, value >> BigInt(shift));
}

export function deltaValues(kind: LeafKind, element: SchemaElement, bytes: Uint8Array, at: number, count: number): Column {
  if (element.physical === 'INT32') return int32Column(kind, Int32Array.from(readDeltas(bytes, at, count, 32).values, Number));
  if (element.physical !== 'INT64') throw new RangeError('differences of values that are no integers');
  const { values } = readDeltas(bytes, at, count, 64);
  const column = exactColumn(Array.from(values, (value) => (Number.isSafeInteger(Number(value)) ? Number(value) : value)));
  return fromInt64(kind, column, count);
}

/** Byte strings behind the differences of their lengths. */
export function deltaLengthValues(kind: LeafKind, bytes: Uint8Array, at: number, count: number): Column {
  const lengths = readDeltas(bytes, at, count, 32);
  return byteValues(kind, bytes, boundsOf(bytes, lengths, count), count);
}

function boundsOf(bytes: Uint8Array, lengths: { readonly values: BigInt64Array; readonly at: number }, count: number): Int32Array {
  const bounds = new Int32Array(count * 2);
  let p = lengths.at;
  for (let i = 0; i < count; i++) {
    const length = Number(lengths.values[i]);
    if (length < 0 || p + length > bytes.length) throw new RangeError('a value ends in the middle');
    bounds[2 * i] = p;
    bounds[2 * i + 1] = length;
    p += length;
  }
  return bounds;
}

/** All values written out may not be longer than this: each can repeat the one before it. */
const WRITTEN_OUT_MAX = 1 << 28;

/** Byte strings that share their beginning with the one before. */
export function deltaByteValues(kind: LeafKind, bytes: Uint8Array, at: number, count: number): Column {
  const prefixes = readDeltas(bytes, at, count, 32);
  const suffixes = readDeltas(bytes, prefixes.at, count, 32);
  const parts = boundsOf(bytes, suffixes, count);
  let total = 0;
  for (let i = 0; i < count; i++) total += Number(prefixes.values[i]) + (parts[2 * i + 1] as number);
  if (!(total >= 0 && total <= WRITTEN_OUT_MAX)) throw new RangeError(`values of ${total} bytes in one page`);
  const out = new Uint8Array(total);
  const bounds = new Int32Array(count * 2);
  let to = 0;
  for (let i = 0; i < count; i++) {
    const prefix = Number(prefixes.values[i]);
    const before = i === 0 ? 0 : (bounds[2 * i - 1] as number);
    if (prefix < 0 || prefix > before) throw new RangeError('a value shares more than the one before it has');
    const start = parts[2 * i] as number;
    const length = parts[2 * i + 1] as number;
    if (prefix > 0) out.copyWithin(to, bounds[2 * i - 2] as number, (bounds[2 * i - 2] as number) + prefix);
    out.set(bytes.subarray(start, start + length), to + prefix);
    bounds[2 * i] = to;
    bounds[2 * i + 1] = prefix + length;
    to += prefix + length;
  }
  return byteValues(kind, out, bounds, count);
}

/** Values whose first bytes stand together, then their second bytes, and so on: put back in order. */
export function unsplit(bytes: Uint8Array, at: number, count: number, width: number): Uint8Array {
  if (width <= 0 || at + count * width > bytes.length) throw new RangeError('values end in the middle');
  const out = new Uint8Array(count * width);
  for (let b = 0; b < width; b++) for (let i = 0; i < count; i++) out[i * width + b] = bytes[at + b * count + i] as number;
  return out;
}
