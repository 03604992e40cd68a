import { FLOAT, type Scalar, type SqlType } from '../../../values/types.ts';
import { type Accumulator, defineAggregate } from '../define.ts';
import { fractionReader, withFraction } from './fraction-argument.ts';
import { floatReader, numbersOnly } from './number-argument.ts';

/** All values of the group; NULL fraction before the first row. Grows with the group. */
export interface Sample {
  values: number[];
  fraction: number;
}

/** Linear interpolation at fraction · (n - 1) of the sorted values. */
export function interpolate(values: readonly number[], fraction: number): number | null {
  if (values.length === 0) return null;
  const sorted = Float64Array.from(values).sort();
  const at = fraction * (sorted.length - 1);
  const below = Math.floor(at);
  const low = sorted[below] as number;
  const high = sorted[Math.min(below + 1, sorted.length - 1)] as number;
  return low === high ? low : low + (high - low) * (at - below);
}

/** Shared by MEDIAN, whose fraction is fixed. */
export function sampleAccumulator(
  name: string,
  types: readonly SqlType[],
  fractionOf: (value: Scalar | undefined) => number,
): Accumulator<Sample> {
  const read = floatReader(types[0], name);
  return {
    create: () => ({ values: [], fraction: 0 }),
    add(s, [v, p]) {
      const fraction = fractionOf(p);
      s.values.push(read(v as Scalar));
      s.fraction = fraction;
      return s;
    },
    merge(a, b) {
      if (b.values.length > 0) a.fraction = b.fraction;
      for (const value of b.values) a.values.push(value);
      return a;
    },
    result: (s) => interpolate(s.values, s.fraction),
    save: (s) => [s.fraction, s.values.slice()],
    load: (saved) => {
      const [fraction, values] = saved as [number, readonly number[]];
      return { fraction, values: values.slice() };
    },
  };
}

export const percentileCont = defineAggregate<Sample>({
  name: 'percentile_cont',
  category: 'aggregate',
  summary: 'Value at a fraction of the sorted values, interpolated between neighbours.',
  parameters: [
    { name: 'value', takes: 'number' },
    { name: 'fraction', takes: 'number' },
  ],
  returns: withFraction(
    'PERCENTILE_CONT',
    numbersOnly('percentile_cont', () => FLOAT),
  ),
  nulls: 'ignore',
  examples: [
    { sql: 'PERCENTILE_CONT(x, 0.5)', rows: [{ x: 1 }, { x: 2 }, { x: 10 }, { x: 11 }], gives: 6 },
    { sql: 'PERCENTILE_CONT(x, 0.9)', rows: [{ x: null }], gives: null },
  ],
  accumulator: (types, _, descending) => {
    const read = fractionReader('PERCENTILE_CONT', types[1]);
    return sampleAccumulator('PERCENTILE_CONT', types, (p) => (descending === true ? 1 - read(p as Scalar) : read(p as Scalar)));
  },
});
