import { limitExceeded } from '../../diagnostics/codes/engine.ts';
import type { RankNode } from '../../sql/plan/plan.ts';
import { windowLateness } from '../../sql/plan/tree/window-lateness.ts';
import { scalarAt } from '../../values/column-read.ts';
import { NO_META, Op, type RecordBatch, weightOf } from '../../values/record-batch.ts';
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
 * Keeps the rows of each partition whose place is at most `count`: by ROW_NUMBER (ties by arrival), RANK or DENSE_RANK (ties share a
 * place). `changes`: what enters, leaves or moves is told at once; a row that takes another's place is an update where the place tells
 * the row. `final`: the rows of a window come out in order of their place when the watermark passes its end, and are final.
 *
 * State: of an append-only input the rows in view, of an updating one all rows, since any may come back into view. Bound: `maxGroups`
 * rows. Partitions by the end of a window are freed when the watermark passes it. A restored operator has the same rankings.
 */
export const makeRank = (node: RankNode, context: RuntimeContext, env: CompileEnv): Operator => new Rank(node, context, env);

/** A row in view. */
interface Placed {
  readonly slot: number;
  readonly place: number;
}

class Rank implements Operator, RankedRows {
  readonly kind = 'rank';
  readonly metrics = newMetrics();
  private readonly node: RankNode;
  private readonly context: RuntimeContext;
  private readonly keysOf: RowExpressions;
  private readonly order: RowOrder;
  private readonly isAppend: boolean;
  /** A place belongs to one row at a time. */
  private readonly isNumbered: boolean;
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
  /** The first window that may close. */
  private due = Number.POSITIVE_INFINITY;

  constructor(node: RankNode, context: RuntimeContext, env: CompileEnv) {
    this.node = node;
    this.context = context;
    this.keysOf = compileRow(
      node.keys.map((key) => key.expr),
      env,
    );
    this.order = rowOrder(node.keys);
    this.isAppend = node.input.changes === 'append';
    this.isNumbered = node.fn === 'row_number';
    this.rows = new StoredRows(node.input.fields);
    this.changes = new ChangeOutput(this.rows, (slot) => this.pool.give(slot), node.showsPlace);
    this.identityOf = rowIdentity(node.input.fields);
    this.slotsByRow = this.isAppend ? null : new RowSlots();
    this.partitions = new KeyTable(
      node.partitionBy.map((c) => node.input.fields[c]!.type),
      { nulls: 'equal' },
    );
    this.thresholds = this.isAppend && this.isNumbered ? Thresholds.forKeys(node.keys) : null;
    this.latenessMs = node.windowEnd === null ? null : windowLateness(node.input, node.windowEnd);
  }

  process(_port: number, batch: RecordBatch, from: number, to: number, out: Output): void {
    this.metrics.rowsIn += to - from;
    const lookup = this.partitions.bind(this.node.partitionBy.map((c) => batch.columns[c]!));
    const passes = this.thresholds?.bind(batch) ?? null;
    const ends = this.node.windowEnd === null ? null : batch.columns[this.node.windowEnd]!;
    let rejected = 0;
    for (let row = from; row < to; row++) {
      if (passes !== null) {
        const partition = lookup(row, false);
        if (partition >= 0 && !passes(partition, row)) {
          rejected++;
          continue;
        }
      }
      if (ends !== null) this.due = Math.min(this.due, Number(scalarAt(ends, row)));
      row += this.change(batch, row, to, lookup);
      if (this.changes.length >= this.context.batchRows) this.changes.flush(batch, this.context.batchRows, this.metrics, out);
    }
    this.metrics.rowsFiltered += rejected;
    this.changes.flush(batch, this.context.batchRows, this.metrics, out);
    this.measure();
  }

  watermark(_port: number, time: number, out: Output): void {
    if (this.latenessMs !== null && this.due <= time - this.latenessMs) this.close(time - this.latenessMs, out);
    this.metrics.watermark = time;
    out.watermark(time);
  }

  end(): void {
    // What is in view has been told; windows have closed with the watermark.
  }

  snapshot(writer: StateWriter): void {
    writer.section('rank');
    writeRankings(writer, this, (slot) => this.keys[slot]!);
  }

  restore(reader: StateReader): void {
    reader.section('rank');
    const { windowEnd } = this.node;
    readRankings(reader, this, (slot, batch) => {
      this.pool.take();
      this.keys[slot] = this.node.keys.map(() => reader.scalar());
      this.slotsByRow?.add(this.identityOf(batch, slot), slot);
      if (windowEnd !== null) this.due = Math.min(this.due, Number(scalarAt(batch.columns[windowEnd]!, slot)));
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
    const partition = lookup(row, true);
    const isUpdate = ops[row] === Op.updateBefore && row + 1 < to && ops[row + 1] === Op.updateAfter;
    const isOne = isUpdate && lookup(row + 1, true) === partition;
    const before = this.inView(partition);
    this.remove(batch, row, partition);
    if (isOne) {
      const keys = this.sortKeys(batch, row + 1);
      if (keys !== null) this.place(batch, row + 1, partition, keys);
    }
    this.tellDifference(before, this.inView(partition), watermarkAt(batch, row));
    this.dropIfEmpty(partition);
    return isOne ? 1 : 0;
  }

  private insert(batch: RecordBatch, row: number, lookup: KeyLookup): void {
    const keys = this.sortKeys(batch, row);
    if (keys === null) return;
    const partition = lookup(row, true);
    const ranking = this.rankingOf(partition);
    const at = ranking.placeFor(keys, this.keys, this.order);
    if (this.isAppend && this.placeAt(ranking, at, keys) > this.node.count) {
      this.metrics.rowsFiltered++;
      return;
    }
    const watermark = watermarkAt(batch, row);
    if (this.isNumbered && this.isAppend) {
      this.place(batch, row, partition, keys, at);
      this.tellInsert(ranking.slots, at, watermark);
      if (ranking.slots.length > this.node.count) this.drop(ranking.slots.pop()!);
      this.noteThreshold(partition, ranking);
      return;
    }
    const before = this.inView(partition);
    this.place(batch, row, partition, keys, at);
    const after = this.inView(partition);
    this.tellDifference(before, after, watermark);
    if (this.isAppend) while (ranking.slots.length > after.length) this.drop(ranking.slots.pop()!);
  }

  /** The place of a row that would stand at `at`. */
  private placeAt({ slots }: Ranking, at: number, keys: readonly Scalar[]): number {
    if (this.isNumbered) return at + 1;
    let first = at;
    while (first > 0 && this.order(this.keys[slots[first - 1]!]!, keys) === 0) first--;
    if (this.node.fn === 'rank') return first + 1;
    let different = 1;
    for (let i = 0; i < first; i++) if (i + 1 === first || this.order(this.keys[slots[i]!]!, this.keys[slots[i + 1]!]!) !== 0) different++;
    return different;
  }

  /** The rows from `at` on moved by one, for the row that is there now. */
  private tellInsert(slots: readonly number[], at: number, watermark: number): void {
    const { node, changes } = this;
    if (node.emit === 'final') return;
    const had = Math.min(slots.length - 1, node.count);
    if (!node.showsPlace && node.count > 1) {
      if (had === node.count) changes.emit(slots[node.count]!, Op.delete, watermark);
      changes.emit(slots[at]!, Op.insert, watermark);
      return;
    }
    for (let i = at; i < had; i++) {
      changes.emit(slots[i + 1]!, Op.updateBefore, watermark, i + 1);
      changes.emit(slots[i]!, Op.updateAfter, watermark, i + 1);
    }
    if (had < node.count) changes.emit(slots[had]!, Op.insert, watermark, had + 1);
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
    if (at === ranking.slots.length) ranking.slots.push(slot);
    else ranking.slots.splice(at, 0, slot);
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

  private inView(partition: number): readonly Placed[] {
    const slots = this.rankings[partition]?.slots ?? [];
    const view: Placed[] = [];
    let place = 0;
    for (const [i, slot] of slots.entries()) {
      const isTied = !this.isNumbered && i > 0 && this.order(this.keys[slots[i - 1]!]!, this.keys[slot]!) === 0;
      if (!isTied) place = this.node.fn === 'dense_rank' ? place + 1 : i + 1;
      if (place > this.node.count) break;
      view.push({ slot, place });
    }
    return view;
  }

  private tellDifference(before: readonly Placed[], after: readonly Placed[], watermark: number): void {
    const { node, changes } = this;
    if (node.emit === 'final') return;
    if (this.isNumbered && (node.showsPlace || node.count === 1)) {
      for (let i = 0; i < Math.max(before.length, after.length); i++) {
        const [was, is] = [before[i], after[i]];
        if (was?.slot === is?.slot) continue;
        if (was !== undefined) changes.emit(was.slot, is === undefined ? Op.delete : Op.updateBefore, watermark, i + 1);
        if (is !== undefined) changes.emit(is.slot, was === undefined ? Op.insert : Op.updateAfter, watermark, i + 1);
      }
      return;
    }
    const text = ({ slot, place }: Placed): number => (node.showsPlace ? slot * 2 ** 26 + place : slot);
    const [had, has] = [new Set(before.map(text)), new Set(after.map(text))];
    for (const each of before) if (!has.has(text(each))) changes.emit(each.slot, Op.delete, watermark, each.place);
    for (const each of after) if (!had.has(text(each))) changes.emit(each.slot, Op.insert, watermark, each.place);
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
    const worst = ranking.slots[this.node.count - 1];
    this.thresholds?.note(partition, worst === undefined ? null : this.keys[worst]![0]!);
  }

  private dropIfEmpty(partition: number): void {
    const ranking = this.rankings[partition];
    if (ranking !== undefined && ranking.slots.length > 0) return;
    this.rankings[partition] = undefined;
    this.partitions.release(partition);
  }

  /** Frees the partitions of windows that end at `bound` or before, in order of their end; their rows come out if they are final. */
  private close(bound: number, out: Output): void {
    const { view } = this.rows;
    const ends = view.columns[this.node.windowEnd!]!;
    const closing: { readonly id: number; readonly end: number }[] = [];
    this.due = Number.POSITIVE_INFINITY;
    for (let id = 0; id < this.partitions.limit; id++) {
      const first = this.rankings[id]?.slots[0];
      if (first === undefined) continue;
      const end = Number(scalarAt(ends, first));
      if (end <= bound) closing.push({ id, end });
      else this.due = Math.min(this.due, end);
    }
    closing.sort((a, b) => a.end - b.end);
    for (const { id } of closing) {
      if (this.node.emit === 'final') for (const { slot, place } of this.inView(id)) this.changes.emit(slot, Op.insert, bound, place);
      for (const slot of this.rankings[id]!.slots) {
        this.slotsByRow?.take(this.identityOf(view, slot));
        this.drop(slot);
      }
      this.rankings[id] = undefined;
      this.partitions.release(id);
    }
    this.changes.flush(NOTHING, this.context.batchRows, this.metrics, out);
    this.measure();
  }

  private measure(): void {
    this.metrics.stateEntries = this.pool.used;
    this.metrics.stateBytes = this.rows.bytes + this.partitions.bytes + this.pool.used * 64;
  }
}

const NO_KEYS: readonly Scalar[] = [];
const NOTHING: RecordBatch = { length: 0, columns: [], meta: NO_META, ops: null, watermarks: null };
const watermarkAt = (batch: RecordBatch, row: number): number => batch.watermarks?.[row] ?? Number.NEGATIVE_INFINITY;
