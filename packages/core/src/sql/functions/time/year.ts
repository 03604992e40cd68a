import { INTEGER } from '../../../values/types.ts';
import { scalarFunction } from '../adapt.ts';
import { timePart } from './time-part.ts';

export const year = scalarFunction({
  name: 'year',
  category: 'time',
  summary: 'The year of a time, in UTC.',
  parameters: [{ name: 'time', takes: 'time' }],
  returns: INTEGER,
  nulls: 'propagate',
  volatility: 'immutable',
  examples: [
    { sql: 'YEAR(1700000000000)', gives: 2023 },
    { sql: 'YEAR(NULL)', gives: null },
  ],
  evaluate: (time) => timePart('year', time as number),
});
