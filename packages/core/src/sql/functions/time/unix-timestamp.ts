import { SECOND_MS } from '../../../values/calendar.ts';
import { ANY, INTEGER, type Scalar } from '../../../values/types.ts';
import { scalarFunction, timeAdapter } from '../adapt.ts';

const adapt = timeAdapter(ANY, { name: 'unix_timestamp', argument: 'time' });
/** Context functions see no types: text is read, numbers are ms. */
const instant = (value: Scalar): number | null => (value === null ? null : Number(adapt === undefined ? value : adapt(value)));

export const unixTimestamp = scalarFunction({
  name: 'unix_timestamp',
  category: 'time',
  summary: 'Seconds since the epoch, of a time or of the wall clock.',
  parameters: [{ name: 'time', takes: 'time', optional: true }],
  returns: INTEGER,
  nulls: 'propagate',
  volatility: 'stable',
  examples: [
    { sql: 'UNIX_TIMESTAMP(1700000000999)', gives: 1700000000 },
    { sql: 'UNIX_TIMESTAMP()', gives: 1700000000 },
    { sql: 'UNIX_TIMESTAMP(NULL)', gives: null },
  ],
  evaluateInContext: (context, ...args) => {
    const ms = args.length === 0 ? context.now() : instant(args[0] as Scalar);
    return ms === null ? null : Math.floor(ms / SECOND_MS);
  },
});
