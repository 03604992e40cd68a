import { ANY, type Scalar } from '../../../values/types.ts';
import { scalarFunction, timeAdapter } from '../adapt.ts';
import type { FunctionExample, ScalarFunction } from '../define.ts';
import { movedTime } from './time-result.ts';

/** DATE_ADD (`sign` 1) and DATE_SUB (-1): ms stay INTEGER, everything else becomes a TIMESTAMP. */
export function moveTime(name: string, sign: 1 | -1, summary: string, examples: readonly FunctionExample[]): ScalarFunction {
  return scalarFunction({
    name,
    category: 'time',
    summary,
    parameters: [
      { name: 'time', takes: 'value' },
      { name: 'interval', takes: 'interval' },
    ],
    returns: ([type]) => movedTime(type ?? ANY),
    nulls: 'propagate',
    volatility: 'immutable',
    examples,
    prepare: ([type]) => {
      const instant = timeAdapter(type ?? ANY, { name, argument: 'time' }) ?? ((v: Scalar) => v);
      return (time, interval) => (instant(time as Scalar) as number) + sign * (interval as number);
    },
  });
}
