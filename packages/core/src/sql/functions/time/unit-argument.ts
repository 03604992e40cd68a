import { valueError } from '../../../diagnostics/codes/values.ts';
import { TIME_UNITS, type TimeUnit, timeUnit } from '../../../values/time-unit.ts';
import type { Scalar } from '../../../values/types.ts';
import type { ArgumentProblem } from '../define.ts';

const unknown = (name: string): string => `has no unit "${name}"`;

/** The problem with a literal unit; undefined when it is one, or no literal. */
export const unitProblem = (name: string, constant: Scalar | undefined): ArgumentProblem | undefined =>
  typeof constant === 'string' && timeUnit(constant) === undefined
    ? { problem: `"${name}" ${unknown(constant)}; units are ${TIME_UNITS}` }
    : undefined;

/** Reader of a unit argument, which is the same in nearly all rows. */
export function unitReader(name: string): (value: Scalar) => TimeUnit {
  let last: { readonly text: Scalar; readonly unit: TimeUnit } | undefined;
  return (text) => {
    if (last !== undefined && last.text === text) return last.unit;
    const unit = timeUnit(String(text));
    if (unit === undefined) throw valueError('VS5106', { name, problem: unknown(String(text)), hint: `Units are ${TIME_UNITS}.` });
    last = { text, unit };
    return unit;
  };
}
