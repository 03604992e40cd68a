import { defineAggregate } from '../define.ts';
import { sameAsFirst } from '../math/numeric-call.ts';
import { type Placed, placedAccumulator } from './first-last.ts';

export const firstValue = defineAggregate<Placed>({
  name: 'first_value',
  aliases: ['first'],
  category: 'aggregate',
  summary: 'First value by event time, ties by arrival; NULLs count.',
  parameters: [{ name: 'value', takes: 'value' }],
  returns: sameAsFirst,
  nulls: 'keep',
  examples: [
    { sql: 'FIRST_VALUE(x)', rows: [{ x: 1 }, { x: 2 }, { x: null }], gives: 1 },
    { sql: 'FIRST_VALUE(x)', rows: [], gives: null },
  ],
  accumulator: () => placedAccumulator('first'),
});
