import type { DistinctNode } from '../../sql/plan/plan.ts';
import { windowLateness } from '../../sql/plan/tree/window-lateness.ts';
import { takeBatch } from '../../values/batch-gather.ts';
import { scalarAt } from '../../values/column-read.ts';
import { Op, type RecordBatch, weightOf } from '../../values/record-batch.ts';
import type { CompileEnv } from '../compile/compile-expression.ts';
import { newMetrics, type Operator, type Output, type RuntimeContext } from '../operator.ts';
import { KeyTable } from '../rows/key-table.ts';
import { grownFloats, grownInts } from '../rows/slot-pool.ts';
import type { StateReader, StateWriter } from '../state/codec.ts';

/**
 * Passes the first occurrence of each complete row. Of an updating input it keeps how often each row stands, and emits a
 * row when it appears and its deletion, with the event time that it appeared with, when the last copy goes.
 *
 * State: each distinct row, typed. Bound: `maxRows`; beyond it the row first seen earliest is forgotten (§3.7), so that a
 * repeat of it passes again. With a window-end column, rows of a window are freed when the watermark passes its end and
 * lateness. A restored operator knows the same rows in the same order.
 */
export const makeDistinct = (node: DistinctNode, _context: RuntimeContext, _env: CompileEnv): Operator => new Distinct(node);

class Distinct implements Operator {
  readonly kind = 'distinct';
  readonly metrics = newMetrics();
  private readonly node: DistinctNode;
  private readonly keys: KeyTable;
  private readonly latenessMs: number | null;
  /** Ids in order of first sight, from `oldest`; -1 where one went before its turn. */
  private queue = new Int32Array(64);
  private oldest = 0;
  private newest = 0;
  private placeOf = new Int32Array(64);
  private copies = new Float64Array(64);
  private windowEnd = new Float64Array(0);
  /** Event time of each row as it was passed on; null: none is ever taken back. */
  private times: Float64Array | null;

  constructor(node: DistinctNode) {
    this.node = node;
    this.keys = new KeyTable(
      node.input.fields.map((field) => field.type),
      { nulls: 'equal' },
    );
    this.latenessMs = node.windowEnd === null ? null : windowLateness(node.input, node.windowEnd);
    if (node.windowEnd !== null) this.windowEnd = new Float64Array(64);
    this.times = node.input.changes === 'append' ? null : new Float64Array(64);
  }

  process(_port: number, batch: RecordBatch, from: number, to: number, out: Output): void {
    const { keys } = this;
    const lookup = keys.bind(batch.columns);
    const kept = new Int32Array(to - from);
    const ops = batch.ops === null ? null : new Uint8Array(to - from);
    const { eventTime } = batch.meta;
    const times = eventTime === null || this.times === null ? null : new Float64Array(to - from);
    let n = 0;
    for (let row = from; row < to; row++) {
      const isGone = batch.ops !== null && weightOf(batch.ops[row]!) < 0;
      const id = lookup(row, !isGone);
      if (isGone) {
        if (id < 0 || --this.copies[id]! > 0) continue;
        this.release(id);
        if (ops !== null) ops[n] = Op.delete;
        // who reads by time finds the row where it is
        if (times !== null) times[n] = this.times![id]!;
        kept[n++] = row;
      } else if (keys.wasAdded) {
        this.remember(id, batch, row);
        if (times !== null) times[n] = this.times![id] = eventTime![row]!;
        kept[n++] = row;
      } else this.copies[id]!++;
    }
    this.count(to - from, n);
    if (n === 0) return;
    const taken = n === batch.length ? batch : takeBatch(batch, kept, n);
    if (ops === null) out.batch(taken);
    else {
      const meta = times === null ? taken.meta : { ...taken.meta, eventTime: times.subarray(0, n) };
      out.batch({ ...taken, meta, ops: ops.subarray(0, n) });
    }
  }

  watermark(_port: number, time: number, out: Output): void {
    if (this.latenessMs !== null && this.keys.size > 0) this.freeClosed(time - this.latenessMs);
    this.metrics.watermark = time;
    out.watermark(time);
  }

  end(): void {
    // Nothing is held back.
  }

  snapshot(writer: StateWriter): void {
    writer.section('distinct');
    const ids = this.queue.slice(this.oldest, this.newest).filter((id) => id >= 0);
    this.keys.write(writer, ids, ids.length);
    writer.float64s(
      Float64Array.from(ids, (id) => this.copies[id]!),
      ids.length,
    );
    writer.float64s(
      Float64Array.from(ids, (id) => this.windowEnd[id] ?? 0),
      ids.length,
    );
    const { times } = this;
    if (times !== null)
      writer.float64s(
        Float64Array.from(ids, (id) => times[id]!),
        ids.length,
      );
  }

  restore(reader: StateReader): void {
    reader.section('distinct');
    const count = this.keys.read(reader);
    const copies = reader.float64s();
    const ends = reader.float64s();
    const times = this.times === null ? null : reader.float64s();
    for (let id = 0; id < count; id++) {
      this.enqueue(id);
      this.copies[id] = copies[id]!;
      if (this.node.windowEnd !== null) this.windowEnd[id] = ends[id]!;
      if (times !== null) this.times![id] = times[id]!;
    }
    this.count(0, 0);
  }

  private remember(id: number, batch: RecordBatch, row: number): void {
    this.enqueue(id);
    this.copies[id] = 1;
    const { windowEnd, maxRows } = this.node;
    if (windowEnd !== null) this.windowEnd[id] = Number(scalarAt(batch.columns[windowEnd]!, row));
    if (this.keys.size <= maxRows) return;
    while (this.queue[this.oldest] === -1) this.oldest++;
    this.release(this.queue[this.oldest]!);
  }

  private enqueue(id: number): void {
    if (id >= this.copies.length) {
      this.copies = grownFloats(this.copies, id * 2);
      this.placeOf = grownInts(this.placeOf, id * 2);
      if (this.node.windowEnd !== null) this.windowEnd = grownFloats(this.windowEnd, id * 2);
      if (this.times !== null) this.times = grownFloats(this.times, id * 2);
    }
    if (this.newest === this.queue.length) this.closeUpQueue();
    this.placeOf[id] = this.newest;
    this.queue[this.newest++] = id;
  }

  private release(id: number): void {
    this.queue[this.placeOf[id]!] = -1;
    this.keys.release(id);
  }

  /** Moves the queue to the front of its array, without those that went; makes it longer when more than half is in use. */
  private closeUpQueue(): void {
    const ids = this.queue.subarray(this.oldest, this.newest).filter((id) => id >= 0);
    this.queue = grownInts(ids, Math.max(64, ids.length * 2));
    this.oldest = 0;
    this.newest = ids.length;
    for (let i = 0; i < ids.length; i++) this.placeOf[ids[i]!] = i;
  }

  private freeClosed(bound: number): void {
    for (let i = this.oldest; i < this.newest; i++) {
      const id = this.queue[i]!;
      if (id >= 0 && this.windowEnd[id]! <= bound) this.release(id);
    }
    this.count(0, 0);
  }

  private count(rowsIn: number, rowsOut: number): void {
    this.metrics.rowsIn += rowsIn;
    this.metrics.rowsOut += rowsOut;
    this.metrics.rowsFiltered += rowsIn - rowsOut;
    this.metrics.stateEntries = this.keys.size;
    this.metrics.stateBytes = this.keys.bytes + this.queue.length * 16;
  }
}
