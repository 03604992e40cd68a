import type { AggregateNode } from '../../sql/plan/plan.ts';
import { Op, type RecordBatch } from '../../values/record-batch.ts';
import { applyRow, type InputRow, isUpdate, type RowTarget, replaceRow } from '../aggregates/apply-row.ts';
import { ChangeEmitter } from '../aggregates/change-emitter.ts';
import { FastRows } from '../aggregates/fast-rows.ts';
import { GroupBucket } from '../aggregates/group-bucket.ts';
import { groupResults } from '../aggregates/group-store.ts';
import type { KernelHost } from '../aggregates/kernel-state.ts';
import { type Bounds, ResultRows } from '../aggregates/result-rows.ts';
import { unchanged } from '../aggregates/unchanged.ts';
import { SLOW_ROWS, type WhereRows } from '../aggregates/where-rows.ts';
import { isVolatile } from '../compile/codegen/used-columns.ts';
import { KeyNumbers } from '../keys/key-numbers.ts';
import { newMetrics, type Operator, type OperatorParts, type Output, type ReadPart, type RuntimeContext } from '../operator.ts';
import { quietAggregatesOf } from '../quiet-aggregates.ts';
import type { KeyColumns } from '../rows/key-columns.ts';
import { reportRow } from '../rows/record-failure.ts';
import type { StateReader, StateWriter } from '../state/codec.ts';
import { type AggregateEnv, type AggregateRows, aggregateRows, checkGroups, inputsOf } from './aggregate-rows.ts';

const NO_BOUNDS: Bounds = { start: Number.NaN, end: Number.NaN };

/**
 * GROUP BY without a window. State: one entry per group for as long as the query runs (or until the last row of the group
 * is taken back), at most `maxGroups`. A restored operator goes on bit by bit as the one that was saved.
 */
export function makeAggregate(node: AggregateNode, context: RuntimeContext, env: AggregateEnv): Operator {
  return new UnwindowedAggregate(node, context, env);
}

interface At {
  readonly batch: RecordBatch;
  readonly row: number;
  readonly keys: KeyColumns;
}

class UnwindowedAggregate implements Operator {
  readonly kind = 'Aggregate';
  readonly metrics = newMetrics();
  private readonly node: AggregateNode;
  private readonly context: RuntimeContext;
  private readonly rows: AggregateRows;
  private bucket: GroupBucket;
  private readonly results: ResultRows;
  private readonly target: RowTarget;
  private readonly fast: FastRows | null;
  private readonly where: WhereRows | null;
  /** Loops that test the filter beneath as well. */
  private readonly filtering: FastRows | null;
  /** Batch at hand of the generated loops. */
  private current: RecordBatch | null = null;
  private sequence = 0;
  readonly byPart: OperatorParts = {
    hold: () => undefined,
    startAt: () => undefined,
    take: (writer) => this.takePart(writer),
    read: (reader) => this.readPart(reader),
  };

  constructor(node: AggregateNode, context: RuntimeContext, env: AggregateEnv) {
    this.node = node;
    this.context = context;
    this.rows = aggregateRows(node, env);
    const { keys, plan, last } = this.rows;
    this.bucket = this.emptyBucket();
    const { metrics } = this;
    this.results = new ResultRows({
      fields: node.fields,
      keys,
      windowed: false,
      updates: node.changes !== 'append',
      batchRows: context.batchRows,
      metrics,
    });
    const keepsEmpty = keys.width === 0;
    const quiet = quietAggregatesOf(env.root).has(node) ? unchanged : null;
    const options = { retracts: node.changes === 'retract', perBatch: context.changes === 'per-batch', keepsEmpty, quiet };
    const changes = node.emit === 'changes' ? new ChangeEmitter(this.results, options) : null;
    const { add, retract, maxGroups } = this.rows;
    const suits = FastRows.suits({ node, plan, context });
    this.fast = suits ? new FastRows({ node, plan, context, env: env.env, touches: last, quiet }, this.host()) : null;
    this.where = env.where ?? null;
    const fused = suits && this.where !== null && !isVolatile(this.where.predicate);
    this.filtering = fused
      ? new FastRows({ node, plan, context, env: env.env, touches: last, where: this.where!.predicate }, this.host())
      : null;
    this.target = { keys, add, retract, changes, keepsEmpty, room: () => checkGroups(this.bucket.live + 1, maxGroups) };
  }

  process(_port: number, batch: RecordBatch, from: number, to: number, out: Output): void {
    const { where } = this;
    if (where === null) this.take(batch, from, to, out);
    else this.filtered(where, batch, from, to, out);
  }

  /** Tests and adds rows in one loop, as far as that goes. */
  private filtered(where: WhereRows, batch: RecordBatch, from: number, to: number, out: Output): void {
    const { rows, filtering } = this;
    const slow = (first: number, end: number): void => where.pass(batch, first, end, (b) => this.take(b, 0, b.length, out));
    const keys =
      filtering === null || batch.ops !== null || (rows.calculatesKeys && where.dropsMost) ? null : rows.readKeys(batch, from, to);
    const at = keys === null ? null : { batch, keys, bucket: this.bucket, out };
    if (keys === null || keys.failed !== null || !filtering!.takes(at!)) {
      slow(from, to);
      return;
    }
    for (let row = from; row < to; ) {
      rows.keys.bind(keys);
      this.current = batch;
      const taken = filtering!.run(at!, row, to, this.sequence);
      const { dropped } = filtering!;
      where.tested(taken - row, dropped);
      this.metrics.rowsIn += taken - row - dropped;
      this.sequence += taken - row;
      row = Math.min(to, taken + SLOW_ROWS);
      if (taken < row) slow(taken, row);
    }
    this.measure();
  }

  private take(batch: RecordBatch, from: number, to: number, out: Output): void {
    const { rows, fast } = this;
    const keys = rows.readKeys(batch, from, to);
    rows.keys.bind(keys);
    this.metrics.rowsIn += to - from;
    this.current = batch;
    const at = { batch, keys, bucket: this.bucket, out };
    for (let row = from; row < to; ) {
      const taken = fast === null || keys.failed !== null || batch.ops !== null ? row : fast.run(at, row, to, this.sequence);
      this.sequence += taken - row;
      row = taken;
      if (row === to) break;
      // late rows stay late for whoever reads the results
      if (batch.watermarks !== null) this.results.watermark = batch.watermarks[row]!;
      if (isUpdate(batch, row, to)) {
        this.takeUpdate({ batch, row, keys }, out);
        row += 2;
        continue;
      }
      this.takeRow({ batch, row, keys }, out);
      row++;
      if (fast !== null) this.target.changes?.flush(out);
    }
    this.target.changes?.flush(out);
    this.measure();
  }

  watermark(_port: number, time: number, out: Output): void {
    this.metrics.watermark = time;
    if (this.where !== null) this.where.metrics.watermark = time;
    out.watermark(time);
  }

  end(_port: number, out: Output): void {
    if (this.node.emit !== 'final') return;
    const { bucket } = this;
    // SUM of nothing is one row of NULLs, COUNT of nothing is 0.
    if (this.rows.keys.width === 0 && bucket.live === 0) bucket.add(0, 0);
    for (const group of bucket.inOrder()) {
      this.results.add(Op.insert, bucket, group, NO_BOUNDS, groupResults(bucket.store, group, []), out);
    }
    this.results.flush(out);
  }

  snapshot(writer: StateWriter): void {
    const { bucket } = this;
    writer.section('aggregate');
    writer.integer(this.sequence);
    const keys = new KeyNumbers(this.rows.keys.limit);
    for (const group of bucket.inOrder()) keys.add(bucket.keyIds[group]!);
    this.rows.keys.write(writer, keys.ids, keys.ids.length);
    bucket.write(writer, keys.numbers);
  }

  restore(reader: StateReader): void {
    reader.section('aggregate');
    this.sequence = reader.integer();
    const ids = this.rows.keys.read(reader);
    this.bucket.read(reader, ids);
    this.measure();
  }

  private takePart(writer: StateWriter): void {
    const isSpecial = this.metrics.rowErrors > 0 && this.rows.plan.sets.some((set) => set.checked);
    writer.section('part');
    writer.boolean(isSpecial);
    this.snapshot(writer);
    this.bucket.close();
    this.bucket = this.emptyBucket();
    this.sequence = 0;
  }

  private readPart(reader: StateReader): ReadPart {
    reader.section('part');
    const isSpecial = reader.boolean();
    reader.section('aggregate');
    const rows = reader.integer();
    const read = this.emptyBucket();
    read.read(reader, this.rows.keys.read(reader), this.sequence);
    const join = (): void => {
      this.bucket.join(read, this.target.room);
      read.close();
      this.sequence += rows;
      this.measure();
    };
    return { fits: !isSpecial && !this.bucket.isNearLimit(read), join, drop: () => read.close() };
  }

  private emptyBucket(): GroupBucket {
    const { plan, keys, last } = this.rows;
    return new GroupBucket(Number.NaN, plan, keys, last);
  }

  private takeRow(at: At, out: Output): void {
    const input = this.inputOf(at);
    if (input !== undefined) this.applyAlone(input, at, out);
  }

  /** The row at hand leaves, the next one comes in its place. */
  private takeUpdate(at: At, out: Output): void {
    const next = { ...at, row: at.row + 1 };
    const old = this.inputOf(at);
    const input = old && this.inputOf(next);
    if (input === undefined) {
      if (old === undefined) this.takeRow(next, out);
      else this.applyAlone(old, at, out);
      return;
    }
    try {
      replaceRow(this.target, this.bucket, old as InputRow, input, NO_BOUNDS, out);
    } catch (error) {
      reportRow(this, this.context, this.node.input.fields, next, error);
    }
  }

  private applyAlone(input: InputRow, at: At, out: Output): void {
    try {
      applyRow(this.target, this.bucket, input, NO_BOUNDS, out);
    } catch (error) {
      reportRow(this, this.context, this.node.input.fields, at, error);
    }
  }

  /** Undefined when the row could not be calculated, which is reported. */
  private inputOf(at: At): InputRow | undefined {
    const { batch, row } = at;
    const sequence = this.sequence++;
    const inputs = inputsOf(this, this.context, this.node, this.rows, at);
    if (inputs === undefined) return undefined;
    return { batch, row, inputs, keyId: this.rows.keys.idOf(row), sequence, eventTime: batch.meta.eventTime?.[row] ?? Number.NaN };
  }

  private host(): Omit<KernelHost, 'out'> {
    return {
      keys: this.rows.keys,
      paneMs: Number.NaN,
      bucketAt: () => this.bucket,
      room: () => this.target.room(),
      failed: (row, error) => reportRow(this, this.context, this.node.input.fields, { batch: this.current!, row }, error),
      emitted: (rows) => {
        this.metrics.rowsOut += rows;
      },
    };
  }

  private measure(): void {
    this.metrics.stateEntries = this.bucket.live;
    this.metrics.stateBytes = this.bucket.bytes + this.rows.keys.bytes;
  }
}
