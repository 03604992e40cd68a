import { FLOAT, type Scalar, type SqlType } from '../../../values/types.ts';
import { constantNumber } from '../adapt.ts';
import { type ArgumentProblem, defineAggregate } from '../define.ts';
import { floatReader, numbersOnly } from './number-argument.ts';

/** Average so far, how many values are in it, and the first of them (which later panes weigh differently when they merge). */
interface Smoothed {
  value: number;
  count: number;
  first: number;
}

/** A weight in (0, 1], or a span n > 1 that means 2 / (n + 1). */
function weightOf(given: number): number | undefined {
  if (given > 0 && given <= 1) return given;
  return given > 1 && Number.isFinite(given) ? 2 / (given + 1) : undefined;
}

function weightProblem(types: readonly SqlType[], constants: readonly (Scalar | undefined)[]): ArgumentProblem | undefined {
  const given = constantNumber(types, constants, 1);
  if (given === undefined) return { problem: '"EMA" needs its weight or span as a number in the query' };
  return weightOf(given) === undefined ? { problem: `"EMA" needs a weight in (0, 1] or a span above 1, not ${given}` } : undefined;
}

export const ema = defineAggregate<Smoothed>({
  name: 'ema',
  category: 'aggregate',
  summary: 'Exponential moving average in order of arrival, by weight (0 to 1) or span n (weight 2 / (n + 1)); starts at the first value.',
  parameters: [
    { name: 'value', takes: 'number' },
    { name: 'weight', takes: 'number', description: 'Weight of the newest value in (0, 1], or a span above 1.' },
  ],
  returns: (types, constants) => weightProblem(types, constants) ?? numbersOnly('ema', () => FLOAT)(types, constants),
  nulls: 'ignore',
  ordered: true,
  examples: [
    { sql: 'EMA(x, 0.5)', rows: [{ x: 10 }, { x: 20 }, { x: null }, { x: 40 }], gives: 27.5 },
    { sql: 'EMA(x, 3)', rows: [{ x: 10 }, { x: 20 }], gives: 15 },
    { sql: 'EMA(x, 0.5)', rows: [{ x: null }], gives: null },
  ],
  accumulator: (types, constants) => {
    const read = floatReader(types[0], 'EMA');
    const weight = weightOf(constantNumber(types, constants, 1) ?? 1) ?? 1;
    return {
      create: () => ({ value: 0, count: 0, first: 0 }),
      add(s, [v]) {
        const x = read(v as Scalar);
        if (s.count === 0) s.first = x;
        s.value = s.count === 0 ? x : s.value + weight * (x - s.value);
        s.count++;
        return s;
      },
      merge(a, b) {
        if (b.count === 0) return a;
        if (a.count === 0) return Object.assign(a, b);
        // Alone, b gave its first value the weight of all that came before: what a has takes that part over.
        a.value = b.value + (1 - weight) ** b.count * (a.value - b.first);
        a.count += b.count;
        return a;
      },
      result: (s) => (s.count === 0 ? null : s.value),
      save: (s) => [s.value, s.count, s.first],
      load: (saved) => {
        const [value, count, first] = saved as [number, number, number];
        return { value, count, first };
      },
    };
  },
});
