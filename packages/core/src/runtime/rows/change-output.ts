import type { ColumnBuilder } from '../../values/column-builder.ts';
import { Op, type OpCode, type RecordBatch } from '../../values/record-batch.ts';
import type { OperatorMetrics, Output } from '../operator.ts';
import { emitBatch } from './emit-batch.ts';
import { PendingCopies } from './pending-copies.ts';
import { grownBytes, grownFloats, grownInts } from './slot-pool.ts';
import type { StoredRows } from './stored-rows.ts';

/**
 * Gathers a changelog over stored rows while a batch is processed. Rows that came with the batch are copied into the store, and
 * the changes handed on, at `flush`; until then no slot may be used again, so slots that became free are given back there.
 */
export class ChangeOutput {
  private readonly rows: StoredRows;
  private readonly extra: readonly ColumnBuilder[];
  private readonly release: (slot: number) => void;
  private readonly arrived = new PendingCopies();
  private slots = new Int32Array(64);
  private ops = new Uint8Array(64);
  private watermarks = new Float64Array(64);
  private places: Float64Array<ArrayBuffer> | null;
  private count = 0;
  private readonly freed: number[] = [];

  /**
   * @param showsPlaces - Each change has a number behind its columns.
   * @param extra - Further columns; who emits a change appends its values to them.
   */
  constructor(rows: StoredRows, release: (slot: number) => void, showsPlaces = false, extra: readonly ColumnBuilder[] = []) {
    this.extra = extra;
    this.places = showsPlaces ? new Float64Array(64) : null;
    this.rows = rows;
    this.release = release;
  }

  get length(): number {
    return this.count;
  }

  /** Row `row` of the batch at hand lives in `slot` from now on. */
  store(row: number, slot: number): void {
    this.arrived.add(row, slot);
  }

  emit(slot: number, op: OpCode, watermark: number, place = 0): void {
    if (this.count === this.slots.length) {
      this.slots = grownInts(this.slots, this.count * 2);
      this.ops = grownBytes(this.ops, this.count * 2);
      this.watermarks = grownFloats(this.watermarks, this.count * 2);
      this.places &&= grownFloats(this.places, this.count * 2);
    }
    if (this.places !== null) this.places[this.count] = place;
    this.slots[this.count] = slot;
    this.ops[this.count] = op;
    this.watermarks[this.count++] = watermark;
  }

  /** The slot is no longer used; its row can still be emitted until the flush. */
  free(slot: number): void {
    this.freed.push(slot);
  }

  flush(batch: RecordBatch, batchRows: number, metrics: OperatorMetrics, out: Output): void {
    this.arrived.copy(batch, this.rows);
    const { count } = this;
    let changes: RecordBatch | null = null;
    if (count > 0) {
      const ops = this.ops.slice(0, count);
      const taken = this.rows.take(this.slots, count);
      const places = this.places === null ? [] : [{ lane: 'f64' as const, values: this.places.slice(0, count), nulls: null }];
      changes = {
        ...taken,
        columns: [...taken.columns, ...places, ...this.extra.map((builder) => builder.finish())],
        ops: ops.every((op) => op === Op.insert) ? null : ops,
        watermarks: batch.watermarks === null ? null : this.watermarks.slice(0, count),
      };
      this.count = 0;
    }
    for (const slot of this.freed) this.release(slot);
    this.freed.length = 0;
    if (changes !== null) emitBatch(changes, batchRows, metrics, out);
  }
}
