import { DAY_MS, daysOf } from '../../../values/calendar.ts';
import { DATE } from '../../../values/types.ts';
import { scalarFunction } from '../adapt.ts';

export const currentDate = scalarFunction({
  name: 'current_date',
  category: 'time',
  summary: 'The day of the wall clock, in UTC.',
  parameters: [],
  returns: DATE,
  nulls: 'propagate',
  volatility: 'stable',
  examples: [
    { sql: 'CURRENT_DATE()', gives: '2023-11-14' },
    { sql: 'YEAR(CURRENT_DATE())', gives: 2023 },
  ],
  evaluateInContext: (context) => daysOf(context.now()) * DAY_MS,
});
