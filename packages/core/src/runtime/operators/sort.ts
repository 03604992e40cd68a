import { limitExceeded } from '../../diagnostics/codes/engine.ts';
import type { SortNode } from '../../sql/plan/plan.ts';
import { sliceBatch } from '../../values/batch-gather.ts';
import { scalarAt } from '../../values/column-read.ts';
import { type RecordBatch, weightOf } from '../../values/record-batch.ts';
import type { Scalar } from '../../values/types.ts';
import { type CompileEnv, compileRow, type RowExpressions } from '../compile/compile-expression.ts';
import { newMetrics, type Operator, type Output, type RuntimeContext } from '../operator.ts';
import { readRows, writeRows } from '../rows/batch-codec.ts';
import { emitBatch } from '../rows/emit-batch.ts';
import { PendingCopies } from '../rows/pending-copies.ts';
import { reportRow } from '../rows/record-failure.ts';
import { RowSlots, rowIdentity } from '../rows/row-identity.ts';
import { SlotPool } from '../rows/slot-pool.ts';
import { type RowOrder, rowOrder } from '../rows/sort-order.ts';
import { StoredRows } from '../rows/stored-rows.ts';
import { Thresholds } from '../rows/thresholds.ts';
import type { StateReader, StateWriter } from '../state/codec.ts';

/** With a limit, this many rows more than needed are gathered before the worst are dropped. */
const SLACK = 1024;

interface Entry {
  readonly slot: number;
  readonly keys: readonly Scalar[];
  readonly arrival: number;
}

/**
 * Sorts sets of rows, ties by arrival: the rows of one window emission (`window`), or everything at the end of the input
 * (`end`; deletions and updates of the input are applied to the set).
 *
 * State: the rows of the set; of an append-only input with a limit only the best `offset + count` and some slack, and rows that rank
 * behind those are told apart by one comparison. Bound: the
 * limit `maxGroups`. Freed when the set is emitted: when the window-end value changes or the watermark moves, or
 * at the end. A restored operator holds the same rows in the same order.
 */
export const makeSort = (node: SortNode, context: RuntimeContext, env: CompileEnv): Operator => new Sort(node, context, env);

class Sort implements Operator {
  readonly kind = 'sort';
  readonly metrics = newMetrics();
  private readonly node: SortNode;
  private readonly context: RuntimeContext;
  private readonly keysOf: RowExpressions;
  private readonly order: RowOrder;
  private readonly keepMax: number;
  private readonly rows: StoredRows;
  private readonly pool = new SlotPool();
  private readonly arriving = new PendingCopies();
  private readonly identityOf: (batch: RecordBatch, row: number) => string;
  /** Only for an updating input. */
  private readonly copies: RowSlots | null;
  /** Sort values of the worst row that a limit still lets in; null: there is room for any. */
  private worst: readonly Scalar[] | null = null;
  private readonly thresholds: Thresholds | null;
  private entries = new Map<number, Entry>();
  private arrived = 0;
  private currentEnd: Scalar = null;
  /** Highest window end whose rows went out; later rows of it are corrections, which pass as they come. */
  private emittedEnd = Number.NEGATIVE_INFINITY;

  constructor(node: SortNode, context: RuntimeContext, env: CompileEnv) {
    this.node = node;
    this.context = context;
    this.keysOf = compileRow(
      node.keys.map((key) => key.expr),
      env,
    );
    this.order = rowOrder(node.keys);
    const isAppend = node.input.changes === 'append';
    this.keepMax = isAppend && node.limit !== null ? node.limit.offset + node.limit.count : Number.POSITIVE_INFINITY;
    this.rows = new StoredRows(node.input.fields);
    this.identityOf = rowIdentity(node.input.fields);
    this.copies = isAppend ? null : new RowSlots();
    this.thresholds = this.keepMax === Number.POSITIVE_INFINITY ? null : Thresholds.forKeys(node.keys);
  }

  process(_port: number, batch: RecordBatch, from: number, to: number, out: Output): void {
    this.metrics.rowsIn += to - from;
    const { windowEnd } = this.node;
    const search = this.thresholds?.bindSearch(batch) ?? null;
    for (let row = from; row < to; row++) {
      if (search !== null && windowEnd === null) {
        const next = search(row, to);
        this.metrics.rowsFiltered += next - row;
        row = next;
        if (row === to) break;
      }
      if (windowEnd !== null) {
        const end = scalarAt(batch.columns[windowEnd]!, row);
        if (end !== this.currentEnd) {
          this.arriving.copy(batch, this.rows);
          this.flush(out);
        }
        if (typeof end === 'number' && end <= this.emittedEnd) {
          emitBatch(sliceBatch(batch, row, row + 1), this.context.batchRows, this.metrics, out);
          continue;
        }
        this.currentEnd = end;
        if (search !== null && search(row, row + 1) > row) {
          this.metrics.rowsFiltered++;
          continue;
        }
      }
      this.take(batch, row);
    }
    this.arriving.copy(batch, this.rows);
    this.measure();
  }

  watermark(_port: number, time: number, out: Output): void {
    if (this.node.scope === 'window') this.flush(out);
    if (time === Number.POSITIVE_INFINITY) this.flush(out);
    this.metrics.watermark = time;
    out.watermark(time);
  }

  end(_port: number, out: Output): void {
    this.flush(out);
  }

  snapshot(writer: StateWriter): void {
    writer.section('sort');
    const entries = [...this.entries.values()];
    writer.scalar(this.currentEnd);
    writer.float(this.emittedEnd);
    writeRows(writer, this.rows.view, slotsOf(entries), entries.length);
  }

  restore(reader: StateReader): void {
    reader.section('sort');
    this.currentEnd = reader.scalar();
    this.emittedEnd = reader.float();
    const batch = readRows(reader);
    for (let row = 0; row < batch.length; row++) this.take(batch, row);
    this.arriving.copy(batch, this.rows);
    this.measure();
  }

  private take(batch: RecordBatch, row: number): void {
    if (batch.ops !== null && weightOf(batch.ops[row]!) < 0) {
      const slot = this.copies?.take(this.identityOf(batch, row));
      if (slot === undefined) return;
      this.entries.delete(slot);
      this.pool.give(slot);
      return;
    }
    let keys: readonly Scalar[];
    try {
      keys = this.keysOf(batch, row);
    } catch (error) {
      reportRow(this, this.context, this.node.input.fields, { batch, row }, error);
      return;
    }
    // of equal rows the one that came first ranks higher
    if (this.worst !== null && this.order(keys, this.worst) >= 0) this.metrics.rowsFiltered++;
    else this.add(batch, row, keys);
  }

  private add(batch: RecordBatch, row: number, keys: readonly Scalar[]): void {
    const allowed = this.context.limits.maxGroups;
    if (this.entries.size >= allowed && this.entries.size < this.keepMax + SLACK) {
      throw limitExceeded('maxGroups', allowed, allowed + 1, 'Add ORDER BY with a LIMIT, or raise the limit "maxGroups".');
    }
    const slot = this.pool.take();
    this.rows.ensure(slot + 1);
    this.arriving.add(row, slot);
    // A slot that is used again must come last in the order of arrival: the map is ordered by insertion.
    this.entries.set(slot, { slot, keys, arrival: this.arrived++ });
    this.copies?.add(this.identityOf(batch, row), slot);
    if (this.entries.size >= this.keepMax + SLACK) this.dropWorst();
  }

  private sorted(): Entry[] {
    return [...this.entries.values()].sort((a, b) => this.order(a.keys, b.keys) || a.arrival - b.arrival);
  }

  private dropWorst(): void {
    const sorted = this.sorted();
    for (const { slot } of sorted.slice(this.keepMax)) {
      this.entries.delete(slot);
      this.pool.give(slot);
      this.metrics.rowsFiltered++;
    }
    this.noteWorst(sorted[this.keepMax - 1]?.keys ?? null);
  }

  private noteWorst(keys: readonly Scalar[] | null): void {
    this.worst = keys;
    this.thresholds?.note(0, keys?.[0] ?? null);
  }

  private flush(out: Output): void {
    if (typeof this.currentEnd === 'number') this.emittedEnd = Math.max(this.emittedEnd, this.currentEnd);
    this.currentEnd = null;
    if (this.entries.size === 0) return;
    const { limit } = this.node;
    const sorted = this.sorted();
    const kept = limit === null ? sorted : sorted.slice(limit.offset, limit.offset + limit.count);
    this.metrics.rowsFiltered += sorted.length - kept.length;
    emitBatch(this.rows.take(slotsOf(kept), kept.length), this.context.batchRows, this.metrics, out);
    this.noteWorst(null);
    this.entries.clear();
    this.copies?.clear();
    this.pool.clear();
    this.rows.clear();
    this.arrived = 0;
    this.measure();
  }

  private measure(): void {
    this.metrics.stateEntries = this.entries.size;
    this.metrics.stateBytes = this.rows.bytes + this.entries.size * 64;
  }
}

const slotsOf = (entries: readonly Entry[]): Int32Array => Int32Array.from(entries, (entry) => entry.slot);
