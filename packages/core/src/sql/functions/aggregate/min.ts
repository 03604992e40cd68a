import type { Scalar } from '../../../values/types.ts';
import { defineAggregate } from '../define.ts';
import { sameAsFirst } from '../math/numeric-call.ts';
import { extremeAccumulator, extremeMoments } from './extreme-aggregate.ts';

export const min = defineAggregate<Scalar>({
  name: 'min',
  category: 'aggregate',
  summary: 'Smallest of the values: numbers, times, text by code point, booleans; NULL for none.',
  parameters: [{ name: 'value', takes: 'value' }],
  returns: sameAsFirst,
  nulls: 'ignore',
  examples: [
    { sql: 'MIN(x)', rows: [{ x: 7 }, { x: 3 }, { x: null }], gives: 3 },
    { sql: 'MIN(x)', rows: [{ x: 'b' }, { x: 'a' }], gives: 'a' },
    { sql: 'MIN(x)', rows: [], gives: null },
  ],
  moments: extremeMoments('min'),
  accumulator: ([type]) => extremeAccumulator(type, 1),
});
