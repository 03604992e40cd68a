import { ANY, type Scalar } from '../../../values/types.ts';
import { scalarFunction, timeAdapter } from '../adapt.ts';
import { movedTime } from './time-result.ts';

export const dateAdd = scalarFunction({
  name: 'date_add',
  category: 'time',
  summary: 'A time moved on by an interval.',
  parameters: [
    { name: 'time', takes: 'value' },
    { name: 'interval', takes: 'interval' },
  ],
  returns: (types) => movedTime(types[0] ?? ANY),
  nulls: 'propagate',
  volatility: 'immutable',
  examples: [
    { sql: "DATE_ADD(TIMESTAMP '2024-02-28 23:00:00', INTERVAL '2' HOUR)", gives: 1709168400000 },
    { sql: "DATE_ADD(1000, INTERVAL '1' SECOND)", gives: 2000 },
    { sql: "DATE_ADD(NULL, INTERVAL '1' DAY)", gives: null },
  ],
  prepare: ([type]) => {
    const instant = timeAdapter(type ?? ANY, { name: 'date_add', argument: 'time' }) ?? ((v: Scalar) => v);
    return (time, interval) => (instant(time as Scalar) as number) + (interval as number);
  },
});
