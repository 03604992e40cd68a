import { defineAggregate } from '../define.ts';
import { sameAsFirst } from '../math/numeric-call.ts';
import { type Placed, placedAccumulator } from './first-last.ts';

export const lastValue = defineAggregate<Placed>({
  name: 'last_value',
  aliases: ['last'],
  category: 'aggregate',
  summary: 'Last value by event time, ties by arrival; NULLs count.',
  parameters: [{ name: 'value', takes: 'value' }],
  returns: sameAsFirst,
  nulls: 'keep',
  examples: [
    { sql: 'LAST_VALUE(x)', rows: [{ x: 1 }, { x: 2 }, { x: null }], gives: null },
    { sql: 'LAST_VALUE(x)', rows: [], gives: null },
  ],
  accumulator: () => placedAccumulator('last'),
});
