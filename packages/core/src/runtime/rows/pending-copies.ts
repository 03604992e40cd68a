import type { RecordBatch } from '../../values/record-batch.ts';
import { grownInts } from './slot-pool.ts';
import type { StoredRows } from './stored-rows.ts';

/**
 * Rows of the batch at hand that have got a slot, and whose values are copied together: column by column, which is much faster than
 * row by row. A slot may be given twice; the later row counts.
 */
export class PendingCopies {
  private rows = new Int32Array(64);
  private slots = new Int32Array(64);
  private count = 0;

  add(row: number, slot: number): void {
    if (this.count === this.rows.length) {
      this.rows = grownInts(this.rows, this.count * 2);
      this.slots = grownInts(this.slots, this.count * 2);
    }
    this.rows[this.count] = row;
    this.slots[this.count++] = slot;
  }

  /** Copies them into the store, which has room for the slots. */
  copy(batch: RecordBatch, into: StoredRows): void {
    if (this.count > 0) into.copy(batch, this.rows, this.count, this.slots);
    this.count = 0;
  }
}
