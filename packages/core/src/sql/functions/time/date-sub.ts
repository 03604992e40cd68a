import { ANY, type Scalar } from '../../../values/types.ts';
import { scalarFunction, timeAdapter } from '../adapt.ts';
import { movedTime } from './time-result.ts';

export const dateSub = scalarFunction({
  name: 'date_sub',
  category: 'time',
  summary: 'A time moved back by an interval.',
  parameters: [
    { name: 'time', takes: 'value' },
    { name: 'interval', takes: 'interval' },
  ],
  returns: (types) => movedTime(types[0] ?? ANY),
  nulls: 'propagate',
  volatility: 'immutable',
  examples: [
    { sql: "DATE_SUB(TIMESTAMP '2024-03-01 01:00:00', INTERVAL '2' HOUR)", gives: 1709247600000 },
    { sql: "DATE_SUB('2024-03-01', INTERVAL '1' DAY)", gives: 1709164800000 },
    { sql: 'DATE_SUB(1000, NULL)', gives: null },
  ],
  prepare: ([type]) => {
    const instant = timeAdapter(type ?? ANY, { name: 'date_sub', argument: 'time' }) ?? ((v: Scalar) => v);
    return (time, interval) => (instant(time as Scalar) as number) - (interval as number);
  },
});
