import { limitExceeded } from '../../diagnostics/codes/engine.ts';
import type { OverNode } from '../../sql/plan/plan.ts';
import { columnBuilder } from '../../values/column-builder.ts';
import { Op, type OpCode, type RecordBatch, weightOf } from '../../values/record-batch.ts';
import type { Scalar } from '../../values/types.ts';
import { type CompileEnv, compileRow, type RowExpressions } from '../compile/compile-expression.ts';
import { newMetrics, type Operator, type Output, type RuntimeContext } from '../operator.ts';
import { OrderedCalls } from '../over/ordered-calls.ts';
import { ChangeOutput } from '../rows/change-output.ts';
import { type KeyReader, makeKeyReader } from '../rows/key-columns.ts';
import { KeyTable } from '../rows/key-table.ts';
import { Ranking } from '../rows/ranking.ts';
import { type RankedRows, readRankings, writeRankings } from '../rows/ranking-state.ts';
import { reportRow } from '../rows/record-failure.ts';
import { RowSlots, rowIdentity } from '../rows/row-identity.ts';
import { SlotPool } from '../rows/slot-pool.ts';
import { type RowOrder, rowOrder } from '../rows/sort-order.ts';
import { StoredRows } from '../rows/stored-rows.ts';
import type { StateReader, StateWriter } from '../state/codec.ts';

/**
 * OVER calls with one PARTITION BY and ORDER BY above rows that change. All rows of a partition are kept in order; a change calculates the
 * calls anew for the rows whose frames it touches, and each whose values are others now is told as an update. What stands at the end is
 * what a batch over the final rows gives.
 *
 * State: all rows with their sort keys and values. Bound: `maxGroups` rows; nothing is freed before the input takes rows back. A restored
 * operator has the same rows in the same order.
 */
export const makeChangingOver = (node: OverNode, context: RuntimeContext, env: CompileEnv): Operator =>
  new ChangingOver(node, context, env);

/** A row that comes, with its sort keys and what the calls read of it. */
interface Arrival {
  readonly row: number;
  readonly keys: readonly Scalar[];
  readonly inputs: readonly Scalar[];
}

class ChangingOver implements Operator, RankedRows {
  readonly kind = 'over';
  readonly metrics = newMetrics();
  private readonly node: OverNode;
  private readonly context: RuntimeContext;
  private readonly calls: OrderedCalls;
  private readonly readPartition: KeyReader;
  readonly partitions: KeyTable;
  private readonly keysOf: RowExpressions;
  private readonly order: RowOrder;
  private readonly identityOf: (batch: RecordBatch, row: number) => string;
  private readonly slotsByRow = new RowSlots();
  readonly rows: StoredRows;
  private readonly pool = new SlotPool();
  private readonly changes: ChangeOutput;
  private readonly columns: readonly ReturnType<typeof columnBuilder>[];
  readonly rankings: (Ranking | undefined)[] = [];
  /** By slot: sort keys, what the calls read, and their values. */
  private readonly keys: (readonly Scalar[])[] = [];
  private readonly inputs: (readonly Scalar[])[] = [];
  private readonly results: (readonly Scalar[])[] = [];

  constructor(node: OverNode, context: RuntimeContext, env: CompileEnv) {
    this.node = node;
    this.context = context;
    const { partitionBy, orderBy } = node.calls[0]!;
    this.calls = new OrderedCalls(node.calls, env);
    this.readPartition = makeKeyReader(partitionBy, env);
    this.partitions = new KeyTable(
      partitionBy.map((e) => e.type),
      { nulls: 'equal' },
    );
    this.keysOf = compileRow(
      orderBy.map((key) => key.expr),
      env,
    );
    this.order = rowOrder(orderBy);
    this.identityOf = rowIdentity(node.input.fields);
    this.rows = new StoredRows(node.input.fields);
    this.columns = node.calls.map((call) => columnBuilder(call.type));
    this.changes = new ChangeOutput(this.rows, (slot) => this.pool.give(slot), false, this.columns);
  }

  process(_port: number, batch: RecordBatch, from: number, to: number, out: Output): void {
    this.metrics.rowsIn += to - from;
    const { columns, offset, failed } = this.readPartition(batch, from, to);
    const lookup = this.partitions.bind(columns);
    const { ops } = batch;
    for (let row = from; row < to; row++) {
      const failure = failed?.get(row);
      if (failure !== undefined) {
        reportRow(this, this.context, this.node.input.fields, { batch, row }, failure);
        continue;
      }
      const partition = lookup(row - offset, true);
      if (ops === null || weightOf(ops[row]!) > 0) this.change(batch, partition, null, row);
      else {
        const isUpdate = ops[row] === Op.updateBefore && row + 1 < to && ops[row + 1] === Op.updateAfter;
        const isOne = isUpdate && failed?.get(row + 1) === undefined && lookup(row + 1 - offset, true) === partition;
        this.change(batch, partition, row, isOne ? row + 1 : null);
        if (isOne) row++;
      }
      if (this.changes.length >= this.context.batchRows) this.changes.flush(batch, this.context.batchRows, this.metrics, out);
    }
    this.changes.flush(batch, this.context.batchRows, this.metrics, out);
    this.measure();
  }

  watermark(_port: number, time: number, out: Output): void {
    this.metrics.watermark = time;
    out.watermark(time);
  }

  end(): void {
    // All values have been told.
  }

  snapshot(writer: StateWriter): void {
    writer.section('changing-over');
    writeRankings(writer, this, (slot) => [...this.keys[slot]!, ...this.inputs[slot]!, ...this.results[slot]!]);
  }

  restore(reader: StateReader): void {
    reader.section('changing-over');
    const some = (length: number): Scalar[] => Array.from({ length }, () => reader.scalar());
    readRankings(reader, this, (slot, batch) => {
      this.pool.take();
      this.slotsByRow.add(this.identityOf(batch, slot), slot);
      this.keys[slot] = some(this.node.calls[0]!.orderBy.length);
      this.inputs[slot] = some(this.calls.inputs);
      this.results[slot] = some(this.node.calls.length);
    });
    this.measure();
  }

  /** Takes a row out, puts one in, or both; tells what that changes. A row that cannot be calculated is reported and stays out. */
  private change(batch: RecordBatch, partition: number, removed: number | null, added: number | null): void {
    this.rankings[partition] ??= new Ranking();
    try {
      this.apply(batch, partition, removed, added === null ? null : this.arrival(batch, added));
    } catch (error) {
      reportRow(this, this.context, this.node.input.fields, { batch, row: added ?? removed! }, error);
      // What it replaces is gone all the same.
      if (removed !== null && added !== null) this.change(batch, partition, removed, null);
      else this.settle(partition);
    }
  }

  private arrival(batch: RecordBatch, row: number): Arrival {
    return { row, keys: this.keysOf(batch, row), inputs: this.calls.read(batch, row) };
  }

  private apply(batch: RecordBatch, partition: number, removed: number | null, added: Arrival | null): void {
    const ranking = this.rankings[partition]!;
    const { slots } = ranking;
    const watermark = batch.watermarks?.[removed ?? added!.row] ?? Number.NEGATIVE_INFINITY;
    // Rows that are there, or were, between these places.
    let [from, to] = [Number.POSITIVE_INFINITY, 0];
    const identity = removed === null ? '' : this.identityOf(batch, removed);
    const old = removed === null ? undefined : this.slotsByRow.take(identity);
    const place = old === undefined ? -1 : ranking.positionOf(old, this.keys, this.order);
    if (old !== undefined) {
      slots.splice(place, 1);
      [from, to] = [place, place];
    }
    const slot = added === null ? undefined : this.store(batch, added);
    if (slot !== undefined) {
      const at = ranking.placeFor(this.keys[slot]!, this.keys, this.order);
      slots.splice(at, 0, slot);
      [from, to] = [Math.min(from, at), Math.max(to + 1, at + 1)];
    }
    let fresh: Map<number, readonly Scalar[]>;
    try {
      fresh = this.calls.evaluate(slots, this.inputs, this.keys, { from, to });
    } catch (error) {
      if (slot !== undefined) {
        this.forget(batch, slot, added!.row, slots);
        if (old !== undefined) {
          slots.splice(place, 0, old);
          this.slotsByRow.add(identity, old);
        }
      } else if (old !== undefined) this.takeBack(old, watermark);
      throw error;
    }
    this.tell(old, slot, fresh, watermark);
    for (const [each, values] of fresh) this.results[each] = values;
    if (old !== undefined) this.changes.free(old);
    this.settle(partition);
  }

  /** A row whose arrival no call can take is as if it had not come. */
  private forget(batch: RecordBatch, slot: number, row: number, slots: number[]): void {
    slots.splice(slots.indexOf(slot), 1);
    this.slotsByRow.take(this.identityOf(batch, row));
    this.changes.free(slot);
  }

  /** A row leaves though the others cannot be calculated without it: those keep the values that were told. */
  private takeBack(old: number, watermark: number): void {
    this.emit(old, Op.delete, this.results[old]!, watermark);
    this.changes.free(old);
  }

  /** A partition without rows needs no place. */
  private settle(partition: number): void {
    if (this.rankings[partition]?.slots.length !== 0) return;
    this.rankings[partition] = undefined;
    this.partitions.release(partition);
  }

  private tell(old: number | undefined, added: number | undefined, fresh: ReadonlyMap<number, readonly Scalar[]>, watermark: number): void {
    const isUpdate = old !== undefined && added !== undefined;
    if (old !== undefined) this.emit(old, isUpdate ? Op.updateBefore : Op.delete, this.results[old]!, watermark);
    if (added !== undefined) this.emit(added, isUpdate ? Op.updateAfter : Op.insert, fresh.get(added)!, watermark);
    for (const [slot, values] of fresh) {
      const before = this.results[slot]!;
      if (slot === added || values.every((value, i) => Object.is(value, before[i]))) continue;
      this.emit(slot, Op.updateBefore, before, watermark);
      this.emit(slot, Op.updateAfter, values, watermark);
    }
  }

  private emit(slot: number, op: OpCode, values: readonly Scalar[], watermark: number): void {
    for (let i = 0; i < values.length; i++) this.columns[i]!.append(values[i]!);
    this.changes.emit(slot, op, watermark);
  }

  private store(batch: RecordBatch, { row, keys, inputs }: Arrival): number {
    const { maxGroups } = this.context.limits;
    if (this.pool.used >= maxGroups) {
      throw limitExceeded('maxGroups', maxGroups, maxGroups + 1, 'Keep fewer rows below OVER, or raise the limit "maxGroups".');
    }
    const slot = this.pool.take();
    this.rows.ensure(slot + 1);
    this.changes.store(row, slot);
    this.slotsByRow.add(this.identityOf(batch, row), slot);
    this.keys[slot] = keys;
    this.inputs[slot] = inputs;
    this.results[slot] = [];
    return slot;
  }

  private measure(): void {
    this.metrics.stateEntries = this.pool.used;
    this.metrics.stateBytes = this.rows.bytes + this.partitions.bytes + this.pool.used * 160;
  }
}
