import { INTEGER } from '../../../values/types.ts';
import { scalarFunction } from '../adapt.ts';
import { timePart } from './time-part.ts';

export const quarter = scalarFunction({
  name: 'quarter',
  category: 'time',
  summary: 'The quarter, 1 … 4, of a time, in UTC.',
  parameters: [{ name: 'time', takes: 'time' }],
  returns: INTEGER,
  nulls: 'propagate',
  volatility: 'immutable',
  examples: [
    { sql: 'QUARTER(1700000000000)', gives: 4 },
    { sql: 'QUARTER(NULL)', gives: null },
  ],
  evaluate: (time) => timePart('quarter', time as number),
});
