import { Op } from '../../values/record-batch.ts';
import type { Scalar } from '../../values/types.ts';
import type { GroupBucket, RowTimes } from '../aggregates/group-bucket.ts';
import { groupResults } from '../aggregates/group-store.ts';
import type { Bounds, ResultRows } from '../aggregates/result-rows.ts';
import type { Output } from '../operator.ts';
import type { Session } from './session-set.ts';

/** The row that stands for a session before it changes. */
export interface ToldRow {
  readonly session: Session;
  readonly group: number;
  readonly first: number;
  readonly last: number;
  readonly results: readonly Scalar[];
  readonly times: RowTimes;
}

/**
 * Tells what changes in the sessions of a key: rows for bounds that are gone are deleted, a row whose bounds stay is updated. What
 * happens between two calls of `tell` is told once, as it is in the end: the two sides of an update leave no row in between.
 */
export class SessionEmitter {
  private readonly bucket: GroupBucket;
  private readonly results: ResultRows;
  private readonly gapMs: number;
  private readonly changes: 'append' | 'upsert' | 'retract';
  private before: ToldRow[] = [];
  private after: Session[] = [];
  private gone: number[] = [];

  constructor(bucket: GroupBucket, results: ResultRows, gapMs: number, changes: 'append' | 'upsert' | 'retract') {
    this.bucket = bucket;
    this.results = results;
    this.gapMs = gapMs;
    this.changes = changes;
  }

  /** Groups that are given up with the next `tell`. */
  get leaving(): number {
    return this.gone.length;
  }

  rowOf(session: Session): ToldRow {
    const { bucket } = this;
    const { group, first, last } = session;
    return { session, group, first, last, results: groupResults(bucket.store, group, []), times: bucket.timesOf(group) };
  }

  /** Sessions stand where other rows, or nothing, stood. */
  replace(rows: readonly ToldRow[], sessions: readonly Session[]): void {
    for (const row of rows) {
      const at = this.after.indexOf(row.session);
      // it came after the last `tell`, so nobody knows of it
      if (at >= 0) this.after.splice(at, 1);
      else this.before.push(row);
    }
    this.after.push(...sessions);
  }

  /** The group is given up once what it was has been told. */
  letGo(group: number): void {
    this.gone.push(group);
  }

  tell(out: Output): void {
    const { before, after } = this;
    if (before.length + after.length > 0) {
      this.before = [];
      this.after = [];
      this.emit(before, after, out);
    }
    if (this.gone.length === 0) return;
    // the keys of rows that wait are read at the flush
    this.results.flush(out);
    for (const group of this.gone) this.bucket.remove(group);
    this.gone = [];
  }

  /** The row of a session that closes. */
  close(session: Session, out: Output): void {
    this.results.add(
      Op.insert,
      this.bucket,
      session.group,
      this.boundsOf(session),
      groupResults(this.bucket.store, session.group, []),
      out,
    );
  }

  private emit(before: readonly ToldRow[], after: readonly Session[], out: Output): void {
    const { bucket, results, changes } = this;
    const isSame = (row: ToldRow, session: Session): boolean => session.first === row.first && session.last === row.last;
    if (changes !== 'append') {
      for (const row of before)
        if (!after.some((session) => isSame(row, session)))
          results.add(Op.delete, bucket, row.group, this.boundsOf(row), row.results, out, row.times);
    }
    for (const session of after) {
      const old = before.find((row) => isSame(row, session));
      const bounds = this.boundsOf(session);
      if (old !== undefined && changes === 'retract')
        results.add(Op.updateBefore, bucket, session.group, bounds, old.results, out, old.times);
      const op = old === undefined ? Op.insert : Op.updateAfter;
      results.add(op, bucket, session.group, bounds, groupResults(bucket.store, session.group, []), out);
    }
  }

  private boundsOf({ first, last }: { readonly first: number; readonly last: number }): Bounds {
    return { start: first, end: last + this.gapMs };
  }
}
