import { limitExceeded } from '../../diagnostics/codes/engine.ts';
import type { TopNNode } from '../../sql/plan/plan.ts';
import { windowLateness } from '../../sql/plan/tree/window-lateness.ts';
import { scalarAt } from '../../values/column-read.ts';
import { Op, type RecordBatch, weightOf } from '../../values/record-batch.ts';
import type { Scalar } from '../../values/types.ts';
import { type CompileEnv, compileRow, type RowExpressions } from '../compile/compile-expression.ts';
import { newMetrics, type Operator, type Output, type RuntimeContext } from '../operator.ts';
import { ChangeOutput } from '../rows/change-output.ts';
import { type KeyLookup, KeyTable } from '../rows/key-table.ts';
import { Ranking } from '../rows/ranking.ts';
import { type RankedRows, readRankings, writeRankings } from '../rows/ranking-state.ts';
import { reportRow } from '../rows/record-failure.ts';
import { RowSlots, rowIdentity } from '../rows/row-identity.ts';
import { SlotPool } from '../rows/slot-pool.ts';
import { type RowOrder, rowOrder } from '../rows/sort-order.ts';
import { StoredRows } from '../rows/stored-rows.ts';
import { Thresholds } from '../rows/thresholds.ts';
import type { StateReader, StateWriter } from '../state/codec.ts';

/**
 * Keeps the rows at places offset … offset + count - 1 of each partition in view: for a row that leaves a delete, then for
 * the one that enters an insert. Ties by arrival. An update of the input (-U, +U next to each other) is one change: what is in
 * view before and after it is compared.
 *
 * State: of an append-only input the best offset + count rows per partition; of an updating input all rows, since any may come
 * back into view. Bound: `maxGroups` rows and partitions. A partition by window end is freed when the watermark passes the
 * end and its lateness. A restored operator has the same rankings.
 */
export const makeTopN = (node: TopNNode, context: RuntimeContext, env: CompileEnv): Operator => new TopN(node, context, env);

class TopN implements Operator, RankedRows {
  readonly kind = 'top-n';
  readonly metrics = newMetrics();
  private readonly node: TopNNode;
  private readonly context: RuntimeContext;
  private readonly keysOf: RowExpressions;
  private readonly order: RowOrder;
  private readonly last: number;
  private readonly keepMax: number;
  private readonly latenessMs: number | null;
  readonly rows: StoredRows;
  private readonly pool = new SlotPool();
  private readonly changes: ChangeOutput;
  private readonly identityOf: (batch: RecordBatch, row: number) => string;
  /** Only for an updating input. */
  private readonly slotsByRow: RowSlots | null;
  readonly partitions: KeyTable;
  private readonly thresholds: Thresholds | null;
  readonly rankings: (Ranking | undefined)[] = [];
  /** Sort keys by slot. */
  private keys: (readonly Scalar[])[] = [];

  constructor(node: TopNNode, context: RuntimeContext, env: CompileEnv) {
    this.node = node;
    this.context = context;
    this.keysOf = compileRow(
      node.keys.map((key) => key.expr),
      env,
    );
    this.order = rowOrder(node.keys);
    this.last = node.offset + node.count;
    const isAppend = node.input.changes === 'append';
    this.keepMax = isAppend ? this.last : Number.POSITIVE_INFINITY;
    this.rows = new StoredRows(node.input.fields);
    this.changes = new ChangeOutput(this.rows, (slot) => this.pool.give(slot));
    this.identityOf = rowIdentity(node.input.fields);
    this.slotsByRow = isAppend ? null : new RowSlots();
    this.partitions = new KeyTable(
      node.partitionBy.map((c) => node.input.fields[c]!.type),
      { nulls: 'equal' },
    );
    this.thresholds = isAppend ? Thresholds.forKeys(node.keys) : null;
    const [only] = node.partitionBy;
    this.latenessMs = node.partitionBy.length === 1 && only !== undefined ? windowLateness(node.input, only) : null;
  }

  process(_port: number, batch: RecordBatch, from: number, to: number, out: Output): void {
    this.metrics.rowsIn += to - from;
    const lookup = this.partitions.bind(this.node.partitionBy.map((c) => batch.columns[c]!));
    const passes = this.thresholds?.bind(batch) ?? null;
    let rejected = 0;
    for (let row = from; row < to; row++) {
      if (passes !== null) {
        const partition = lookup(row, false);
        if (partition >= 0 && !passes(partition, row)) {
          rejected++;
          continue;
        }
      }
      row += this.change(batch, row, to, lookup);
      if (this.changes.length >= this.context.batchRows) this.changes.flush(batch, this.context.batchRows, this.metrics, out);
    }
    this.metrics.rowsFiltered += rejected;
    this.changes.flush(batch, this.context.batchRows, this.metrics, out);
    this.measure();
  }

  watermark(_port: number, time: number, out: Output): void {
    if (this.latenessMs !== null) this.freeClosed(time - this.latenessMs);
    this.metrics.watermark = time;
    out.watermark(time);
  }

  end(): void {
    // What is in view has been told.
  }

  snapshot(writer: StateWriter): void {
    writer.section('top-n');
    writeRankings(writer, this, (slot) => this.keys[slot]!);
  }

  restore(reader: StateReader): void {
    reader.section('top-n');
    readRankings(reader, this, (slot, batch) => {
      this.pool.take();
      this.keys[slot] = this.node.keys.map(() => reader.scalar());
      this.slotsByRow?.add(this.identityOf(batch, slot), slot);
    });
    for (const [id, ranking] of this.rankings.entries()) if (ranking !== undefined) this.noteThreshold(id, ranking);
    this.measure();
  }

  /** Applies one row, or an update's two. Tells how many rows more than one it took. */
  private change(batch: RecordBatch, row: number, to: number, lookup: KeyLookup): 0 | 1 {
    const { ops } = batch;
    if (ops === null || weightOf(ops[row]!) > 0) {
      this.insert(batch, row, lookup);
      return 0;
    }
    const isUpdate = ops[row] === Op.updateBefore && row + 1 < to && ops[row + 1] === Op.updateAfter;
    const partition = lookup(row, true);
    if (isUpdate && lookup(row + 1, true) === partition) {
      const watermark = watermarkAt(batch, row);
      const before = this.inView(partition);
      this.remove(batch, row, partition);
      const keys = this.sortKeys(batch, row + 1);
      if (keys !== null) this.place(batch, row + 1, partition, keys);
      this.tellDifference(before, this.inView(partition), watermark);
      this.dropIfEmpty(partition);
      return 1;
    }
    const before = this.inView(partition);
    this.remove(batch, row, partition);
    this.tellDifference(before, this.inView(partition), watermarkAt(batch, row));
    this.dropIfEmpty(partition);
    return 0;
  }

  private insert(batch: RecordBatch, row: number, lookup: KeyLookup): void {
    const keys = this.sortKeys(batch, row);
    if (keys === null) return;
    const partition = lookup(row, true);
    const ranking = this.rankingOf(partition);
    const at = ranking.placeFor(keys, this.keys, this.order);
    if (at >= this.keepMax) {
      this.metrics.rowsFiltered++;
      this.dropIfEmpty(partition);
      return;
    }
    this.place(batch, row, partition, keys, at);
    const { slots } = ranking;
    if (at < this.last && this.node.count > 0) {
      const watermark = watermarkAt(batch, row);
      const leaving = slots[this.last];
      if (leaving !== undefined) this.changes.emit(leaving, Op.delete, watermark);
      const entering = slots[Math.max(at, this.node.offset)];
      if (entering !== undefined) this.changes.emit(entering, Op.insert, watermark);
    }
    if (slots.length > this.keepMax) this.drop(slots.pop()!);
    this.noteThreshold(partition, ranking);
  }

  private place(batch: RecordBatch, row: number, partition: number, keys: readonly Scalar[], known?: number): void {
    const ranking = this.rankingOf(partition);
    const at = known ?? ranking.placeFor(keys, this.keys, this.order);
    const { maxGroups } = this.context.limits;
    if (this.pool.used >= maxGroups) {
      throw limitExceeded('maxGroups', maxGroups, maxGroups + 1, 'Rank over fewer rows or partitions, or raise the limit "maxGroups".');
    }
    const slot = this.pool.take();
    this.rows.ensure(slot + 1);
    this.changes.store(row, slot);
    this.keys[slot] = keys;
    this.slotsByRow?.add(this.identityOf(batch, row), slot);
    ranking.slots.splice(at, 0, slot);
  }

  private remove(batch: RecordBatch, row: number, partition: number): void {
    const ranking = this.rankings[partition];
    const slot = this.slotsByRow?.take(this.identityOf(batch, row));
    if (ranking === undefined || slot === undefined) return;
    ranking.slots.splice(ranking.positionOf(slot, this.keys, this.order), 1);
    this.drop(slot);
  }

  private drop(slot: number): void {
    this.keys[slot] = NO_KEYS;
    this.changes.free(slot);
  }

  private inView(partition: number): readonly number[] {
    return this.rankings[partition]?.slots.slice(this.node.offset, this.last) ?? [];
  }

  private tellDifference(before: readonly number[], after: readonly number[], watermark: number): void {
    for (const slot of before) if (!after.includes(slot)) this.changes.emit(slot, Op.delete, watermark);
    for (const slot of after) if (!before.includes(slot)) this.changes.emit(slot, Op.insert, watermark);
  }

  private sortKeys(batch: RecordBatch, row: number): readonly Scalar[] | null {
    try {
      return this.keysOf(batch, row);
    } catch (error) {
      reportRow(this, this.context, this.node.input.fields, { batch, row }, error);
      return null;
    }
  }

  private rankingOf(partition: number): Ranking {
    const known = this.rankings[partition];
    if (known !== undefined) return known;
    const made = new Ranking();
    this.rankings[partition] = made;
    this.thresholds?.note(partition, null);
    return made;
  }

  private noteThreshold(partition: number, ranking: Ranking): void {
    const worst = ranking.slots[this.keepMax - 1];
    this.thresholds?.note(partition, worst === undefined ? null : this.keys[worst]![0]!);
  }

  private dropIfEmpty(partition: number): void {
    const ranking = this.rankings[partition];
    if (ranking !== undefined && ranking.slots.length > 0) return;
    this.rankings[partition] = undefined;
    this.partitions.release(partition);
  }

  /** There is one partition per open window, so that looking at all of them is cheap. */
  private freeClosed(bound: number): void {
    const { view } = this.rows;
    const ends = view.columns[this.node.partitionBy[0]!]!;
    for (let id = 0; id < this.partitions.limit; id++) {
      const slots = this.rankings[id]?.slots;
      if (slots === undefined || Number(scalarAt(ends, slots[0]!)) > bound) continue;
      for (const slot of slots) {
        this.slotsByRow?.take(this.identityOf(view, slot));
        this.keys[slot] = NO_KEYS;
        this.pool.give(slot);
      }
      this.rankings[id] = undefined;
      this.partitions.release(id);
    }
    this.measure();
  }

  private measure(): void {
    this.metrics.stateEntries = this.pool.used;
    this.metrics.stateBytes = this.rows.bytes + this.partitions.bytes + this.pool.used * 64;
  }
}

const NO_KEYS: readonly Scalar[] = [];
const watermarkAt = (batch: RecordBatch, row: number): number => batch.watermarks?.[row] ?? Number.NEGATIVE_INFINITY;
