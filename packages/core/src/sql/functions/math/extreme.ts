import { comparatorOf } from '../../../values/compare.ts';
import { typeText } from '../../../values/type-text.ts';
import { ANY, type Scalar, type SqlType } from '../../../values/types.ts';
import { commonTypeOf } from '../../../values/unify-types.ts';
import type { Evaluate, ReturnRule } from '../define.ts';

/** Common type of all arguments. */
export const commonOfAll: ReturnRule = (types) =>
  commonTypeOf(types) ?? { problem: `arguments have no common type: ${types.map(typeText).join(', ')}` };

/** The first value that no other one precedes (`sign` 1) or follows (`sign` -1); NULLs do not take part. */
export function extreme(types: readonly SqlType[], sign: 1 | -1): Evaluate {
  const compare = comparatorOf(commonTypeOf(types) ?? ANY);
  return (...values) => {
    let best: Scalar = null;
    for (const value of values) {
      if (value !== null && (best === null || compare(value, best) * sign < 0)) best = value;
    }
    return best;
  };
}
