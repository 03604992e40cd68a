import type { AggregateCall } from '../../sql/bind/expression.ts';
import type { Accumulator } from '../../sql/functions/define.ts';
import type { Scalar } from '../../values/types.ts';
import { isNumericLike } from '../compile/comparison.ts';
import { addValue, sizeOf, type ValueSet } from './value-set.ts';

/** Whether COUNT(DISTINCT …) needs no more than a set of values: one argument of a type whose equal values are equal in JavaScript. */
export const countsDistinct = ({ fn, args }: AggregateCall): boolean =>
  fn.name === 'count' &&
  args.length === 1 &&
  args.every(({ type }) => isNumericLike(type) || type.kind === 'string' || type.kind === 'boolean');

/** COUNT(DISTINCT x) where rows are not taken back. State: the values of a group. */
export const countDistinct: Accumulator<ValueSet> = {
  create: () => [],
  add: (set, [value]) => addValue(set, value as Scalar),
  addValue,
  merge: (into, from) => {
    let merged = into;
    for (const value of from) merged = addValue(merged, value);
    return merged;
  },
  result: sizeOf,
  save: (set) => [...set],
  load: (saved) => {
    let set: ValueSet = [];
    // `save` wrote a list.
    for (const value of saved as readonly Scalar[]) set = addValue(set, value);
    return set;
  },
};
