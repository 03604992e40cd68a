import { takeBatch } from '../../values/batch-gather.ts';
import type { RecordBatch } from '../../values/record-batch.ts';
import type { OperatorMetrics, Output } from '../operator.ts';
import type { StoredRows } from '../rows/stored-rows.ts';
import type { WindowBounds } from './window-members.ts';

/** Rows with the bounds of their windows appended, in batches. */
export class WindowRowsOutput {
  /** Watermark in force for what is added. */
  watermark = Number.NEGATIVE_INFINITY;
  private readonly batchRows: number;
  private readonly metrics: OperatorMetrics;
  private rows: Int32Array;
  private starts: Float64Array;
  private ends: Float64Array;
  private ops: Uint8Array;
  private watermarks: Float64Array;
  private count = 0;

  constructor(batchRows: number, metrics: OperatorMetrics) {
    this.batchRows = batchRows;
    this.metrics = metrics;
    this.rows = new Int32Array(batchRows);
    this.starts = new Float64Array(batchRows);
    this.ends = new Float64Array(batchRows);
    this.ops = new Uint8Array(batchRows);
    this.watermarks = new Float64Array(batchRows);
  }

  /** A row of the batch at hand. */
  add(batch: RecordBatch, row: number, bounds: WindowBounds, op: number, out: Output): void {
    const at = this.count++;
    this.rows[at] = row;
    this.starts[at] = bounds.start;
    this.ends[at] = bounds.end;
    this.ops[at] = op;
    this.watermarks[at] = this.watermark;
    if (this.count === this.batchRows) this.flushRows(batch, out);
  }

  /** Hands on what was added of a batch. */
  flushRows(batch: RecordBatch, out: Output): void {
    const { count } = this;
    if (count === 0) return;
    this.count = 0;
    const taken = takeBatch(batch, this.rows, count);
    this.metrics.rowsOut += count;
    out.batch({
      ...taken,
      columns: [...taken.columns, ...this.bounds(count)],
      ops: batch.ops === null ? null : this.ops.slice(0, count),
      watermarks: batch.watermarks === null ? null : this.watermarks.slice(0, count),
    });
  }

  /** The rows of a closed window; their event time is its end. */
  emitStored(stored: StoredRows, slots: Int32Array, bounds: WindowBounds, out: Output): void {
    for (let from = 0; from < slots.length; from += this.batchRows) {
      const part = slots.subarray(from, from + this.batchRows);
      const taken = stored.take(part, part.length);
      this.starts.fill(bounds.start, 0, part.length);
      this.ends.fill(bounds.end, 0, part.length);
      const columns = [...taken.columns, ...this.bounds(part.length)];
      this.metrics.rowsOut += part.length;
      out.batch({ ...taken, columns, meta: { ...taken.meta, eventTime: this.ends.slice(0, part.length) } });
    }
  }

  private bounds(count: number) {
    return [
      { lane: 'f64', values: this.starts.slice(0, count), nulls: null },
      { lane: 'f64', values: this.ends.slice(0, count), nulls: null },
    ] as const;
  }
}
