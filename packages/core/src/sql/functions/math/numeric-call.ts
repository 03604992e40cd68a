import { valueError } from '../../../diagnostics/codes/values.ts';
import { type Exact, exactOf } from '../../../values/exact.ts';
import { ANY, type Scalar, type SqlType } from '../../../values/types.ts';
import { scaleOf } from '../../../values/unify-types.ts';
import type { Evaluate, ReturnRule } from '../define.ts';

/** A function of one number by the kind of number: exact ones come unscaled with their scale (INTEGER: 0). */
export interface NumericCases {
  readonly exact: (value: Exact, scale: number) => Scalar;
  readonly float: (value: number) => Scalar;
}

/** Chooses the case once per call site; for `any` the value tells: whole numbers count as INTEGER. */
export function byNumber(type: SqlType | undefined, { exact, float }: NumericCases): Evaluate {
  if (type?.kind === 'float') return (v) => float(v as number);
  if (type?.kind === 'integer' || type?.kind === 'decimal') {
    const scale = scaleOf(type);
    return (v) => exact(v as Exact, scale);
  }
  return (v) =>
    typeof v === 'bigint' || Number.isInteger(v) ? exact(typeof v === 'bigint' ? v : exactOf(v as number), 0) : float(v as number);
}

/** The result has the type of the argument. */
export const sameAsFirst: ReturnRule = (types) => types[0] ?? ANY;

/** Types of results of arithmetic that stays exact for exact arguments. */
export const floatIfAny = (types: readonly SqlType[]): boolean => types.some((type) => type.kind === 'float');

export const notInRange = (name: string, problem: string, hint: string) => valueError('VS5106', { name, problem, hint });

/** A FLOAT function of one FLOAT, with the values it refuses. */
export function floatCall(run: (x: number) => number, refuse?: (x: number) => Error | undefined): Evaluate {
  if (refuse === undefined) return (x) => run(x as number);
  return (x) => {
    const problem = refuse(x as number);
    if (problem !== undefined) throw problem;
    return run(x as number);
  };
}
