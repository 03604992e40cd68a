import { DAY_MS, daysOf } from '../../../values/calendar.ts';
import { DATE } from '../../../values/types.ts';
import { scalarFunction } from '../adapt.ts';

export const date = scalarFunction({
  name: 'date',
  category: 'time',
  summary: 'The day of a time, in UTC.',
  parameters: [{ name: 'time', takes: 'time' }],
  returns: DATE,
  nulls: 'propagate',
  volatility: 'immutable',
  examples: [
    { sql: 'DATE(1700000000000)', gives: '2023-11-14' },
    { sql: "DATE('2024-02-29T23:59:59Z')", gives: '2024-02-29' },
    { sql: 'DATE(NULL)', gives: null },
  ],
  evaluate: (time) => daysOf(time as number) * DAY_MS,
});
