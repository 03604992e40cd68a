import type { Scalar, SqlType } from '../../values/types.ts';
import { plainly, type Test } from '../compile/comparison.ts';

/**
 * ANY: true when one test is; ALL: false when one test is not. Where that does not decide, NULL if a NULL took part, else
 * false for ANY and true for ALL (over no values at all, too).
 */
export function answerQuantified(values: Iterable<Scalar>, arg: Scalar, test: Test, isAll: boolean): boolean | null {
  let unknown = false;
  for (const value of values) {
    if (value === null || arg === null) unknown = true;
    else if (test(arg, value) !== isAll) return !isAll;
  }
  return unknown ? null : isAll;
}

/**
 * `arg IN values` for a list that stays the same object as long as its values do: a set made once per list. null where
 * equality is not that of a set.
 */
export function membershipOf(left: SqlType, right: SqlType): ((values: readonly Scalar[], arg: Scalar) => boolean | null) | null {
  if (!plainly(left, right)) return null;
  let of: readonly Scalar[] | null = null;
  let set: ReadonlySet<Scalar> = new Set();
  return (values, arg) => {
    if (values !== of) {
      of = values;
      set = new Set(values);
    }
    if (set.size === 0) return false;
    if (arg === null) return null;
    if (set.has(arg)) return true;
    return set.has(null) ? null : false;
  };
}
