import { FLOAT, type Scalar } from '../../../values/types.ts';
import { defineAggregate } from '../define.ts';
import { fractionReader, withFraction } from './fraction-argument.ts';
import { floatReader, numbersOnly } from './number-argument.ts';
import { interpolate } from './percentile-cont.ts';
import { addToSketch, loadSketch, mergeSketch, newSketch, type QuantileSketch, saveSketch, sketchedQuantile } from './quantile-sketch.ts';

interface Sketched {
  sketch: QuantileSketch;
  fraction: number;
}

export const approxPercentile = defineAggregate<Sketched>({
  name: 'approx_percentile',
  aliases: ['approx_quantile'],
  category: 'aggregate',
  summary: 'Value at a fraction of the sorted values: exact up to 1000 values, then within 0.5 % in bounded memory.',
  parameters: [
    { name: 'value', takes: 'number' },
    { name: 'fraction', takes: 'number' },
  ],
  returns: withFraction(
    'APPROX_PERCENTILE',
    numbersOnly('approx_percentile', () => FLOAT),
  ),
  nulls: 'ignore',
  examples: [
    { sql: 'APPROX_PERCENTILE(x, 0.5)', rows: [{ x: 1 }, { x: 2 }, { x: 10 }, { x: 11 }], gives: 6 },
    { sql: 'APPROX_PERCENTILE(x, 0.9)', rows: [{ x: null }], gives: null },
  ],
  accumulator: (types, _, descending) => {
    const read = floatReader(types[0], 'APPROX_PERCENTILE');
    const readFraction = fractionReader('APPROX_PERCENTILE', types[1]);
    return {
      create: () => ({ sketch: newSketch(), fraction: 0 }),
      add(s, [v, p]) {
        const fraction = readFraction(p as Scalar);
        addToSketch(s.sketch, read(v as Scalar));
        s.fraction = descending === true ? 1 - fraction : fraction;
        return s;
      },
      merge(a, b) {
        if (b.sketch.count > 0) a.fraction = b.fraction;
        mergeSketch(a.sketch, b.sketch);
        return a;
      },
      result: ({ sketch, fraction }) => {
        if (sketch.count === 0) return null;
        return sketch.exact === null ? sketchedQuantile(sketch, fraction) : interpolate(sketch.exact, fraction);
      },
      save: (s) => [s.fraction, saveSketch(s.sketch)],
      load: (saved) => {
        const [fraction, sketch] = saved as [number, Scalar];
        return { fraction, sketch: loadSketch(sketch) };
      },
    };
  },
});
