import { comparatorOf } from '../../../values/compare.ts';
import { checked64, type Exact, subtractExact } from '../../../values/exact.ts';
import { ANY, INTEGER, type Scalar, type SqlType } from '../../../values/types.ts';
import { defineAggregate } from '../define.ts';
import { isMomentType } from './extreme-aggregate.ts';
import { notANumber, numbersOnly } from './number-argument.ts';

interface Range {
  min: Scalar;
  max: Scalar;
}

const TIMES = ['timestamp', 'date', 'time', 'interval'] as const;

/** Differences of times are ms. */
const resultType = (type: SqlType): SqlType => (TIMES.some((kind) => kind === type.kind) ? INTEGER : type);

const difference =
  (type: SqlType | undefined) =>
  (max: Exact, min: Exact): Exact => {
    if (type?.kind === 'float') return (max as number) - (min as number);
    if (TIMES.some((kind) => kind === type?.kind)) return Math.trunc((max as number) - (min as number));
    if (type?.kind === 'decimal') return subtractExact(max, min);
    const whole = [max, min].every((v) => typeof v === 'bigint' || Number.isInteger(v));
    return whole ? checked64(subtractExact(max, min), 'DELTA') : Number(max) - Number(min);
  };

export const delta = defineAggregate<Range>({
  name: 'delta',
  category: 'aggregate',
  summary: 'Largest value minus smallest; NULL for none.',
  parameters: [{ name: 'value', takes: 'number' }],
  returns: numbersOnly('delta', resultType, TIMES),
  nulls: 'ignore',
  examples: [
    { sql: 'DELTA(x)', rows: [{ x: 7 }, { x: 3 }, { x: null }, { x: 5 }], gives: 4 },
    { sql: 'DELTA(x)', rows: [{ x: null }], gives: null },
  ],
  moments: ([type]) => {
    if (!isMomentType(type)) return undefined;
    const minus = difference(type);
    return { needs: ['count', 'min', 'max'], finish: (m) => (m.count === 0 ? null : minus(m.max, m.min)) };
  },
  accumulator: ([type]) => {
    const compare = comparatorOf(type ?? ANY);
    const minus = difference(type);
    const widen = (s: Range, min: Scalar, max: Scalar): Range => {
      if (s.min === null || (min !== null && compare(min, s.min) < 0)) s.min = min;
      if (s.max === null || (max !== null && compare(max, s.max) > 0)) s.max = max;
      return s;
    };
    return {
      create: () => ({ min: null, max: null }),
      add(s, [v]) {
        if (typeof v !== 'number' && typeof v !== 'bigint') throw notANumber('DELTA', v as Scalar);
        return widen(s, v, v);
      },
      merge: (a, b) => widen(a, b.min, b.max),
      result: (s) => (s.min === null ? null : minus(s.max as Exact, s.min as Exact)),
      save: (s) => [s.min, s.max],
      load: (saved) => {
        const [min, max] = saved as [Scalar, Scalar];
        return { min, max };
      },
    };
  },
});
