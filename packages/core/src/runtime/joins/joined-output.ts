import type { Column, Field } from '../../values/column.ts';
import { constantColumn, takeColumn, takeColumnPadded } from '../../values/column-gather.ts';
import { type BatchMeta, Op, type OpCode, type RecordBatch } from '../../values/record-batch.ts';
import type { OperatorMetrics, Output } from '../operator.ts';
import { grownBytes, grownFloats, grownInts } from '../rows/slot-pool.ts';
import { joinMeta } from './join-meta.ts';

/** Where the joined rows go. */
export interface JoinedTarget {
  readonly metrics: OperatorMetrics;
  readonly batchRows: number;
  readonly out: Output;
}

/**
 * Gathers pairs of rows - `own` of the side at hand, `other` of the other one, -1 for none - and hands them on as joined
 * batches: left columns, then right columns, the later event time, headers of the left row before the right one's.
 */
export class JoinedOutput {
  private readonly fields: readonly [readonly Field[], readonly Field[]];
  private own = new Int32Array(1024);
  private other = new Int32Array(1024);
  private ops = new Uint8Array(1024);
  private watermarks = new Float64Array(1024);
  private hasDeletes = false;
  private hasPadding = false;
  private count = 0;

  constructor(left: readonly Field[], right: readonly Field[]) {
    this.fields = [left, right];
  }

  get length(): number {
    return this.count;
  }

  push(own: number, other: number, op: OpCode, watermark: number): void {
    const at = this.count++;
    if (at === this.own.length) this.grow();
    this.own[at] = own;
    this.other[at] = other;
    this.ops[at] = op;
    this.watermarks[at] = watermark;
    if (op === Op.delete) this.hasDeletes = true;
    if (other < 0) this.hasPadding = true;
  }

  /**
   * Emits what was gathered. `port`: which side `own` is. `withWatermarks`: the rows say which watermark was in force before
   * them. A missing `others` means that all rows are unmatched.
   */
  flush(port: number, owns: RecordBatch, others: RecordBatch | null, withWatermarks: boolean, to: JoinedTarget): void {
    const { count } = this;
    if (count === 0) return;
    this.count = 0;
    const own = owns.columns.map((column) => takeColumn(column, this.own, count));
    const other = this.otherColumns(1 - port, others, count);
    const batch: RecordBatch = {
      length: count,
      columns: port === 0 ? [...own, ...other] : [...other, ...own],
      meta: this.meta(port, owns, others, count),
      ops: this.hasDeletes ? this.ops.slice(0, count) : null,
      watermarks: withWatermarks ? this.watermarks.slice(0, count) : null,
    };
    this.hasDeletes = false;
    this.hasPadding = false;
    to.metrics.rowsOut += count;
    to.out.batch(batch);
  }

  private otherColumns(port: number, others: RecordBatch | null, count: number): Column[] {
    if (others === null) return this.fields[port]!.map((field) => constantColumn(field.type, null, count));
    const take = this.hasPadding ? takeColumnPadded : takeColumn;
    return others.columns.map((column) => take(column, this.other, count));
  }

  private meta(port: number, owns: RecordBatch, others: RecordBatch | null, count: number): BatchMeta {
    const own = { meta: owns.meta, rows: this.own };
    const other = { meta: others?.meta ?? null, rows: this.other };
    return port === 0 ? joinMeta(own, other, count) : joinMeta(other, own, count);
  }

  private grow(): void {
    const length = this.own.length * 2;
    this.own = grownInts(this.own, length);
    this.other = grownInts(this.other, length);
    this.ops = grownBytes(this.ops, length);
    this.watermarks = grownFloats(this.watermarks, length);
  }
}
