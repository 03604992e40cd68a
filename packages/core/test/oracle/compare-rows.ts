/** Text under which equal values of two engines meet: numbers by value to nine digits, whatever their type. */
export function canonical(value: unknown): string {
  if (value === null || value === undefined) return '∅';
  if (typeof value === 'boolean') return value ? 'true' : 'false';
  if (typeof value === 'bigint') return canonical(Number(value));
  // the spread of equal values may keep a rest of rounding, which no number of digits makes zero
  if (typeof value === 'number' && Math.abs(value) < 1e-12) return '0';
  // rounded twice, so that a last digit of noise does not decide where a value lies half way between two
  if (typeof value === 'number') return Number.isFinite(value) ? String(Number(Number(value.toPrecision(13)).toPrecision(9)) + 0) : '∅';
  if (typeof value === 'string')
    return /^-?\d+(\.\d+)?([eE][-+]?\d+)?$/.test(value) && value.length > 0 ? canonical(Number(value)) : `'${value}'`;
  return JSON.stringify(value);
}

export const canonicalRows = (rows: Iterable<readonly unknown[]>): string[] =>
  [...rows].map((row) => row.map(canonical).join(' | ')).sort();
