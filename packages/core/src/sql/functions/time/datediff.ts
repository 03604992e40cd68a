import { differenceIn } from '../../../values/time-unit.ts';
import { INTEGER, type Scalar } from '../../../values/types.ts';
import { scalarFunction, timeAdapter } from '../adapt.ts';
import { unitProblem, unitReader } from './unit-argument.ts';

export const datediff = scalarFunction({
  name: 'datediff',
  aliases: ['date_diff'],
  category: 'time',
  summary:
    'Units from one time to another: calendar boundaries crossed for years to days (weeks: whole ones), whole units below; DATEDIFF(end, start) gives days.',
  parameters: [
    { name: 'unit', takes: 'value', description: 'Text such as `days`; with two arguments the later time.' },
    { name: 'start', takes: 'value', description: 'With two arguments the earlier time.' },
    { name: 'end', takes: 'value', optional: true },
  ],
  returns: (types, constants) => (types.length === 3 ? unitProblem('DATEDIFF', constants[0]) : undefined) ?? INTEGER,
  nulls: 'propagate',
  volatility: 'immutable',
  examples: [
    { sql: "DATEDIFF('months', 1706659200000, 1709251200000)", gives: 2 },
    { sql: "DATEDIFF('hours', 0, 5400000)", gives: 1 },
    { sql: "DATEDIFF('2024-03-01', '2024-02-28')", gives: 2 },
    { sql: "DATEDIFF('days', NULL, 0)", gives: null },
  ],
  prepare: (types) => {
    const times = types
      .slice(types.length - 2)
      .map((type) => timeAdapter(type, { name: 'datediff', argument: 'time' }) ?? ((v: Scalar) => v));
    const [first, second] = times as [(v: Scalar) => Scalar, (v: Scalar) => Scalar];
    const unitOf = unitReader('DATEDIFF');
    if (types.length === 2) return (end, start) => differenceIn('day', second(start as Scalar) as number, first(end as Scalar) as number);
    return (unit, start, end) => differenceIn(unitOf(unit as Scalar), first(start as Scalar) as number, second(end as Scalar) as number);
  },
});
