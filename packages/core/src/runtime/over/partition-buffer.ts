import type { Scalar } from '../../values/types.ts';
import type { ValueOrder } from '../rows/sort-order.ts';

/** Rows that left the front stay in the arrays until there are this many, and more than there are rows. */
const LEFT_MAX = 64;

/** Shape of the buffers of one group. */
export interface BufferShape {
  /** Values per row that the calls read. */
  readonly inputs: number;
  readonly orders: readonly ValueOrder[];
  /** Some call reads the times of rows. */
  readonly keepsTimes: boolean;
}

/** What the last `insert` did, so that it can be taken back. */
interface LastInsert {
  position: number;
  /** Place of the row that was evicted for it; -1: none was. */
  evictedAt: number;
  evicted: Scalar[];
}

/**
 * The last rows of one partition in ORDER BY order, ties by arrival: of each row the inputs of the calls, the ORDER BY values
 * and, where asked for, its time (event time, else timestamp; NaN: none). Held by column, so that doubles stay doubles.
 *
 * Usually rows join at the end and leave at the front, and positions then only shift: `base` counts the rows that left at the
 * front, so that `base + position` names a row for good until `epoch` changes. Arrival numbers are kept from the first row on
 * that came out of order.
 */
export class PartitionBuffer {
  base = 0;
  epoch = 0;
  arrivals = 0;
  size = 0;
  /** Time of the row that came last; NaN: none. */
  lastTime = Number.NaN;
  /** Inputs, ORDER BY values, times if kept. */
  private columns: Scalar[][] = [];
  private arrivalNumbers: number[] | null = null;
  private head = 0;
  private readonly shape: BufferShape;
  private readonly last: LastInsert = { position: 0, evictedAt: -1, evicted: [] };

  constructor(shape: BufferShape) {
    this.shape = shape;
    const width = shape.inputs + shape.orders.length + (shape.keepsTimes ? 1 : 0);
    for (let c = 0; c < width; c++) this.columns.push([]);
  }

  value(input: number, position: number): Scalar {
    return this.columns[input]![this.head + position]!;
  }

  key(index: number, position: number): Scalar {
    return this.columns[this.shape.inputs + index]![this.head + position]!;
  }

  time(position: number): number {
    return this.shape.keepsTimes ? (this.columns.at(-1)![this.head + position] as number) : Number.NaN;
  }

  /** Number of a row in the partition, by arrival. */
  arrival(position: number): number {
    return this.arrivalNumbers === null ? this.arrivals - this.size + position : this.arrivalNumbers[this.head + position]!;
  }

  /** Order of two rows by the ORDER BY: negative, 0 or positive. */
  compare(a: number, b: number): number {
    const { orders } = this.shape;
    for (let k = 0; k < orders.length; k++) {
      const order = orders[k]!(this.key(k, a), this.key(k, b));
      if (order !== 0) return order;
    }
    return 0;
  }

  /** Whether the row that arrived first stands at the front. */
  get evictsFront(): boolean {
    return this.arrivalNumbers === null || this.arrival(0) === this.arrivals - this.size;
  }

  /** Makes room for one row: the one that arrived first goes. There is one. */
  evict(): void {
    const { last, columns } = this;
    const position = this.oldestPosition();
    last.evictedAt = position;
    this.size--;
    if (position === 0) {
      // Its values stay where they are until `tidy`.
      this.head++;
      this.base++;
      return;
    }
    this.epoch++;
    for (let c = 0; c < columns.length; c++) last.evicted[c] = columns[c]!.splice(this.head + position, 1)[0]!;
    last.evicted[columns.length] = this.arrivalNumbers!.splice(this.head + position, 1)[0]!;
  }

  /** Puts a row in its place, and tells which that is. */
  insert(values: readonly Scalar[], keys: readonly Scalar[], time: number): number {
    const { columns, shape, head } = this;
    const position = this.placeFor(keys);
    this.last.position = position;
    if (position === this.size) {
      for (let c = 0; c < shape.inputs; c++) columns[c]!.push(values[c]!);
      for (let k = 0; k < keys.length; k++) columns[shape.inputs + k]!.push(keys[k]!);
      if (shape.keepsTimes) columns.at(-1)!.push(time);
      this.arrivalNumbers?.push(this.arrivals);
    } else {
      this.epoch++;
      // So far all came in order. The one that left just now may come back, see `undo`.
      this.arrivalNumbers ??= Array.from({ length: head + this.size }, (_, i) => this.arrivals - this.size - head + i);
      for (let c = 0; c < shape.inputs; c++) columns[c]!.splice(head + position, 0, values[c]!);
      for (let k = 0; k < keys.length; k++) columns[shape.inputs + k]!.splice(head + position, 0, keys[k]!);
      if (shape.keepsTimes) columns.at(-1)!.splice(head + position, 0, time);
      this.arrivalNumbers.splice(head + position, 0, this.arrivals);
    }
    this.arrivals++;
    this.size++;
    return position;
  }

  /** Before an insert: nothing has been evicted for it yet. */
  begin(): void {
    this.last.evictedAt = -1;
    if (this.head >= LEFT_MAX && this.head >= this.size) this.tidy();
  }

  /** Takes the last insert and its eviction back. */
  undo(): void {
    const { position, evictedAt, evicted } = this.last;
    const { columns } = this;
    for (const column of columns) column.splice(this.head + position, 1);
    this.arrivalNumbers?.splice(this.head + position, 1);
    this.arrivals--;
    this.size--;
    this.epoch++;
    if (evictedAt < 0) return;
    this.size++;
    if (evictedAt === 0) {
      this.head--;
      this.base--;
      return;
    }
    for (const [c, column] of columns.entries()) column.splice(this.head + evictedAt, 0, evicted[c]!);
    this.arrivalNumbers!.splice(this.head + evictedAt, 0, evicted[columns.length] as number);
  }

  /** Length of `row`. */
  get width(): number {
    return this.columns.length + 1;
  }

  /** Everything held of one row, as `restore` takes it. */
  row(position: number): Scalar[] {
    return [...this.columns.map((column) => column[this.head + position]!), this.arrival(position)];
  }

  /** Into an empty buffer: rows in order, the last of which had the number `arrivals - 1` or less. */
  restore(arrivals: number, rows: readonly (readonly Scalar[])[]): void {
    this.arrivals = arrivals;
    this.size = rows.length;
    for (const [c, column] of this.columns.entries()) for (const row of rows) column.push(row[c]!);
    const numbers = rows.map((row) => row.at(-1) as number);
    if (numbers.some((number, i) => number !== arrivals - rows.length + i)) this.arrivalNumbers = numbers;
  }

  private oldestPosition(): number {
    if (this.evictsFront) return 0;
    const oldest = this.arrivals - this.size;
    let position = this.size - 1;
    while (position > 0 && this.arrival(position) !== oldest) position--;
    return position;
  }

  /** Behind all rows that are not above these keys. */
  private placeFor(keys: readonly Scalar[]): number {
    let high = this.size;
    if (high === 0 || keys.length === 0 || this.compareKeys(keys, high - 1) >= 0) return high;
    let low = 0;
    while (low < high) {
      const middle = (low + high) >> 1;
      if (this.compareKeys(keys, middle) < 0) high = middle;
      else low = middle + 1;
    }
    return low;
  }

  private compareKeys(keys: readonly Scalar[], position: number): number {
    const { orders } = this.shape;
    for (let k = 0; k < orders.length; k++) {
      const order = orders[k]!(keys[k]!, this.key(k, position));
      if (order !== 0) return order;
    }
    return 0;
  }

  private tidy(): void {
    this.columns = this.columns.map((column) => column.slice(this.head));
    this.arrivalNumbers = this.arrivalNumbers?.slice(this.head) ?? null;
    this.head = 0;
  }
}
