import { INTEGER } from '../../../values/types.ts';
import { scalarFunction } from '../adapt.ts';
import { timePart } from './time-part.ts';

export const month = scalarFunction({
  name: 'month',
  category: 'time',
  summary: 'The month, 1 … 12, of a time, in UTC.',
  parameters: [{ name: 'time', takes: 'time' }],
  returns: INTEGER,
  nulls: 'propagate',
  volatility: 'immutable',
  examples: [
    { sql: 'MONTH(1700000000000)', gives: 11 },
    { sql: 'MONTH(NULL)', gives: null },
  ],
  evaluate: (time) => timePart('month', time as number),
});
