import type { Scalar } from '../../../values/types.ts';
import { defineAggregate } from '../define.ts';
import { sameAsFirst } from '../math/numeric-call.ts';
import { extremeAccumulator, extremeMoments } from './extreme-aggregate.ts';

export const max = defineAggregate<Scalar>({
  name: 'max',
  category: 'aggregate',
  summary: 'Largest of the values: numbers, times, text by code point, booleans; NULL for none.',
  parameters: [{ name: 'value', takes: 'value' }],
  returns: sameAsFirst,
  nulls: 'ignore',
  examples: [
    { sql: 'MAX(x)', rows: [{ x: 7 }, { x: 3 }, { x: null }], gives: 7 },
    { sql: 'MAX(x)', rows: [{ x: 'b' }, { x: 'a' }], gives: 'b' },
    { sql: 'MAX(x)', rows: [], gives: null },
  ],
  moments: extremeMoments('max'),
  accumulator: ([type]) => extremeAccumulator(type, -1),
});
