import { narrowed } from '../../values/column-read.ts';
import type { Scalar } from '../../values/types.ts';
import { isSmallInteger, SmallIntegers } from './small-integers.ts';

/** Up to so many values are looked through one by one. */
const LIST_MAX = 16;
/** From here on integers have a table of their own: it is several times as fast as a set, and below it would take more memory. */
const TABLE_FROM = 128;

/**
 * Distinct values of one simple type in order of first arrival. Most groups have few: a bare list serves them, which is one object to
 * reach in memory, and a set or, of small integers, a table the others.
 */
export type ValueSet = Scalar[] | Set<Scalar> | SmallIntegers;

/** Adds a value; the set that holds it may be another one than before. */
export function addValue(set: ValueSet, given: Scalar): ValueSet {
  // The same number may come in another lane.
  const value = typeof given === 'bigint' ? narrowed(given) : given;
  if (set instanceof SmallIntegers) {
    if (!isSmallInteger(value)) return new Set<Scalar>(set).add(value);
    set.add(value);
    return set;
  }
  if (set instanceof Set) {
    const before = set.size;
    set.add(value);
    return before < TABLE_FROM && set.size === TABLE_FROM ? tableOf(set) : set;
  }
  const { length } = set;
  for (let i = 0; i < length; i++) if (set[i] === value) return set;
  // NaN equals itself in a set only.
  if (length === LIST_MAX || Number.isNaN(value)) return new Set(set).add(value);
  set.push(value);
  return set;
}

export const sizeOf = (set: ValueSet): number => (Array.isArray(set) ? set.length : set.size);

function tableOf(set: Set<Scalar>): ValueSet {
  const values = [...set];
  if (!values.every(isSmallInteger)) return set;
  const table = new SmallIntegers();
  for (const value of values) table.add(value);
  return table;
}
