import { FLOAT } from '../../../values/types.ts';
import { defineAggregate } from '../define.ts';
import { numbersOnly } from './number-argument.ts';
import { type Sample, sampleAccumulator } from './percentile-cont.ts';

export const median = defineAggregate<Sample>({
  name: 'median',
  category: 'aggregate',
  summary: 'The middle of the sorted values, or the mean of the middle two.',
  parameters: [{ name: 'value', takes: 'number' }],
  returns: numbersOnly('median', () => FLOAT),
  nulls: 'ignore',
  examples: [
    { sql: 'MEDIAN(x)', rows: [{ x: 5 }, { x: 1 }, { x: 2 }, { x: 4 }], gives: 3 },
    { sql: 'MEDIAN(x)', rows: [{ x: null }], gives: null },
  ],
  accumulator: (types) => sampleAccumulator('MEDIAN', types, () => 0.5),
});
