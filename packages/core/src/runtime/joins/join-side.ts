import type { Field } from '../../values/column.ts';
import type { RecordBatch } from '../../values/record-batch.ts';
import { PendingCopies } from '../rows/pending-copies.ts';
import { grownBytes, grownFloats, grownInts } from '../rows/slot-pool.ts';
import { StoredRows } from '../rows/stored-rows.ts';

const FIRST_CAPACITY = 256;

/**
 * The rows of one side of a join, in order of arrival, chained per key from the newest to the oldest. Rows are appended;
 * those that are no longer needed go when the arrays are full: what stays is moved to the front, in order.
 *
 * `chainMax` is the highest time of a row and all older ones of its key: a walk along the chain may stop where it is too low,
 * however much out of order the rows came.
 */
export class JoinSide {
  readonly rows: StoredRows;
  /** Slots in use are below this. */
  count = 0;
  times: Float64Array = new Float64Array(FIRST_CAPACITY);
  chainMax: Float64Array = new Float64Array(FIRST_CAPACITY);
  /** Next older slot of the key; -1: none. */
  prev: Int32Array = new Int32Array(FIRST_CAPACITY);
  /** Key id; -1: a NULL is part of the key. */
  keys: Int32Array = new Int32Array(FIRST_CAPACITY);
  /** Rows of the other side that this one has matched and that still stand. */
  matches: Int32Array = new Int32Array(FIRST_CAPACITY);
  dead: Uint8Array = new Uint8Array(FIRST_CAPACITY);
  /** Newest slot by key id + 1. The first chain holds the rows with a NULL key, which match nothing. */
  heads: Int32Array = new Int32Array(FIRST_CAPACITY).fill(-1);
  private readonly pending = new PendingCopies();

  constructor(fields: readonly Field[]) {
    this.rows = new StoredRows(fields, FIRST_CAPACITY);
  }

  get capacity(): number {
    return this.times.length;
  }

  /** Chain of a key, newest first; -1: no row. */
  head(key: number): number {
    return key + 1 < this.heads.length ? this.heads[key + 1]! : -1;
  }

  /** Takes the row `row` of the batch at hand in; its values are copied by `copyPending`. There must be room. */
  append(row: number, key: number, time: number): number {
    const slot = this.count++;
    this.pending.add(row, slot);
    this.dead[slot] = 0;
    this.matches[slot] = 0;
    this.link(slot, key, time);
    return slot;
  }

  /** Copies the values of the rows appended since; before anything reads them, and before the batch is gone. */
  copyPending(batch: RecordBatch): void {
    this.pending.copy(batch, this.rows);
  }

  /** Keeps the slots for which `stays`, calls `gone` for the others, and leaves room for as many again. */
  compact(stays: (slot: number) => boolean, gone: (key: number) => void): void {
    const kept = new Int32Array(this.count);
    let n = 0;
    for (let slot = 0; slot < this.count; slot++) {
      if (stays(slot)) kept[n++] = slot;
      else gone(this.keys[slot]!);
    }
    const capacity = capacityFor(n);
    if (n === this.count) {
      this.widen(capacity);
      return;
    }
    for (let slot = 0; slot < this.count; slot++) this.heads[this.keys[slot]! + 1] = -1;
    const places = Int32Array.from({ length: n }, (_, i) => i);
    this.rows.relocate(capacity, kept, places, n);
    const [times, keys, matches] = [this.times, this.keys, this.matches];
    this.allocate(capacity);
    this.count = n;
    for (let i = 0; i < n; i++) {
      this.matches[i] = matches[kept[i]!]!;
      this.link(i, keys[kept[i]!]!, times[kept[i]!]!);
    }
  }

  /** Forgets all rows. */
  clear(): void {
    this.rows.clear(FIRST_CAPACITY);
    this.allocate(FIRST_CAPACITY);
    this.heads = new Int32Array(FIRST_CAPACITY).fill(-1);
    this.count = 0;
  }

  get bytes(): number {
    return this.rows.bytes + this.capacity * 29 + this.heads.length * 4;
  }

  /** Every row stays where it is. */
  private widen(capacity: number): void {
    if (capacity <= this.capacity) return;
    this.rows.widen(capacity);
    this.times = grownFloats(this.times, capacity);
    this.chainMax = grownFloats(this.chainMax, capacity);
    this.prev = grownInts(this.prev, capacity);
    this.keys = grownInts(this.keys, capacity);
    this.matches = grownInts(this.matches, capacity);
    this.dead = grownBytes(this.dead, capacity);
  }

  private link(slot: number, key: number, time: number): void {
    const chain = key + 1;
    if (chain >= this.heads.length) this.heads = grownInts(this.heads, Math.max(chain + 1, this.heads.length * 2), -1);
    const older = this.heads[chain]!;
    this.heads[chain] = slot;
    this.keys[slot] = key;
    this.times[slot] = time;
    this.prev[slot] = older;
    this.chainMax[slot] = older >= 0 && this.chainMax[older]! > time ? this.chainMax[older]! : time;
  }

  private allocate(capacity: number): void {
    this.times = new Float64Array(capacity);
    this.chainMax = new Float64Array(capacity);
    this.prev = new Int32Array(capacity);
    this.keys = new Int32Array(capacity);
    this.matches = new Int32Array(capacity);
    this.dead = new Uint8Array(capacity);
  }
}

/** Four times what is held, so that moving costs little per row. */
function capacityFor(held: number): number {
  let capacity = FIRST_CAPACITY;
  while (capacity < 4 * held) capacity *= 2;
  return capacity;
}
