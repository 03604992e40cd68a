import { Op } from '../../values/record-batch.ts';
import type { Scalar } from '../../values/types.ts';
import type { Output } from '../operator.ts';
import type { GroupBucket, RowTimes } from './group-bucket.ts';
import { groupResults } from './group-store.ts';
import type { Bounds, ResultRows } from './result-rows.ts';
import type { Unchanged } from './unchanged.ts';

/** A group that was changed since the last flush (per-batch mode). */
interface Touched {
  readonly bucket: GroupBucket;
  readonly group: number;
  readonly bounds: Bounds;
  /** Row as it was emitted before; null: there was none. */
  readonly before: readonly Scalar[] | null;
  /** Of that row: what takes it back has its time. */
  readonly times: RowTimes;
}

export interface ChangeOptions {
  /** -U before each +U. */
  readonly retracts: boolean;
  readonly perBatch: boolean;
  /** A group without rows stays. */
  readonly keepsEmpty: boolean;
  /** An update that leaves the row as it was is not told. */
  readonly quiet?: Unchanged | null;
}

/** Emits what changes in groups: +I, then +U (after -U where asked for), and -D when the last row of a group is gone. */
export class ChangeEmitter {
  private readonly rows: ResultRows;
  private readonly o: ChangeOptions;
  /** Times of the row that was told last of the group at hand. */
  private times: RowTimes = { eventTime: Number.NaN, timestamp: Number.NaN };
  private touched = new Map<GroupBucket, Map<number, Touched>>();

  constructor(rows: ResultRows, options: ChangeOptions) {
    this.rows = rows;
    this.o = options;
  }

  /** Changes are told by the batch. */
  get isBatched(): boolean {
    return this.o.perBatch;
  }

  /** Before a group changes: the row that a retraction of it needs, or null. */
  before(bucket: GroupBucket, group: number, existed: boolean, mayVanish: boolean): readonly Scalar[] | null {
    if (existed) this.times = bucket.timesOf(group);
    if (!existed || !(this.o.retracts || mayVanish)) return null;
    if (this.o.perBatch && this.touched.get(bucket)?.has(group)) return null;
    return groupResults(bucket.store, group, []);
  }

  /** After a group changed. `vanished`: it has no rows any more; it is removed here. */
  after(change: Omit<Touched, 'times'> & { readonly existed: boolean; readonly vanished: boolean }, out: Output): void {
    if (this.o.perBatch) this.note(change);
    else this.emit({ ...change, times: this.times }, change.existed, change.vanished, out);
  }

  /** Emits what was touched, in order of first touch. */
  flush(out: Output): void {
    if (this.touched.size > 0) {
      const { touched } = this;
      this.touched = new Map();
      for (const groups of touched.values()) {
        for (const change of groups.values()) {
          const vanished = change.bucket.rows[change.group] === 0 && !this.o.keepsEmpty;
          this.emit(change, change.before !== null, vanished, out);
        }
      }
    }
    this.rows.flush(out);
  }

  private note(change: Omit<Touched, 'times'> & { readonly existed: boolean }): void {
    let groups = this.touched.get(change.bucket);
    if (groups === undefined) {
      groups = new Map();
      this.touched.set(change.bucket, groups);
    }
    // A group that existed but needs no old row is marked by an empty one.
    if (!groups.has(change.group))
      groups.set(change.group, { ...change, times: this.times, before: change.before ?? (change.existed ? [] : null) });
  }

  private emit({ bucket, group, bounds, before, times }: Touched, existed: boolean, vanished: boolean, out: Output): void {
    if (vanished) {
      const known = before !== null && before.length > 0;
      if (existed) this.rows.add(Op.delete, bucket, group, bounds, known ? before : groupResults(bucket.store, group, []), out, times);
      this.rows.flush(out);
      bucket.remove(group);
      return;
    }
    const results = groupResults(bucket.store, group, []);
    if (existed && this.o.retracts && before !== null) {
      if (this.o.quiet?.areSame(before, results)) return;
      this.rows.add(Op.updateBefore, bucket, group, bounds, before, out, times);
    }
    this.rows.add(existed ? Op.updateAfter : Op.insert, bucket, group, bounds, results, out);
  }
}
