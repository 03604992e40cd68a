import { valueError } from '../../../diagnostics/codes/values.ts';
import { TIME_MAX_MS } from '../../../values/calendar.ts';
import { TIMESTAMP } from '../../../values/types.ts';
import { scalarFunction } from '../adapt.ts';

export const fromUnixtime = scalarFunction({
  name: 'from_unixtime',
  category: 'time',
  summary: 'The time so many seconds after the epoch.',
  parameters: [{ name: 'seconds', takes: 'float' }],
  returns: TIMESTAMP,
  nulls: 'propagate',
  volatility: 'immutable',
  examples: [
    { sql: 'FROM_UNIXTIME(1700000000)', gives: 1700000000000 },
    { sql: 'FROM_UNIXTIME(1.5)', gives: 1500 },
    { sql: 'FROM_UNIXTIME(NULL)', gives: null },
  ],
  evaluate: (seconds) => {
    // Rounded to µs: a product of doubles carries noise below.
    const ms = Math.round((seconds as number) * 1_000_000) / 1000;
    if (Math.abs(ms) <= TIME_MAX_MS) return ms;
    throw valueError('VS5106', {
      name: 'FROM_UNIXTIME',
      problem: `of ${seconds} lies outside the calendar`,
      hint: 'Give seconds, not milliseconds.',
    });
  },
});
