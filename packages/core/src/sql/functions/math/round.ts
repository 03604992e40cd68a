import { checkedDigits, roundDecimal } from '../../../values/decimal.ts';
import { checked64, type Exact } from '../../../values/exact.ts';
import type { Scalar } from '../../../values/types.ts';
import { scalarFunction } from '../adapt.ts';
import { byNumber, sameAsFirst } from './numeric-call.ts';

/** Beyond this neither a double nor a decimal has digits. */
const DIGITS_MAX = 400;

/** Half away from zero; large values have no digits to round. */
export function roundFloat(x: number, digits: number): number {
  if (!Number.isFinite(x) || digits >= DIGITS_MAX) return x;
  if (digits <= -DIGITS_MAX) return 0;
  const power = 10 ** Math.abs(digits);
  const scaled = digits >= 0 ? x * power : x / power;
  if (Math.abs(scaled) >= Number.MAX_SAFE_INTEGER) return x;
  const rounded = Math.sign(scaled) * Math.round(Math.abs(scaled));
  return (digits >= 0 ? rounded / power : rounded * power) + 0;
}

const clamp = (digits: Exact): number => Math.max(-DIGITS_MAX, Math.min(DIGITS_MAX, Number(digits)));

export const round = scalarFunction({
  name: 'round',
  category: 'math',
  summary: 'Rounds half away from zero; a decimal keeps its scale, with zeros behind the rounded digit.',
  parameters: [
    { name: 'n', takes: 'number' },
    { name: 'digits', takes: 'integer', optional: true, description: 'Digits after the point; negative: before it.' },
  ],
  returns: sameAsFirst,
  nulls: 'propagate',
  volatility: 'immutable',
  examples: [
    { sql: 'ROUND(2.5)', gives: '3.0' },
    { sql: 'ROUND(-12.345, 2)', gives: '-12.350' },
    { sql: 'ROUND(1250, -2)', gives: 1300 },
    { sql: 'ROUND(1.5, NULL)', gives: null },
  ],
  prepare: ([type]) => {
    const finish = type?.kind === 'decimal' ? (v: Exact) => checkedDigits(v, 'ROUND') : (v: Exact) => checked64(v, 'ROUND');
    const at = (digits: number) =>
      byNumber(type, { exact: (v, scale) => finish(roundDecimal(v, scale, digits)), float: (v) => roundFloat(v, digits) });
    const whole = at(0);
    let last: { readonly digits: number; readonly run: (v: Scalar) => Scalar } = { digits: 0, run: whole };
    return (v, digits) => {
      const wanted = digits === undefined ? 0 : clamp(digits as Exact);
      if (wanted !== last.digits) last = { digits: wanted, run: at(wanted) };
      return last.run(v as Scalar);
    };
  },
});
