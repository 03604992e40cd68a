import type { Scalar } from '../../values/types.ts';

/** Up to so many values are looked through one by one. */
const LIST_MAX = 16;
const MAX_SAFE = BigInt(Number.MAX_SAFE_INTEGER);

/** Distinct values of one simple type in order of first arrival. Most groups have few: a list serves them, and a set the others. */
export class ValueSet {
  private list: Scalar[] = [];
  private set: Set<Scalar> | null = null;

  get size(): number {
    return this.set === null ? this.list.length : this.set.size;
  }

  add(given: Scalar): void {
    // The same number may come in another lane.
    const value = typeof given === 'bigint' && given >= -MAX_SAFE && given <= MAX_SAFE ? Number(given) : given;
    const { set, list } = this;
    if (set !== null) {
      set.add(value);
      return;
    }
    for (let i = 0; i < list.length; i++) if (list[i] === value) return;
    // NaN equals itself in a set only.
    if (list.length === LIST_MAX || Number.isNaN(value)) {
      this.set = new Set(list).add(value);
      this.list = [];
    } else list.push(value);
  }

  values(): Iterable<Scalar> {
    return this.set ?? this.list;
  }
}
