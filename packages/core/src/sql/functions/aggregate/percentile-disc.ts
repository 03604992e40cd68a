import { comparatorOf } from '../../../values/compare.ts';
import { ANY, type Scalar } from '../../../values/types.ts';
import { defineAggregate } from '../define.ts';
import { sameAsFirst } from '../math/numeric-call.ts';
import { fractionReader, withFraction } from './fraction-argument.ts';

/** All values of the group. Grows with the group. */
interface Values {
  values: Scalar[];
  fraction: number;
}

export const percentileDisc = defineAggregate<Values>({
  name: 'percentile_disc',
  category: 'aggregate',
  summary: 'The first of the sorted values at or above a fraction of them; always one that occurs.',
  parameters: [
    { name: 'value', takes: 'value' },
    { name: 'fraction', takes: 'number' },
  ],
  returns: withFraction('PERCENTILE_DISC', sameAsFirst),
  nulls: 'ignore',
  examples: [
    { sql: 'PERCENTILE_DISC(x, 0.5)', rows: [{ x: 1 }, { x: 2 }, { x: 10 }, { x: 11 }], gives: 2 },
    { sql: 'PERCENTILE_DISC(x, 1)', rows: [{ x: 'a' }, { x: 'b' }], gives: 'b' },
    { sql: 'PERCENTILE_DISC(x, 0.5)', rows: [{ x: null }], gives: null },
  ],
  accumulator: (types, _, descending) => {
    const read = fractionReader('PERCENTILE_DISC', types[1]);
    const compare = comparatorOf(types[0] ?? ANY);
    const sign = descending === true ? -1 : 1;
    return {
      create: () => ({ values: [], fraction: 0 }),
      add(s, [v, p]) {
        s.fraction = read(p as Scalar);
        s.values.push(v as Scalar);
        return s;
      },
      merge(a, b) {
        if (b.values.length > 0) a.fraction = b.fraction;
        for (const value of b.values) a.values.push(value);
        return a;
      },
      result(s) {
        if (s.values.length === 0) return null;
        const sorted = s.values.slice().sort((a, b) => sign * compare(a, b));
        return sorted[Math.max(0, Math.ceil(s.fraction * sorted.length) - 1)] as Scalar;
      },
      save: (s) => [s.fraction, s.values.slice()],
      load: (saved) => {
        const [fraction, values] = saved as [number, readonly Scalar[]];
        return { fraction, values: values.slice() };
      },
    };
  },
});
