import type { Scalar } from '../../values/types.ts';
import type { ValueOrder } from '../rows/sort-order.ts';

/** Rows that left the front stay in the arrays until there are this many, and more than there are rows. */
const LEFT_MAX = 64;

/** What the last `insert` did, so that it can be taken back. */
interface LastInsert {
  position: number;
  /** Place of the row that was evicted for it; -1: none was. */
  evictedAt: number;
  evicted: Scalar[];
}

/**
 * The last rows of one partition in ORDER BY order, ties by arrival: of each row the inputs of the calls, the ORDER BY values,
 * its time (event time, else timestamp; NaN: none) and its number in the partition. Held by column, so that doubles stay doubles.
 *
 * Usually rows join at the end and leave at the front, and positions then only shift: `base` counts the rows that left at the
 * front, so that `base + position` names a row for good until `epoch` changes.
 */
export class PartitionBuffer {
  base = 0;
  epoch = 0;
  arrivals = 0;
  /** Time of the row that came last; NaN: none. */
  lastTime = Number.NaN;
  /** Inputs, ORDER BY values, time, arrival. */
  private columns: Scalar[][];
  private head = 0;
  private readonly inputs: number;
  private readonly orders: readonly ValueOrder[];
  private readonly last: LastInsert = { position: 0, evictedAt: -1, evicted: [] };

  constructor(inputs: number, orders: readonly ValueOrder[]) {
    this.inputs = inputs;
    this.orders = orders;
    this.columns = Array.from({ length: inputs + orders.length + 2 }, () => []);
  }

  get size(): number {
    return this.columns[0]!.length - this.head;
  }

  value(input: number, position: number): Scalar {
    return this.columns[input]![this.head + position]!;
  }

  key(index: number, position: number): Scalar {
    return this.columns[this.inputs + index]![this.head + position]!;
  }

  time(position: number): number {
    return this.columns.at(-2)![this.head + position] as number;
  }

  arrival(position: number): number {
    return this.columns.at(-1)![this.head + position] as number;
  }

  /** Order of two rows by the ORDER BY: negative, 0 or positive. */
  compare(a: number, b: number): number {
    for (let k = 0; k < this.orders.length; k++) {
      const order = this.orders[k]!(this.key(k, a), this.key(k, b));
      if (order !== 0) return order;
    }
    return 0;
  }

  /** Makes room for one row: the one that arrived first. There is one. */
  evict(): void {
    const position = this.oldestPosition();
    const { last } = this;
    for (let c = 0; c < this.columns.length; c++) last.evicted[c] = this.columns[c]![this.head + position]!;
    last.evictedAt = position;
    if (position !== 0) {
      for (const column of this.columns) column.splice(this.head + position, 1);
      this.epoch++;
      return;
    }
    this.head++;
    this.base++;
    if (this.head < LEFT_MAX || this.head < this.size) return;
    this.columns = this.columns.map((column) => column.slice(this.head));
    this.head = 0;
  }

  /** Whether the row that would be evicted stands at the front. */
  get evictsFront(): boolean {
    return this.arrival(0) === this.arrivals - this.size;
  }

  /** Before an insert: nothing has been evicted for it yet. */
  begin(): void {
    this.last.evictedAt = -1;
  }

  /** Puts a row in its place, and tells which that is. */
  insert(values: readonly Scalar[], keys: readonly Scalar[], time: number): number {
    const position = this.placeFor(keys);
    this.last.position = position;
    const { columns, inputs } = this;
    const isLast = position === this.size;
    if (!isLast) this.epoch++;
    for (let c = 0; c < columns.length; c++) {
      const value = c < inputs ? values[c]! : c < columns.length - 2 ? keys[c - inputs]! : c === columns.length - 2 ? time : this.arrivals;
      if (isLast) columns[c]!.push(value);
      else columns[c]!.splice(this.head + position, 0, value);
    }
    this.arrivals++;
    return position;
  }

  /** Takes the last insert and its eviction back. */
  undo(): void {
    const { position, evictedAt, evicted } = this.last;
    for (const [c, column] of this.columns.entries()) {
      column.splice(this.head + position, 1);
      if (evictedAt >= 0) column.splice(this.head + evictedAt, 0, evicted[c]!);
    }
    this.arrivals--;
    this.epoch++;
  }

  /** All columns of one row, as `append` takes them. */
  row(position: number): Scalar[] {
    return this.columns.map((column) => column[this.head + position]!);
  }

  /** For restoring: the next row in order. */
  append(row: readonly Scalar[]): void {
    for (const [c, column] of this.columns.entries()) column.push(row[c]!);
  }

  private oldestPosition(): number {
    const oldest = this.arrivals - this.size;
    if (this.arrival(0) === oldest) return 0;
    let position = this.size - 1;
    while (this.arrival(position) !== oldest) position--;
    return position;
  }

  /** Behind all rows that are not above these keys. */
  private placeFor(keys: readonly Scalar[]): number {
    let high = this.size;
    if (high === 0 || this.orders.length === 0 || this.compareKeys(keys, high - 1) >= 0) return high;
    let low = 0;
    while (low < high) {
      const middle = (low + high) >> 1;
      if (this.compareKeys(keys, middle) < 0) high = middle;
      else low = middle + 1;
    }
    return low;
  }

  private compareKeys(keys: readonly Scalar[], position: number): number {
    for (let k = 0; k < this.orders.length; k++) {
      const order = this.orders[k]!(keys[k]!, this.key(k, position));
      if (order !== 0) return order;
    }
    return 0;
  }
}
