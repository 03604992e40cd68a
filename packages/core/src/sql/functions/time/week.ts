import { INTEGER } from '../../../values/types.ts';
import { scalarFunction } from '../adapt.ts';
import { timePart } from './time-part.ts';

export const week = scalarFunction({
  name: 'week',
  category: 'time',
  summary: 'The ISO week, 1 … 53, of a time, in UTC.',
  parameters: [{ name: 'time', takes: 'time' }],
  returns: INTEGER,
  nulls: 'propagate',
  volatility: 'immutable',
  examples: [
    { sql: 'WEEK(1700000000000)', gives: 46 },
    { sql: 'WEEK(NULL)', gives: null },
  ],
  evaluate: (time) => timePart('week', time as number),
});
