import { decimalOperator } from '../../../values/decimal.ts';
import { decimalToFloat } from '../../../values/decimal-text.ts';
import { type Exact, exactOf, remainderExact } from '../../../values/exact.ts';
import { ANY, type Scalar, type SqlType } from '../../../values/types.ts';
import { arithmeticType, scaleOf } from '../../../values/unify-types.ts';
import { scalarFunction } from '../adapt.ts';
import { floatIfAny } from './numeric-call.ts';

const isZero = (v: Scalar): boolean => v === 0 || v === 0n;

const toFloat = (type: SqlType | undefined) => (v: Scalar) =>
  type?.kind === 'decimal' ? decimalToFloat(v as Exact, type.scale) : Number(v);

/** Whole numbers stay exact also where the type is known only now. */
const dynamicRemainder = (a: Scalar, b: Scalar): Scalar => {
  const whole = (v: Scalar) => typeof v === 'bigint' || Number.isInteger(v);
  if (!whole(a) || !whole(b)) return (Number(a) % Number(b)) + 0;
  const exact = (v: Scalar): Exact => (typeof v === 'bigint' ? v : exactOf(v as number));
  return remainderExact(exact(a), exact(b));
};

function remainder(a: SqlType | undefined, b: SqlType | undefined): (a: Scalar, b: Scalar) => Scalar {
  if (a === undefined || b === undefined) return dynamicRemainder;
  if (floatIfAny([a, b])) {
    const [left, right] = [toFloat(a), toFloat(b)];
    return (x, y) => (left(x) % right(y)) + 0;
  }
  const isExact = (t: SqlType) => t.kind === 'integer' || t.kind === 'decimal';
  if (isExact(a) && isExact(b)) return decimalOperator('%', scaleOf(a), scaleOf(b)) as (a: Scalar, b: Scalar) => Scalar;
  return dynamicRemainder;
}

export const mod = scalarFunction({
  name: 'mod',
  category: 'math',
  summary: 'Remainder with the sign of the dividend; NULL when the divisor is 0.',
  parameters: [
    { name: 'dividend', takes: 'number' },
    { name: 'divisor', takes: 'number' },
  ],
  returns: (types) => arithmeticType('%', types[0] ?? ANY, types[1] ?? ANY) ?? ANY,
  nulls: 'propagate',
  volatility: 'immutable',
  examples: [
    { sql: 'MOD(7, 4)', gives: 3 },
    { sql: 'MOD(-7, 4)', gives: -3 },
    { sql: 'MOD(7.5, 2)', gives: '1.5' },
    { sql: 'MOD(7, 0)', gives: null },
    { sql: 'MOD(NULL, 2)', gives: null },
  ],
  prepare: ([a, b]) => {
    const run = remainder(a, b);
    return (x, y) => (isZero(y as Scalar) ? null : run(x as Scalar, y as Scalar));
  },
});
