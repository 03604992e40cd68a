import { INTEGER } from '../../../values/types.ts';
import { scalarFunction } from '../adapt.ts';
import { timePart } from './time-part.ts';

export const day = scalarFunction({
  name: 'day',
  category: 'time',
  summary: 'The day of the month of a time, in UTC.',
  parameters: [{ name: 'time', takes: 'time' }],
  returns: INTEGER,
  nulls: 'propagate',
  volatility: 'immutable',
  examples: [
    { sql: 'DAY(1700000000000)', gives: 14 },
    { sql: 'DAY(NULL)', gives: null },
  ],
  evaluate: (time) => timePart('day', time as number),
});
