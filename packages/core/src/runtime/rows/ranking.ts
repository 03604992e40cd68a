import type { Scalar } from '../../values/types.ts';
import type { RowOrder } from './sort-order.ts';

/** Slots of one partition in sort order, ties by arrival. */
export class Ranking {
  readonly slots: number[] = [];

  /** Where a row with these keys goes: behind all that are equal to it. */
  placeFor(keys: readonly Scalar[], keysOf: readonly (readonly Scalar[])[], order: RowOrder): number {
    let low = 0;
    let high = this.slots.length;
    // Most rows of a long list belong to its end or nowhere.
    if (high > 0 && order(keys, keysOf[this.slots[high - 1]!]!) >= 0) return high;
    while (low < high) {
      const middle = (low + high) >> 1;
      if (order(keys, keysOf[this.slots[middle]!]!) < 0) high = middle;
      else low = middle + 1;
    }
    return low;
  }

  /** Position of a slot that is in the list. */
  positionOf(slot: number, keysOf: readonly (readonly Scalar[])[], order: RowOrder): number {
    let at = this.placeFor(keysOf[slot]!, keysOf, order) - 1;
    while (at >= 0 && this.slots[at] !== slot) at--;
    return at;
  }
}
