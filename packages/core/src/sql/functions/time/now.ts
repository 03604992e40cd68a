import { INTEGER } from '../../../values/types.ts';
import { scalarFunction } from '../adapt.ts';

export const now = scalarFunction({
  name: 'now',
  aliases: ['current_timestamp', 'proctime'],
  category: 'time',
  summary: 'Wall clock of the engine, as ms since the epoch.',
  parameters: [],
  returns: INTEGER,
  nulls: 'propagate',
  volatility: 'stable',
  examples: [
    { sql: 'NOW()', gives: 1700000000000 },
    { sql: 'DATE(NOW())', gives: '2023-11-14' },
  ],
  evaluateInContext: (context) => Math.floor(context.now()),
});
