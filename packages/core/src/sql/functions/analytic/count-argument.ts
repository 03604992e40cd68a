import { valueError } from '../../../diagnostics/codes/values.ts';
import type { Scalar } from '../../../values/types.ts';
import type { ArgumentProblem } from '../define.ts';

/** A whole number of at least `least`, from an argument of the current row; anything else is an error of the row. */
export function wholeNumber(name: string, value: Scalar, least: number): number {
  const count = typeof value === 'number' || typeof value === 'bigint' ? Number(value) : Number.NaN;
  if (Number.isInteger(count) && count >= least) return count;
  throw valueError('VS5106', {
    name,
    problem: `needs a whole number of at least ${least}, not ${value}`,
    hint: 'Give the number in the query.',
  });
}

/** The same check for a literal, when the call is bound. */
export function wholeProblem(name: string, constant: Scalar | undefined, least: number): ArgumentProblem | undefined {
  if (constant === undefined) return undefined;
  const count = typeof constant === 'number' || typeof constant === 'bigint' ? Number(constant) : Number.NaN;
  return Number.isInteger(count) && count >= least
    ? undefined
    : { problem: `"${name}" needs a whole number of at least ${least}, not ${constant}` };
}
