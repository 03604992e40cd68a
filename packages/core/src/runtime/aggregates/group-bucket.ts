import type { Dictionary } from '../../values/column.ts';
import type { RecordBatch } from '../../values/record-batch.ts';
import type { Scalar } from '../../values/types.ts';
import type { GroupKeys } from '../keys/group-keys.ts';
import { KeyIndex } from '../keys/key-index.ts';
import { grownFloats, grownInts } from '../rows/slot-pool.ts';
import type { StateReader, StateWriter } from '../state/codec.ts';
import type { AggregatePlan } from './aggregate-plan.ts';
import { GroupStore } from './group-store.ts';

const FIRST_GROUPS = 16;
/** Dictionaries with more texts are looked up by key alone: the table would cost more memory than time. */
const CODES_MAX = 1 << 14;

/** What is remembered of the last row of each group, as far as somebody reads it. */
export interface LastRow {
  readonly eventTime: boolean;
  readonly timestamp: boolean;
  readonly headers: boolean;
}

/** Times of the row that a group got last; NaN where they are not kept. */
export interface RowTimes {
  readonly eventTime: number;
  readonly timestamp: number;
}

/** The groups of one window, pane, or of everything: which keys they are, since when, and their aggregates. */
export class GroupBucket {
  /** Start of the pane or window, ms. */
  readonly start: number;
  readonly store: GroupStore;
  /** Numbers below this were given to groups. */
  count = 0;
  live = 0;
  /** Key id by group. */
  keyIds = new Int32Array(FIRST_GROUPS);
  /** Sequence of the first row by group: the order of emission. -1: free. */
  born = new Float64Array(FIRST_GROUPS);
  /** Rows by group; only kept where rows may be taken back. */
  rows = new Float64Array(FIRST_GROUPS);
  eventTimes: Float64Array | null;
  timestamps: Float64Array | null;
  readonly headers: (ReadonlyMap<string, string> | null)[] | null;
  readonly index = new KeyIndex();
  /** Group + 1 by the code of a dictionary; 0: not looked up yet. */
  private byCode = new Int32Array(0);
  private byCodeOf: Dictionary | null = null;
  private readonly keys: GroupKeys;
  private readonly free: number[] = [];

  private readonly isIndexed: boolean;

  /** `indexed: false`: a key may have several groups (sessions), which the owner finds by itself. */
  constructor(start: number, plan: AggregatePlan, keys: GroupKeys, last: LastRow, indexed = true) {
    this.start = start;
    this.isIndexed = indexed;
    this.keys = keys;
    this.store = new GroupStore(plan);
    this.eventTimes = last.eventTime ? new Float64Array(FIRST_GROUPS).fill(Number.NaN) : null;
    this.timestamps = last.timestamp ? new Float64Array(FIRST_GROUPS).fill(Number.NaN) : null;
    this.headers = last.headers ? [] : null;
  }

  get bytes(): number {
    return this.store.bytes + this.index.bytes + this.keyIds.length * 20 + this.byCode.length * 4;
  }

  /** Groups + 1 by the codes of a dictionary, for loops that fill it as they go; null where there are too many codes. */
  groupsByCode(dictionary: Dictionary): Int32Array | null {
    if (dictionary.size > CODES_MAX) return null;
    if (this.byCodeOf !== dictionary) {
      this.byCodeOf = dictionary;
      this.byCode = new Int32Array(0);
    }
    if (this.byCode.length < dictionary.size)
      this.byCode = grownInts(this.byCode, 2 ** Math.ceil(Math.log2(Math.max(16, dictionary.size))));
    return this.byCode;
  }

  forgetCodes(): void {
    this.byCode = new Int32Array(0);
    this.byCodeOf = null;
  }

  /** A new group for a key that has none here. */
  add(keyId: number, sequence: number): number {
    const group = this.free.pop() ?? this.count++;
    if (group >= this.keyIds.length) this.grow();
    this.store.reset(group);
    this.keyIds[group] = keyId;
    this.born[group] = sequence;
    this.rows[group] = 0;
    if (this.isIndexed) this.index.set(keyId, group);
    this.keys.retain(keyId);
    this.live++;
    return group;
  }

  /** A group as if its next row, number `sequence`, were its first. */
  renew(group: number, sequence: number): void {
    this.store.forget(group);
    this.store.reset(group);
    this.born[group] = sequence;
  }

  /** Gives up a group whose last row was taken back. */
  remove(group: number): void {
    const keyId = this.keyIds[group]!;
    if (this.isIndexed) this.index.delete(keyId);
    // its number goes to another key
    this.byCode.fill(0);
    this.store.forget(group);
    this.born[group] = -1;
    if (this.headers !== null) this.headers[group] = null;
    this.free.push(group);
    this.live--;
    this.keys.release(keyId);
  }

  /** Lets go of all keys; the bucket is not used afterwards. */
  close(): void {
    for (let group = 0; group < this.count; group++) if (this.born[group]! >= 0) this.keys.release(this.keyIds[group]!);
  }

  /** Keeps what is asked for of the row that a group got last. */
  touch(group: number, batch: RecordBatch, row: number): void {
    const { meta } = batch;
    if (this.eventTimes !== null && meta.eventTime !== null) this.eventTimes[group] = meta.eventTime[row]!;
    if (this.timestamps !== null && meta.timestamp !== null) this.timestamps[group] = meta.timestamp[row]!;
    if (this.headers !== null) this.headers[group] = meta.headers?.[row] ?? null;
  }

  timesOf(group: number): RowTimes {
    return { eventTime: this.eventTimes?.[group] ?? Number.NaN, timestamp: this.timestamps?.[group] ?? Number.NaN };
  }

  /** Takes over what is kept of the last row of another group here. */
  touchFrom(group: number, other: number): void {
    if (this.timestamps !== null) this.timestamps[group] = this.timestamps[other]!;
    if (this.headers !== null) this.headers[group] = this.headers[other] ?? null;
  }

  /** Joins a group of a later pane into the group of the same key. */
  merge(pane: GroupBucket, from: number): void {
    const keyId = pane.keyIds[from]!;
    let group = this.index.get(keyId);
    if (group < 0) group = this.add(keyId, pane.born[from]!);
    this.born[group] = Math.min(this.born[group]!, pane.born[from]!);
    if (this.eventTimes !== null) this.eventTimes[group] = pane.eventTimes![from]!;
    if (this.timestamps !== null) this.timestamps[group] = pane.timestamps![from]!;
    if (this.headers !== null) this.headers[group] = pane.headers![from] ?? null;
    this.store.merge(group, pane.store, from);
  }

  /** Joins all groups of a bucket whose rows came later. `room` throws when there is none for another group. */
  join(later: GroupBucket, room: () => void): void {
    for (const group of later.inOrder()) {
      if (this.index.get(later.keyIds[group]!) < 0) room();
      this.merge(later, group);
    }
  }

  /** See `GroupStore.isNearLimit`. */
  isNearLimit(later: GroupBucket): boolean {
    if (this.store.wide.size === 0 && later.store.wide.size === 0) return false;
    return later.inOrder().some((group) => this.store.isNearLimit(this.index.get(later.keyIds[group]!), later.store, group));
  }

  *liveKeys(): Generator<number> {
    for (let group = 0; group < this.count; group++) if (this.born[group]! >= 0) yield this.keyIds[group]!;
  }

  /** Groups in the order of their first rows. */
  inOrder(): number[] {
    const groups: number[] = [];
    let sorted = true;
    let last = -1;
    for (let group = 0; group < this.count; group++) {
      const born = this.born[group]!;
      if (born < 0) continue;
      if (born < last) sorted = false;
      last = born;
      groups.push(group);
    }
    return sorted ? groups : groups.sort((a, b) => this.born[a]! - this.born[b]!);
  }

  /** Writes the groups in order; `keyNumbers` renames key ids. */
  write(writer: StateWriter, keyNumbers: Int32Array): void {
    const groups = this.inOrder();
    const n = groups.length;
    writer.section('bucket');
    writer.integer(n);
    writer.int32s(
      Int32Array.from(groups, (g) => keyNumbers[this.keyIds[g]!]!),
      n,
    );
    writer.float64s(
      Float64Array.from(groups, (g) => this.born[g]!),
      n,
    );
    writer.float64s(
      Float64Array.from(groups, (g) => this.rows[g]!),
      n,
    );
    if (this.eventTimes !== null)
      writer.float64s(
        Float64Array.from(groups, (g) => this.eventTimes![g]!),
        n,
      );
    if (this.timestamps !== null)
      writer.float64s(
        Float64Array.from(groups, (g) => this.timestamps![g]!),
        n,
      );
    // Headers are maps of strings, which are scalars.
    if (this.headers !== null) for (const g of groups) writer.scalar((this.headers[g] ?? null) as Scalar);
    this.store.write(writer, groups);
  }

  /** `ids`: key ids by the numbers written. `before`: rows that came before those of the groups. */
  read(reader: StateReader, ids: Int32Array, before = 0): void {
    reader.section('bucket');
    const n = reader.integer();
    const keyIds = reader.int32s();
    const born = reader.float64s();
    const rows = reader.float64s();
    while (this.keyIds.length < n) this.grow();
    if (this.eventTimes !== null) this.eventTimes.set(reader.float64s());
    if (this.timestamps !== null) this.timestamps.set(reader.float64s());
    for (let g = 0; g < n; g++) this.add(ids[keyIds[g]!]!, before + born[g]!);
    this.rows.set(rows);
    if (this.headers !== null) for (let g = 0; g < n; g++) this.headers[g] = reader.scalar() as ReadonlyMap<string, string> | null;
    this.store.read(reader, n);
  }

  private grow(): void {
    const size = this.keyIds.length * 2;
    this.keyIds = grownInts(this.keyIds, size);
    this.born = grownFloats(this.born, size);
    this.rows = grownFloats(this.rows, size);
    if (this.eventTimes !== null) this.eventTimes = grownFloats(this.eventTimes, size).fill(Number.NaN, size / 2);
    if (this.timestamps !== null) this.timestamps = grownFloats(this.timestamps, size).fill(Number.NaN, size / 2);
  }
}
