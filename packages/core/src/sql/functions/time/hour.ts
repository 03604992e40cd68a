import { INTEGER } from '../../../values/types.ts';
import { scalarFunction } from '../adapt.ts';
import { timePart } from './time-part.ts';

export const hour = scalarFunction({
  name: 'hour',
  category: 'time',
  summary: 'The hour, 0 … 23, of a time, in UTC.',
  parameters: [{ name: 'time', takes: 'time' }],
  returns: INTEGER,
  nulls: 'propagate',
  volatility: 'immutable',
  examples: [
    { sql: 'HOUR(1700000000000)', gives: 22 },
    { sql: 'HOUR(NULL)', gives: null },
  ],
  evaluate: (time) => timePart('hour', time as number),
});
