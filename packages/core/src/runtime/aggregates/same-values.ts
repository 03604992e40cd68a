import type { Scalar } from '../../values/types.ts';

/** Whether two results are one value for sure; collections are taken for different. */
export const isSame = (a: Scalar, b: Scalar): boolean => a === b || (Number.isNaN(a) && Number.isNaN(b));

export const areSame = (a: readonly Scalar[], b: readonly Scalar[]): boolean => a.every((value, i) => isSame(value, b[i]!));
