import { INTEGER } from '../../../values/types.ts';
import { scalarFunction } from '../adapt.ts';
import { timePart } from './time-part.ts';

export const second = scalarFunction({
  name: 'second',
  category: 'time',
  summary: 'The second of a time, in UTC.',
  parameters: [{ name: 'time', takes: 'time' }],
  returns: INTEGER,
  nulls: 'propagate',
  volatility: 'immutable',
  examples: [
    { sql: 'SECOND(1700000000000)', gives: 20 },
    { sql: 'SECOND(NULL)', gives: null },
  ],
  evaluate: (time) => timePart('second', time as number),
});
