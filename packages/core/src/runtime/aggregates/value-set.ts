import { narrowed } from '../../values/column-read.ts';
import type { Scalar } from '../../values/types.ts';

/** Up to so many values are looked through one by one. */
const LIST_MAX = 16;

/**
 * Distinct values of one simple type in order of first arrival. Most groups have few: a bare list serves them, which is one object to
 * reach in memory, and a set the others.
 */
export type ValueSet = Scalar[] | Set<Scalar>;

/** Adds a value; the set that holds it may be another one than before. */
export function addValue(set: ValueSet, given: Scalar): ValueSet {
  // The same number may come in another lane.
  const value = typeof given === 'bigint' ? narrowed(given) : given;
  if (set instanceof Set) return set.add(value);
  const { length } = set;
  for (let i = 0; i < length; i++) if (set[i] === value) return set;
  // NaN equals itself in a set only.
  if (length === LIST_MAX || Number.isNaN(value)) return new Set(set).add(value);
  set.push(value);
  return set;
}

export const sizeOf = (set: ValueSet): number => (set instanceof Set ? set.size : set.length);
