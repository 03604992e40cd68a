import { numberOf } from '../chart/chart-data.ts';

/** Order of two values of a column: NULL last, numbers (also decimals as text) by size, everything else by its text. */
export function compareValues(a: unknown, b: unknown, isNumeric: boolean): number {
  const aNull = a === null || a === undefined;
  const bNull = b === null || b === undefined;
  if (aNull || bNull) return aNull === bNull ? 0 : aNull ? 1 : -1;
  if (typeof a === 'bigint' && typeof b === 'bigint') return a < b ? -1 : a > b ? 1 : 0;
  if (isNumeric) {
    const x = numberOf(a) ?? Number.NaN;
    const y = numberOf(b) ?? Number.NaN;
    if (x !== y && !Number.isNaN(x) && !Number.isNaN(y)) return x - y;
  }
  const x = typeof a === 'string' ? a : String(a);
  const y = typeof b === 'string' ? b : String(b);
  return x < y ? -1 : x > y ? 1 : 0;
}
