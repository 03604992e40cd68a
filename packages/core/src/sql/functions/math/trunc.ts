import { type Exact, shiftDownTruncated, shiftUp } from '../../../values/exact.ts';
import type { Scalar } from '../../../values/types.ts';
import { scalarFunction } from '../adapt.ts';
import { byNumber, sameAsFirst } from './numeric-call.ts';

function truncateFloat(x: number, digits: number): number {
  const power = 10 ** Math.abs(digits);
  const scaled = digits >= 0 ? x * power : x / power;
  if (!Number.isFinite(scaled) || Math.abs(scaled) >= Number.MAX_SAFE_INTEGER) return x;
  return (digits >= 0 ? Math.trunc(scaled) / power : Math.trunc(scaled) * power) + 0;
}

function truncateExact(value: Exact, scale: number, digits: number): Exact {
  const drop = scale - digits;
  return drop <= 0 ? value : shiftUp(shiftDownTruncated(value, drop), drop);
}

export const trunc = scalarFunction({
  name: 'trunc',
  aliases: ['truncate'],
  category: 'math',
  summary: 'Cuts digits off toward zero; a decimal keeps its scale.',
  parameters: [
    { name: 'n', takes: 'number' },
    { name: 'digits', takes: 'integer', optional: true, description: 'Digits after the point; negative: before it.' },
  ],
  returns: sameAsFirst,
  nulls: 'propagate',
  volatility: 'immutable',
  examples: [
    { sql: 'TRUNC(-2.99)', gives: '-2.00' },
    { sql: 'TRUNC(1299, -2)', gives: 1200 },
    { sql: 'TRUNC(NULL)', gives: null },
  ],
  prepare: ([type]) => {
    const at = (digits: number) =>
      byNumber(type, {
        exact: (x, scale) => truncateExact(x, scale, digits),
        float: (x) => truncateFloat(x, digits),
      });
    let last = { digits: 0, run: at(0) };
    return (v, digits) => {
      const wanted = digits === undefined ? 0 : Math.max(-60, Math.min(300, Number(digits)));
      if (wanted !== last.digits) last = { digits: wanted, run: at(wanted) };
      return last.run(v as Scalar);
    };
  },
});
