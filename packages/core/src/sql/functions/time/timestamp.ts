import { INTEGER } from '../../../values/types.ts';
import { scalarFunction } from '../adapt.ts';

export const timestamp = scalarFunction({
  name: 'timestamp',
  category: 'time',
  summary: 'Message time of the record, as ms since the epoch; NULL where a record has none.',
  parameters: [],
  returns: INTEGER,
  nulls: 'propagate',
  volatility: 'stable',
  examples: [
    { sql: 'TIMESTAMP()', gives: 1600000000000 },
    { sql: 'DATE(TIMESTAMP())', gives: '2020-09-13' },
  ],
  evaluateInContext: (context) => context.timestamp(),
});
