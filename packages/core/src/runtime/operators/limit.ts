import type { LimitNode } from '../../sql/plan/plan.ts';
import { windowLateness } from '../../sql/plan/tree/window-lateness.ts';
import { sliceBatch, takeBatch } from '../../values/batch-gather.ts';
import { scalarAt } from '../../values/column-read.ts';
import { type RecordBatch, weightOf } from '../../values/record-batch.ts';
import type { CompileEnv } from '../compile/compile-expression.ts';
import { newMetrics, type Operator, type Output, type RuntimeContext } from '../operator.ts';
import type { StateReader, StateWriter } from '../state/codec.ts';

/** An operator that knows when no further row can leave it. */
export interface CompletingOperator extends Operator {
  /** No further row will come out: the query is complete. */
  readonly complete?: boolean;
}

/**
 * Passes `count` rows after `offset`. Of an updating input the rows count that are inserted or updated; what they replace, and
 * deletions, go along uncounted while the limit is open.
 *
 * State: one counter; per open window for the scope `window`. Bound: the open windows. Freed when the watermark passes a
 * window's end and its lateness. A restored operator goes on counting where it was.
 */
export function makeLimit(node: LimitNode, _context: RuntimeContext, _env: CompileEnv): CompletingOperator {
  return node.scope === 'window' && node.windowEnd !== null ? new WindowLimit(node, node.windowEnd) : new QueryLimit(node);
}

class QueryLimit implements CompletingOperator {
  readonly kind = 'limit';
  readonly metrics = newMetrics();
  private readonly offset: number;
  private readonly last: number;
  private seen = 0;

  constructor(node: LimitNode) {
    this.offset = node.offset;
    this.last = node.offset + node.count;
  }

  get complete(): boolean {
    return this.seen >= this.last || this.last === this.offset;
  }

  process(_port: number, batch: RecordBatch, from: number, to: number, out: Output): void {
    this.metrics.rowsIn += to - from;
    if (batch.ops !== null) {
      this.passChanges(batch, batch.ops, from, to, out);
      return;
    }
    const first = Math.min(to, from + Math.max(0, this.offset - this.seen));
    const end = Math.max(first, Math.min(to, from + this.last - this.seen));
    this.seen = Math.min(this.last, this.seen + to - from);
    this.metrics.rowsOut += end - first;
    this.metrics.rowsFiltered += to - from - (end - first);
    if (end > first) out.batch(sliceBatch(batch, first, end));
  }

  private passChanges(batch: RecordBatch, ops: NonNullable<RecordBatch['ops']>, from: number, to: number, out: Output): void {
    const kept = new Int32Array(to - from);
    let n = 0;
    for (let row = from; row < to && this.seen < this.last; row++) {
      if (this.seen >= this.offset) kept[n++] = row;
      if (weightOf(ops[row]!) > 0) this.seen++;
    }
    this.metrics.rowsOut += n;
    this.metrics.rowsFiltered += to - from - n;
    if (n > 0) out.batch(n === batch.length ? batch : takeBatch(batch, kept, n));
  }

  watermark(_port: number, time: number, out: Output): void {
    this.metrics.watermark = time;
    out.watermark(time);
  }

  end(): void {
    // Nothing is held back.
  }

  snapshot(writer: StateWriter): void {
    writer.section('limit');
    writer.integer(this.seen);
  }

  restore(reader: StateReader): void {
    reader.section('limit');
    this.seen = reader.integer();
  }
}

class WindowLimit implements Operator {
  readonly kind = 'limit';
  readonly metrics = newMetrics();
  private readonly node: LimitNode;
  private readonly column: number;
  private readonly latenessMs: number | null;
  /** Rows seen so far by window end. */
  private readonly seen = new Map<number, number>();

  constructor(node: LimitNode, column: number) {
    this.node = node;
    this.column = column;
    this.latenessMs = windowLateness(node.input, column);
  }

  process(_port: number, batch: RecordBatch, from: number, to: number, out: Output): void {
    const { offset, count } = this.node;
    const ends = batch.columns[this.column]!;
    const kept = new Int32Array(to - from);
    let n = 0;
    for (let row = from; row < to; row++) {
      const end = Number(scalarAt(ends, row));
      const seen = this.seen.get(end) ?? 0;
      const counts = batch.ops === null || weightOf(batch.ops[row]!) > 0;
      if (counts && seen < offset + count) this.seen.set(end, seen + 1);
      if (seen >= offset && seen < offset + count) kept[n++] = row;
    }
    this.metrics.rowsIn += to - from;
    this.metrics.rowsOut += n;
    this.metrics.rowsFiltered += to - from - n;
    this.metrics.stateEntries = this.seen.size;
    if (n > 0) out.batch(n === batch.length ? batch : takeBatch(batch, kept, n));
  }

  watermark(_port: number, time: number, out: Output): void {
    if (this.latenessMs !== null) for (const end of this.seen.keys()) if (time >= end + this.latenessMs) this.seen.delete(end);
    this.metrics.stateEntries = this.seen.size;
    this.metrics.watermark = time;
    out.watermark(time);
  }

  end(): void {
    // Nothing is held back.
  }

  snapshot(writer: StateWriter): void {
    writer.section('limit');
    writer.integer(this.seen.size);
    for (const [end, seen] of this.seen) {
      writer.float(end);
      writer.integer(seen);
    }
  }

  restore(reader: StateReader): void {
    reader.section('limit');
    for (let n = reader.integer(); n > 0; n--) this.seen.set(reader.float(), reader.integer());
    this.metrics.stateEntries = this.seen.size;
  }
}
