import { limitExceeded } from '../../diagnostics/codes/engine.ts';
import { unknownTable } from '../../diagnostics/codes/stateful.ts';
import type { TableJoinNode } from '../../sql/plan/plan.ts';
import { sliceBatch, takeBatch } from '../../values/batch-gather.ts';
import { constantColumn, takeColumn, takeColumnPadded } from '../../values/column-gather.ts';
import { NO_META, Op, type RecordBatch } from '../../values/record-batch.ts';
import { type CompileEnv, compilePairExpression, type PairExpression } from '../compile/compile-expression.ts';
import { countRows, newJoinCounts } from '../joins/join-counts.ts';
import { makeTableLookup, type TableLookup } from '../joins/table-lookup.ts';
import { newMetrics, type Operator, type Output, type RuntimeContext } from '../operator.ts';
import { emitBatch } from '../rows/emit-batch.ts';
import { reportRow } from '../rows/record-failure.ts';
import { grownInts } from '../rows/slot-pool.ts';
import type { StateReader, StateWriter } from '../state/codec.ts';
import { ColumnarTable } from '../tables/columnar-table.ts';

/**
 * Rows of the input with the rows of a table that match them now, in the table's order; `left` pads rows without a match
 * with NULLs. A NULL key matches nothing. A change of the table alone emits nothing.
 *
 * State: none of its own (the table is the store's). Bound: `maxJoinFanout` rows per input row. What is remembered by dictionary
 * code is dropped when the table changes. A restored operator finds the restored table.
 */
export const makeTableJoin = (node: TableJoinNode, context: RuntimeContext, env: CompileEnv): Operator => new TableJoin(node, context, env);

interface OpenTable {
  readonly table: ColumnarTable;
  readonly columns: readonly number[];
  readonly lookup: TableLookup;
}

class TableJoin implements Operator {
  readonly kind = 'table-join';
  private readonly counts = newJoinCounts();
  readonly metrics = { ...newMetrics(), join: this.counts };
  private readonly node: TableJoinNode;
  private readonly context: RuntimeContext;
  private readonly env: CompileEnv;
  private readonly residual: PairExpression | null;
  private open: OpenTable | null = null;
  private rows = new Int32Array(1024);
  private slots = new Int32Array(1024);
  private count = 0;

  constructor(node: TableJoinNode, context: RuntimeContext, env: CompileEnv) {
    this.node = node;
    this.context = context;
    this.env = env;
    this.residual = node.residual === null ? null : compilePairExpression(node.residual, node.input.fields.length, env);
  }

  process(_port: number, batch: RecordBatch, from: number, to: number, out: Output): void {
    this.metrics.rowsIn += to - from;
    countRows(this.counts, 0, to - from);
    const open = this.openTable();
    if (open === null) {
      this.withoutTable(sliceBatch(batch, from, to), out);
      return;
    }
    const right = this.tableRows(open);
    const find = open.lookup.bind(batch);
    for (let row = from; row < to; row++) {
      const before = this.count;
      try {
        this.match(batch, row, right, find(row));
      } catch (error) {
        this.count = before;
        reportRow(this, this.context, this.node.input.fields, { batch, row }, error);
        continue;
      }
      if (this.count === before) this.unmatched(row);
      // the two halves of an update stay in one batch
      if (this.count >= this.context.batchRows && batch.ops?.[row] !== Op.updateBefore) this.flush(batch, right, out);
    }
    this.flush(batch, right, out);
  }

  watermark(_port: number, time: number, out: Output): void {
    this.metrics.watermark = time;
    out.watermark(time);
  }

  end(): void {
    // Nothing is held back.
  }

  snapshot(writer: StateWriter): void {
    writer.section('table-join');
  }

  restore(reader: StateReader): void {
    reader.section('table-join');
  }

  private openTable(): OpenTable | null {
    if (this.open !== null) return this.open;
    const { node, context } = this;
    const table = context.tables.find(node.table);
    if (table === undefined) {
      if (node.missing === 'fail') throw unknownTable(node.table, context.tables.names());
      return null;
    }
    if (!(table instanceof ColumnarTable)) throw unknownTable(node.table, context.tables.names());
    const columns = node.tableColumns.map((name) => table.fields.findIndex((field) => field.name === name));
    this.open = { table, columns, lookup: makeTableLookup(node, table, columns, this.env) };
    return this.open;
  }

  /** The table's slots with its columns in the order of the join. */
  private tableRows(open: OpenTable): RecordBatch {
    const { view } = open.table;
    return { ...view, columns: open.columns.map((c) => view.columns[c]!), meta: NO_META };
  }

  private match(batch: RecordBatch, row: number, right: RecordBatch, slots: readonly number[]): void {
    const { residual } = this;
    if (slots.length > this.context.limits.maxJoinFanout) this.failFanout(slots.length);
    for (let i = 0; i < slots.length; i++) {
      if (residual === null || residual(batch, row, right, slots[i]!) === true) this.push(row, slots[i]!);
    }
  }

  private failFanout(observed: number): never {
    const allowed = this.context.limits.maxJoinFanout;
    throw limitExceeded(
      'maxJoinFanout',
      allowed,
      observed,
      `Join "${this.node.table}" by more of its key, or raise the limit "maxJoinFanout".`,
    );
  }

  private unmatched(row: number): void {
    this.counts.misses++;
    // What is padded is no pair, and `flush` counts whatever is there.
    this.counts.matches -= this.node.join === 'left' ? 1 : 0;
    if (this.node.join === 'left') this.push(row, -1);
    else this.metrics.rowsFiltered++;
  }

  private push(row: number, slot: number): void {
    if (this.count === this.rows.length) {
      this.rows = grownInts(this.rows, this.count * 2);
      this.slots = grownInts(this.slots, this.count * 2);
    }
    this.rows[this.count] = row;
    this.slots[this.count++] = slot;
  }

  private flush(batch: RecordBatch, right: RecordBatch, out: Output): void {
    const { count, slots } = this;
    if (count === 0) return;
    this.count = 0;
    this.counts.matches += count;
    const left = this.isWholeBatch(batch, count) ? batch : takeBatch(batch, this.rows, count);
    const isPadded = this.node.join === 'left' && slots.subarray(0, count).includes(-1);
    const columns = right.columns.map((column) => (isPadded ? takeColumnPadded(column, slots, count) : takeColumn(column, slots, count)));
    const ops = left === batch ? batch.ops : this.pairedOps(batch, count);
    emitBatch({ ...left, columns: [...left.columns, ...columns], ops }, this.context.batchRows, this.metrics, out);
  }

  /** Operations of the pairs: an update is one where both of its halves are one pair each; else its halves are deletes and inserts. */
  private pairedOps({ ops }: RecordBatch, count: number): Uint8Array | null {
    if (ops === null) return null;
    const rows = this.rows.subarray(0, count);
    const isOne = (at: number): boolean => rows[at - 1] !== rows[at] && rows[at + 1] !== rows[at];
    return Uint8Array.from(rows, (row, at) => {
      const op = ops[row]!;
      if (op === Op.updateBefore) return isOne(at) && rows[at + 1] === row + 1 && isOne(at + 1) ? op : Op.delete;
      return op === Op.updateAfter && !(isOne(at) && rows[at - 1] === row - 1 && isOne(at - 1)) ? Op.insert : op;
    });
  }

  /** Every row found exactly one: the input columns can be passed on as they are. */
  private isWholeBatch(batch: RecordBatch, count: number): boolean {
    if (count !== batch.length) return false;
    const { rows } = this;
    for (let i = 0; i < count; i++) if (rows[i] !== i) return false;
    return true;
  }

  private withoutTable(batch: RecordBatch, out: Output): void {
    if (this.node.missing === 'skip') {
      this.metrics.rowsFiltered += batch.length;
      return;
    }
    const columns = this.node.tableFields.map((field) => constantColumn(field.type, null, batch.length));
    emitBatch({ ...batch, columns: [...batch.columns, ...columns] }, this.context.batchRows, this.metrics, out);
  }
}
