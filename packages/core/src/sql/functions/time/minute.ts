import { INTEGER } from '../../../values/types.ts';
import { scalarFunction } from '../adapt.ts';
import { timePart } from './time-part.ts';

export const minute = scalarFunction({
  name: 'minute',
  category: 'time',
  summary: 'The minute of a time, in UTC.',
  parameters: [{ name: 'time', takes: 'time' }],
  returns: INTEGER,
  nulls: 'propagate',
  volatility: 'immutable',
  examples: [
    { sql: 'MINUTE(1700000000000)', gives: 13 },
    { sql: 'MINUTE(NULL)', gives: null },
  ],
  evaluate: (time) => timePart('minute', time as number),
});
