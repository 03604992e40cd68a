import { FLOAT, type Scalar } from '../../../values/types.ts';
import { defineAggregate } from '../define.ts';
import { floatReader, numbersOnly } from './number-argument.ts';
import { addToSpread, loadSpread, mergeSpread, newSpread, type Spread, saveSpread, varianceOf } from './variance-aggregate.ts';

interface Scored {
  spread: Spread;
  last: number;
}

export const zScore = defineAggregate<Scored>({
  name: 'z_score',
  aliases: ['zscore'],
  category: 'aggregate',
  summary: 'How many sample standard deviations the latest value lies from the mean; NULL where the values do not vary.',
  parameters: [{ name: 'value', takes: 'number' }],
  returns: numbersOnly('z_score', () => FLOAT),
  nulls: 'ignore',
  examples: [
    { sql: 'Z_SCORE(x)', rows: [{ x: 1 }, { x: 2 }, { x: null }, { x: 3 }], gives: 1 },
    { sql: 'Z_SCORE(x)', rows: [{ x: 5 }, { x: 5 }], gives: null },
  ],
  accumulator: ([type]) => {
    const read = floatReader(type, 'Z_SCORE');
    return {
      create: () => ({ spread: newSpread(), last: 0 }),
      add(s, [v]) {
        s.last = read(v as Scalar);
        addToSpread(s.spread, s.last);
        return s;
      },
      merge(a, b) {
        if (b.spread.count > 0) a.last = b.last;
        mergeSpread(a.spread, b.spread);
        return a;
      },
      result: ({ spread, last }) => {
        const variance = varianceOf(spread.count, spread.m2, 1);
        return variance === null || variance === 0 ? null : (last - spread.sum / spread.count) / Math.sqrt(variance);
      },
      save: (s) => [saveSpread(s.spread), s.last],
      load: (saved) => {
        const [spread, last] = saved as [Scalar, number];
        return { spread: loadSpread(spread), last };
      },
    };
  },
});
