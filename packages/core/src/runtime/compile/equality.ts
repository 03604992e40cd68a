import type { Scalar } from '../../values/types.ts';

/** Equality by value of two non-NULL scalars of one type, deep for arrays, maps and structs; other pairs are not equal. */
export function equalScalars(a: Scalar, b: Scalar): boolean {
  if (a === b) return true;
  if (typeof a !== 'object' || typeof b !== 'object') return looselyEqual(a, b);
  if (a === null || b === null) return false;
  if (a instanceof Uint8Array) return b instanceof Uint8Array && a.length === b.length && a.every((byte, i) => byte === b[i]);
  if (Array.isArray(a)) return Array.isArray(b) && a.length === b.length && a.every((item, i) => equalScalars(item, b[i]));
  if (Array.isArray(b) || b instanceof Uint8Array) return false;
  const [left, right] = [entriesOf(a), entriesOf(b)];
  return left.size === right.size && [...left].every(([key, value]) => right.has(key) && equalScalars(value, right.get(key) as Scalar));
}

/** A number and a bigint may stand for one value (an `any` beside an INTEGER). */
function looselyEqual(a: Scalar, b: Scalar): boolean {
  if (typeof a === 'bigint' && typeof b === 'number') return Number.isInteger(b) && a === BigInt(b);
  if (typeof a === 'number' && typeof b === 'bigint') return Number.isInteger(a) && b === BigInt(a);
  return false;
}

function entriesOf(value: Exclude<Scalar, null | boolean | number | bigint | string>): ReadonlyMap<string, Scalar> {
  // Arrays and bytes are handled by the caller: what is left is a map or a struct.
  return value instanceof Map ? value : new Map(Object.entries(value));
}

/** Order by code point (UTF-16 units would put U+FFFD behind U+1F600). */
export function compareText(a: string, b: string): number {
  if (a === b) return 0;
  const length = Math.min(a.length, b.length);
  for (let i = 0; i < length; i++) {
    const x = a.charCodeAt(i);
    const y = b.charCodeAt(i);
    if (x === y) continue;
    // A surrogate stands for a code point above all units that are none.
    const [highX, highY] = [x >= 0xd800 && x <= 0xdfff, y >= 0xd800 && y <= 0xdfff];
    return highX === highY ? x - y : highX ? 1 : -1;
  }
  return a.length - b.length;
}
