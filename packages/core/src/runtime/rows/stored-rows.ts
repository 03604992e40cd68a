import { takeBatch } from '../../values/batch-gather.ts';
import type { Field } from '../../values/column.ts';
import type { BatchMeta, RecordBatch } from '../../values/record-batch.ts';
import type { Scalar } from '../../values/types.ts';
import { grownFloats } from './slot-pool.ts';
import { StoredColumn } from './stored-column.ts';

const NUMBER_META = ['eventTime', 'timestamp', 'offset', 'partition'] as const;

type MutableMeta = { -readonly [K in keyof BatchMeta]: BatchMeta[K] };
const noMeta = (): MutableMeta => ({
  eventTime: null,
  timestamp: null,
  offset: null,
  partition: null,
  key: null,
  topic: null,
  headers: null,
});

/**
 * Rows that an operator keeps, by slot: columns and whatever travels beside them. Who uses which slot is the
 * operator's business. `view` shows all slots as one batch, for compiled expressions and for `take`.
 */
export class StoredRows {
  capacity: number;
  private readonly columns: readonly StoredColumn[];
  private meta = noMeta();
  private shown: RecordBatch | null = null;

  constructor(fields: readonly Field[], capacity = 64) {
    this.capacity = capacity;
    this.columns = fields.map((field) => new StoredColumn(field.type, capacity));
  }

  /** Row index = slot. Valid until the next change. */
  get view(): RecordBatch {
    this.shown ??= { length: this.capacity, columns: this.columns.map((c) => c.view), meta: this.meta, ops: null, watermarks: null };
    return this.shown;
  }

  /** Copies `rows[0 … count)` of a batch into `slots[0 … count)`, which are below `capacity`. */
  copy(batch: RecordBatch, rows: Int32Array, count: number, slots: Int32Array): void {
    this.shown = null;
    for (let c = 0; c < this.columns.length; c++) this.columns[c]!.copy(batch.columns[c]!, rows, count, slots);
    this.copyMeta(batch.meta, rows, count, slots);
  }

  /** Copies one row. */
  put(batch: RecordBatch, row: number, slot: number): void {
    ONE_ROW[0] = row;
    ONE_SLOT[0] = slot;
    this.copy(batch, ONE_ROW, 1, ONE_SLOT);
  }

  /** A batch of the rows of `slots[0 … count)`. */
  take(slots: Int32Array, count: number): RecordBatch {
    return takeBatch(this.view, slots, count);
  }

  /** Room for `capacity` slots; the rows in `from[0 … count)` move to `to`, all others are gone. */
  relocate(capacity: number, from: Int32Array, to: Int32Array, count: number): void {
    this.shown = null;
    for (const column of this.columns) column.relocate(capacity, from, to, count);
    const old = this.meta;
    this.capacity = capacity;
    this.meta = noMeta();
    this.copyMeta(old, from, count, to);
  }

  /** Room for at least `slots` slots; nothing moves. */
  ensure(slots: number): void {
    if (slots <= this.capacity) return;
    let capacity = this.capacity;
    while (capacity < slots) capacity *= 2;
    this.widen(capacity);
  }

  /** Room for `capacity` slots, not fewer than before; nothing moves. */
  widen(capacity: number): void {
    this.shown = null;
    this.capacity = capacity;
    for (const column of this.columns) column.widen(capacity);
    for (const name of NUMBER_META) {
      const old = this.meta[name];
      if (old !== null) this.meta[name] = grownFloats(old, capacity).fill(Number.NaN, old.length);
    }
    this.meta.key = lengthened(this.meta.key, undefined, capacity);
    this.meta.topic = lengthened(this.meta.topic, null, capacity);
    this.meta.headers = lengthened(this.meta.headers, null, capacity);
  }

  /** Lets go of strings and objects of a slot that is no longer used. */
  forget(slot: number): void {
    for (const column of this.columns) column.forget(slot);
    if (this.meta.headers !== null) (this.meta.headers as (ReadonlyMap<string, string> | null)[])[slot] = null;
    if (this.meta.key !== null) (this.meta.key as (Scalar | undefined)[])[slot] = undefined;
  }

  clear(capacity = 64): void {
    this.capacity = capacity;
    this.shown = null;
    this.meta = noMeta();
    for (const column of this.columns) column.clear(capacity);
  }

  /** Estimate of the bytes held. */
  get bytes(): number {
    let perRow = 8;
    for (const { view } of this.columns) perRow += LANE_BYTES[view.lane] + (view.nulls === null ? 0 : 1);
    return perRow * this.capacity;
  }

  private copyMeta(from: BatchMeta, rows: Int32Array, count: number, slots: Int32Array): void {
    for (const name of NUMBER_META) {
      const source = from[name];
      if (source === null && this.meta[name] === null) continue;
      const into = this.meta[name] ?? new Float64Array(this.capacity).fill(Number.NaN);
      this.meta[name] = into;
      for (let i = 0; i < count; i++) into[slots[i]!] = source === null ? Number.NaN : source[rows[i]!]!;
    }
    this.meta.key = copyItems(this.meta.key, from.key, undefined, this.capacity, rows, count, slots);
    this.meta.topic = copyItems(this.meta.topic, from.topic, null, this.capacity, rows, count, slots);
    this.meta.headers = copyItems(this.meta.headers, from.headers, null, this.capacity, rows, count, slots);
  }
}

const lengthened = <T>(items: readonly T[] | null, missing: T, capacity: number): readonly T[] | null =>
  items === null ? null : [...items, ...new Array<T>(capacity - items.length).fill(missing)];

const ONE_ROW = new Int32Array(1);
const ONE_SLOT = new Int32Array(1);
const LANE_BYTES = { f64: 8, i64: 8, bool: 1, dict: 4, str: 24, boxed: 48 } as const;

function copyItems<T>(
  stored: readonly T[] | null,
  source: readonly T[] | null,
  missing: T,
  capacity: number,
  rows: Int32Array,
  count: number,
  slots: Int32Array,
): readonly T[] | null {
  if (source === null && stored === null) return null;
  // The array was made here, for this store.
  const into = (stored ?? new Array<T>(capacity).fill(missing)) as T[];
  for (let i = 0; i < count; i++) into[slots[i]!] = source === null ? missing : (source[rows[i]!] as T);
  return into;
}
