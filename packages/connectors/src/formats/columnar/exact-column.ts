import type { Column } from '@velostream/core/connect/formats';

/** Integers without NULLs in the narrowest lane: doubles while all are safe, 64 bits while they fit, else as they are. */
export function exactColumn(values: readonly (number | bigint)[]): Column {
  let isSafe = true;
  let fits64 = true;
  for (const value of values) {
    if (typeof value === 'number') continue;
    isSafe = false;
    if (BigInt.asIntN(64, value) !== value) fits64 = false;
  }
  if (isSafe) return { lane: 'f64', values: Float64Array.from(values as readonly number[]), nulls: null };
  if (fits64) return { lane: 'i64', values: BigInt64Array.from(values, BigInt), nulls: null };
  return { lane: 'boxed', values, nulls: null };
}

/** 64-bit integers, little end first, from an aligned place or not. Doubles where all are safe. */
export function int64Column(bytes: Uint8Array, at: number, count: number): Column {
  const halves = aligned(bytes, at, count * 8, 4);
  const words = new Int32Array(halves.buffer, halves.byteOffset, count * 2);
  const values = new Float64Array(count);
  let isWide = false;
  for (let i = 0; i < count; i++) {
    const high = words[2 * i + 1] as number;
    if (high > 0x1fffff || high <= -0x200000) isWide = true;
    values[i] = high * 4294967296 + ((words[2 * i] as number) >>> 0);
  }
  if (!isWide) return { lane: 'f64', values, nulls: null };
  const whole = aligned(bytes, at, count * 8, 8);
  return { lane: 'i64', values: new BigInt64Array(whole.buffer as ArrayBuffer, whole.byteOffset, count).slice(), nulls: null };
}

/** `length` bytes from `at` on whose place in memory is a multiple of `unit`; copied only where it is not. */
export function aligned(bytes: Uint8Array, at: number, length: number, unit: number): Uint8Array {
  if (at < 0 || at + length > bytes.length) throw new RangeError('values end in the middle');
  const part = bytes.subarray(at, at + length);
  // Not `slice`: that of a Buffer copies nothing.
  return part.byteOffset % unit === 0 ? part : new Uint8Array(part);
}

/** An integer of any length with its sign, large end first. */
export function bigEndian(bytes: Uint8Array, at: number, length: number): number | bigint {
  let start = at;
  const end = at + length;
  if (length === 0) return 0;
  const isNegative = (bytes[at] as number) >= 128;
  const filler = isNegative ? 255 : 0;
  while (end - start > 6 && bytes[start] === filler) start++;
  // The byte before may hold nothing but the sign, which is known: six bytes are 48 bits, and safe.
  if (end - start <= 6) {
    let value = isNegative ? -1 : 0;
    for (let i = start; i < end; i++) value = value * 256 + (bytes[i] as number);
    return value;
  }
  let wide = isNegative ? -1n : 0n;
  for (let i = start; i < end; i++) wide = (wide << 8n) | BigInt(bytes[i] as number);
  const narrow = Number(wide);
  return Number.isSafeInteger(narrow) ? narrow : wide;
}
