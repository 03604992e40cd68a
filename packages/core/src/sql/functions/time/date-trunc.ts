import { truncateTime } from '../../../values/time-unit.ts';
import { ANY, type Scalar } from '../../../values/types.ts';
import { scalarFunction, timeAdapter } from '../adapt.ts';
import { timeResult } from './time-result.ts';
import { unitProblem, unitReader } from './unit-argument.ts';

export const dateTrunc = scalarFunction({
  name: 'date_trunc',
  category: 'time',
  summary: 'Beginning of the unit in which a time lies, in UTC; weeks begin on Monday.',
  parameters: [
    { name: 'unit', takes: 'string' },
    { name: 'time', takes: 'value' },
  ],
  returns: (types, constants) => unitProblem('DATE_TRUNC', constants[0]) ?? timeResult(types[1] ?? ANY),
  nulls: 'propagate',
  volatility: 'immutable',
  examples: [
    { sql: "DATE_TRUNC('hour', 1700000000000)", gives: 1699999200000 },
    { sql: "DATE_TRUNC('week', DATE '2024-02-29')", gives: '2024-02-26' },
    { sql: "DATE_TRUNC('month', TIMESTAMP '2024-02-29 10:00:00')", gives: 1706745600000 },
    { sql: "DATE_TRUNC('day', NULL)", gives: null },
  ],
  prepare: ([, type]) => {
    const instant = timeAdapter(type ?? ANY, { name: 'date_trunc', argument: 'time' }) ?? ((v: Scalar) => v);
    const unitOf = unitReader('DATE_TRUNC');
    return (unit, time) => truncateTime(unitOf(unit as Scalar), instant(time as Scalar) as number);
  },
});
