import type { AggregateRow } from '../../sql/functions/define.ts';
import { Op, type RecordBatch, weightOf } from '../../values/record-batch.ts';
import type { Scalar } from '../../values/types.ts';
import type { GroupKeys } from '../keys/group-keys.ts';
import type { Output } from '../operator.ts';
import type { ChangeEmitter } from './change-emitter.ts';
import type { GroupBucket } from './group-bucket.ts';
import type { GroupUpdate } from './group-update.ts';
import type { Bounds } from './result-rows.ts';

/** What a row is applied with: the same for all rows of an operator. */
export interface RowTarget {
  readonly keys: GroupKeys;
  readonly add: GroupUpdate;
  readonly retract: GroupUpdate;
  /** Null: nothing is emitted as rows come. */
  readonly changes: ChangeEmitter | null;
  /** A group without rows stays: the one group of an ungrouped aggregation. */
  readonly keepsEmpty: boolean;
  /** Throws when no further group may be made. */
  room(): void;
}

/** One row with its calculated inputs. */
export interface InputRow extends AggregateRow {
  readonly batch: RecordBatch;
  readonly row: number;
  readonly inputs: readonly Scalar[];
  readonly keyId: number;
}

/** Whether a row and the next one are the two sides of one update: they come in one batch. */
export const isUpdate = ({ ops }: RecordBatch, row: number, to: number): boolean =>
  ops !== null && row + 1 < to && ops[row] === Op.updateBefore && ops[row + 1] === Op.updateAfter;

/** Adds a row to its group in one bucket, or takes it back, and tells what changed. Throws before anything has changed. */
export function applyRow(to: RowTarget, bucket: GroupBucket, input: InputRow, bounds: Bounds, out: Output): void {
  const { batch, row } = input;
  if (batch.ops !== null && weightOf(batch.ops[row]!) < 0) takeBack(to, bucket, input, bounds, out);
  else addRow(to, bucket, input, bounds, out);
}

/**
 * Puts a row in the place of one that was there: the group is told once, as it is after both. Rows of different groups, or of none,
 * go one after the other.
 */
export function replaceRow(to: RowTarget, bucket: GroupBucket, old: InputRow, input: InputRow, bounds: Bounds, out: Output): void {
  const { changes } = to;
  const group = bucket.index.get(old.keyId);
  if (changes === null || changes.isBatched || group < 0 || old.keyId !== input.keyId) {
    // the key was looked up already: it stays when the row that leaves was the last one that had it
    to.keys.retain(input.keyId);
    try {
      takeBack(to, bucket, old, bounds, out);
      addRow(to, bucket, input, bounds, out);
    } finally {
      to.keys.release(input.keyId);
    }
    return;
  }
  const change = { bucket, group, bounds, before: changes.before(bucket, group, true, true), existed: true };
  const isEmptied = bucket.rows[group] === 1 && !to.keepsEmpty;
  to.retract(bucket.store, group, old.inputs, old);
  // a group without rows begins anew: nothing of sums that came back to zero stays behind
  if (isEmptied) bucket.renew(group, input.sequence);
  try {
    to.add(bucket.store, group, input.inputs, input);
  } catch (error) {
    bucket.rows[group]!--;
    bucket.touch(group, old.batch, old.row);
    changes.after({ ...change, vanished: isEmptied }, out);
    throw error;
  }
  bucket.touch(group, input.batch, input.row);
  changes.after({ ...change, vanished: false }, out);
}

function addRow(to: RowTarget, bucket: GroupBucket, input: InputRow, bounds: Bounds, out: Output): void {
  let group = bucket.index.get(input.keyId);
  const existed = group >= 0;
  if (!existed) {
    to.room();
    group = bucket.add(input.keyId, input.sequence);
  }
  const before = to.changes?.before(bucket, group, existed, false) ?? null;
  try {
    to.add(bucket.store, group, input.inputs, input);
  } catch (error) {
    if (!existed) bucket.remove(group);
    throw error;
  }
  bucket.rows[group]!++;
  bucket.touch(group, input.batch, input.row);
  to.changes?.after({ bucket, group, bounds, before, existed, vanished: false }, out);
}

function takeBack(to: RowTarget, bucket: GroupBucket, input: InputRow, bounds: Bounds, out: Output): void {
  const group = bucket.index.get(input.keyId);
  if (group < 0) {
    to.keys.dropIfUnused(input.keyId);
    return;
  }
  const isLast = bucket.rows[group] === 1;
  const before = to.changes?.before(bucket, group, true, isLast) ?? null;
  to.retract(bucket.store, group, input.inputs, input);
  bucket.rows[group]!--;
  bucket.touch(group, input.batch, input.row);
  const vanished = isLast && !to.keepsEmpty;
  if (to.changes !== null) to.changes.after({ bucket, group, bounds, before, existed: true, vanished }, out);
  else if (vanished) bucket.remove(group);
}
