import type { Scalar } from '../../values/types.ts';
import type { RowOrder } from '../rows/sort-order.ts';

/** A buffered row: what the calls of its group need of it. */
export interface Entry {
  /** Arguments and filters. */
  readonly values: readonly Scalar[];
  /** ORDER BY values. */
  readonly keys: readonly Scalar[];
  /** Event time, else timestamp; NaN: none. */
  readonly time: number;
  /** Counts the rows of the partition. */
  readonly arrival: number;
}

/** What the last `insert` did, so that it can be taken back. */
interface LastInsert {
  position: number;
  evicted: Entry | null;
  evictedAt: number;
}

/**
 * The last rows of one partition in ORDER BY order, ties by arrival. When it is full the row that arrived first goes.
 * Usually rows join at the end and leave at the front, and positions then only shift: `base` counts the rows that left at the front, so that
 * `base + position` names a row for good until `epoch` changes.
 */
export class PartitionBuffer {
  base = 0;
  epoch = 0;
  arrivals = 0;
  /** Time of the row that came last; NaN: none. */
  lastTime = Number.NaN;
  private entries: Entry[] = [];
  private head = 0;
  private readonly last: LastInsert = { position: 0, evicted: null, evictedAt: 0 };

  get size(): number {
    return this.entries.length - this.head;
  }

  at(position: number): Entry {
    return this.entries[this.head + position]!;
  }

  /** The row that goes first. There is one. */
  oldestPosition(): number {
    const oldest = this.arrivals - this.size;
    if (this.at(0).arrival === oldest) return 0;
    if (this.at(this.size - 1).arrival === oldest) return this.size - 1;
    let position = 1;
    while (this.at(position).arrival !== oldest) position++;
    return position;
  }

  evict(position: number): Entry {
    const entry = this.at(position);
    if (position === 0) {
      this.head++;
      this.base++;
      if (this.head > 64 && this.head * 2 > this.entries.length) {
        this.entries = this.entries.slice(this.head);
        this.head = 0;
      }
    } else {
      this.entries.splice(this.head + position, 1);
      this.epoch++;
    }
    this.last.evicted = entry;
    this.last.evictedAt = position;
    return entry;
  }

  /** Puts a row in its place, and tells which that is. `order`: null for order of arrival. */
  insert(values: readonly Scalar[], keys: readonly Scalar[], time: number, order: RowOrder | null): number {
    const entry: Entry = { values, keys, time, arrival: this.arrivals++ };
    const position = order === null ? this.size : this.placeFor(keys, order);
    if (position === this.size) this.entries.push(entry);
    else {
      this.entries.splice(this.head + position, 0, entry);
      this.epoch++;
    }
    this.last.position = position;
    return position;
  }

  /** For restoring: the next row in order. */
  append(entry: Entry): void {
    this.entries.push(entry);
  }

  /** Before an insert: nothing has been evicted for it yet. */
  begin(): void {
    this.last.evicted = null;
  }

  /** Takes the last insert and its eviction back. */
  undo(): void {
    const { position, evicted, evictedAt } = this.last;
    this.entries.splice(this.head + position, 1);
    this.arrivals--;
    if (evicted !== null) this.entries.splice(this.head + evictedAt, 0, evicted);
    this.epoch++;
  }

  clear(): void {
    this.entries = [];
    this.head = 0;
    this.epoch++;
  }

  private placeFor(keys: readonly Scalar[], order: RowOrder): number {
    let high = this.size;
    if (high === 0 || order(keys, this.at(high - 1).keys) >= 0) return high;
    let low = 0;
    while (low < high) {
      const middle = (low + high) >> 1;
      if (order(keys, this.at(middle).keys) < 0) high = middle;
      else low = middle + 1;
    }
    return low;
  }
}
