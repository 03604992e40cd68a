import { valueError } from '../../../diagnostics/codes/values.ts';
import type { Scalar, SqlType } from '../../../values/types.ts';
import { constantNumber } from '../adapt.ts';
import type { ArgumentProblem, ReturnRule } from '../define.ts';
import { floatReader } from './number-argument.ts';

/** Checks the fraction of a percentile, the second argument: a number from 0 to 1, given in the query. */
export function withFraction(name: string, result: ReturnRule): ReturnRule {
  return (types, constants) => fractionProblem(name, types, constants) ?? result(types, constants);
}

function fractionProblem(name: string, types: readonly SqlType[], constants: readonly (Scalar | undefined)[]): ArgumentProblem | undefined {
  if (types.length < 2) return { problem: `"${name}" needs WITHIN GROUP (ORDER BY …) or the value as first argument` };
  const fraction = constantNumber(types, constants, 1);
  if (fraction === undefined || isFraction(fraction)) return undefined;
  return { problem: `"${name}" needs a fraction from 0 to 1, not ${fraction}` };
}

const isFraction = (p: number): boolean => p >= 0 && p <= 1;

/** Reader of the fraction of a row; it is the same in all of them. */
export function fractionReader(name: string, type: SqlType | undefined): (value: Scalar) => number {
  const read = floatReader(type, name);
  return (value) => {
    const p = read(value);
    if (isFraction(p)) return p;
    throw valueError('VS5106', { name, problem: `needs a fraction from 0 to 1, not ${p}`, hint: 'Give 0.95 for the 95th percentile.' });
  };
}
