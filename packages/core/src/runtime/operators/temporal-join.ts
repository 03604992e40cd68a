import { limitExceeded } from '../../diagnostics/codes/engine.ts';
import type { PlanNode, TemporalJoinNode } from '../../sql/plan/plan.ts';
import { Op, type OpCode, type RecordBatch, weightOf } from '../../values/record-batch.ts';
import type { Scalar } from '../../values/types.ts';
import {
  type CompileEnv,
  compileExpression,
  compilePairExpression,
  type PairExpression,
  type RowExpression,
} from '../compile/compile-expression.ts';
import { DueHeap } from '../joins/due-heap.ts';
import { followsEventTime } from '../joins/follows-event-time.ts';
import { countRows, newJoinCounts } from '../joins/join-counts.ts';
import { JoinKeys } from '../joins/join-keys.ts';
import { JoinSide } from '../joins/join-side.ts';
import { JoinedOutput, type JoinedTarget } from '../joins/joined-output.ts';
import { makeRowTimes, type RowTimes } from '../joins/row-times.ts';
import { VersionStore } from '../joins/version-store.ts';
import { newMetrics, type Operator, type Output, type RuntimeContext } from '../operator.ts';
import { readRows, writeRows } from '../rows/batch-codec.ts';
import { reportRow } from '../rows/record-failure.ts';
import type { StateReader, StateWriter } from '../state/codec.ts';

/** Versions are looked through for ones to give up when there are this many. */
const SWEEP_MIN = 4096;

/**
 * Joins each left row with the version of the right row that was in force at its `asOf`: the newest one with a time not above
 * it. The residual is tested on that version alone.
 *
 * Against a table the versions known now count: tables load before streams start. Against a stream a row waits until the right
 * watermark is above its `asOf`, when no older version can come any more; rows that are due together come out in the order
 * of `asOf`, then of arrival. Deletions on the right end a version; a NULL key or `asOf` matches nothing.
 *
 * State: versions by key, and the waiting rows. Bound: `maxJoinRows` each, then a coded error. When `asOf` is the left event
 * time, versions that were replaced before the watermark of both sides are given up, so that a late row finds nothing (`rowsLate`).
 * A restored operator has the same versions and waiting rows.
 */
export const makeTemporalJoin = (node: TemporalJoinNode, context: RuntimeContext, env: CompileEnv): Operator =>
  new TemporalJoin(node, context, env);

class TemporalJoin implements Operator {
  readonly kind = 'temporal-join';
  private readonly counts = newJoinCounts();
  readonly metrics = { ...newMetrics(), join: this.counts };
  private readonly node: TemporalJoinNode;
  private readonly context: RuntimeContext;
  private readonly keys: JoinKeys;
  private readonly asOf: RowExpression;
  private readonly versionTimes: RowTimes;
  private readonly residual: PairExpression | null;
  private readonly waits: boolean;
  private readonly givesUp: boolean;
  private readonly versions: VersionStore;
  private readonly waiting: JoinSide;
  private readonly due = new DueHeap();
  private readonly fromBatch: JoinedOutput;
  private readonly fromWaiting: JoinedOutput;
  private watermarks: [left: number, right: number] = [Number.NEGATIVE_INFINITY, Number.NEGATIVE_INFINITY];
  private isExact = false;
  private sweepAt = SWEEP_MIN;

  constructor(node: TemporalJoinNode, context: RuntimeContext, env: CompileEnv) {
    this.node = node;
    this.context = context;
    this.keys = new JoinKeys(node.keys, env);
    this.asOf = compileExpression(node.asOf, env);
    const isTable = readsTable(node.right);
    const times = makeRowTimes(null, env);
    // Rows of a table without event time have always been there.
    this.versionTimes = isTable ? (batch) => (hasTimes(batch) ? times(batch) : () => Number.NEGATIVE_INFINITY) : times;
    this.residual = node.residual === null ? null : compilePairExpression(node.residual, node.left.fields.length, env);
    this.waits = !isTable;
    this.givesUp = followsEventTime(node.left, node.asOf);
    this.versions = new VersionStore(node.right.fields);
    this.waiting = new JoinSide(node.left.fields);
    this.fromBatch = new JoinedOutput(node.left.fields, node.right.fields);
    this.fromWaiting = new JoinedOutput(node.left.fields, node.right.fields);
  }

  process(port: number, batch: RecordBatch, from: number, to: number, out: Output): void {
    this.metrics.rowsIn += to - from;
    countRows(this.counts, port, to - from);
    const target = this.target(out);
    const keys = this.keys.read(port, batch, from, to);
    this.isExact = batch.watermarks !== null;
    const timeOf = port === 1 ? this.versionTimes(batch) : null;
    for (let row = from; row < to; row++) {
      if (batch.watermarks !== null) this.advance(port, batch.watermarks[row]!, batch, target);
      try {
        const failure = keys.failed?.get(row);
        if (failure !== undefined) throw failure;
        if (timeOf === null) this.takeLeft(batch, row, keys.ids[row - from]!, target);
        else this.takeVersion(batch, row, keys.ids[row - from]!, timeOf(row));
      } catch (error) {
        reportRow(this, this.context, port === 0 ? this.node.left.fields : this.node.right.fields, { batch, row }, error);
      }
    }
    this.flushBatch(batch, target);
    if (port === 0) this.waiting.copyPending(batch);
    this.keys.settle();
    this.measure();
  }

  watermark(port: number, time: number, out: Output): void {
    this.advance(port, time, null, this.target(out));
    if (this.givesUp && this.versions.size >= this.sweepAt) {
      this.versions.purge(this.needless(), (key) => this.keys.drop(key));
      this.sweepAt = Math.max(SWEEP_MIN, 2 * this.versions.size);
    }
    this.keys.settle();
    this.measure();
    const passOn = Math.min(this.watermarks[0], this.earliestWaiting());
    if (passOn <= this.metrics.watermark) return;
    this.metrics.watermark = passOn;
    out.watermark(passOn);
  }

  end(): void {
    // The watermark of +Infinity has let every row go.
  }

  snapshot(writer: StateWriter): void {
    writer.section('temporal-join');
    for (const time of [...this.watermarks, this.metrics.watermark]) writer.float(time);
    writer.boolean(this.isExact);
    this.versions.write(writer);
    const { waiting } = this;
    const slots = Int32Array.from({ length: waiting.count }, (_, slot) => slot).filter((slot) => waiting.dead[slot] === 0);
    writeRows(writer, waiting.rows.view, slots, slots.length);
    writer.float64s(
      Float64Array.from(slots, (slot) => waiting.times[slot]!),
      slots.length,
    );
    writer.int32s(
      slots.map((slot) => waiting.matches[slot]!),
      slots.length,
    );
  }

  restore(reader: StateReader): void {
    reader.section('temporal-join');
    this.watermarks = [reader.float(), reader.float()];
    this.metrics.watermark = reader.float();
    this.isExact = reader.boolean();
    this.versions.read(reader, (batch) => {
      const { ids } = this.keys.read(1, batch, 0, batch.length);
      for (let row = 0; row < batch.length; row++) this.keys.hold(ids[row]!);
      return ids;
    });
    const batch = readRows(reader);
    const times = reader.float64s();
    const ops = reader.int32s();
    const { ids } = this.keys.read(0, batch, 0, batch.length);
    for (let row = 0; row < batch.length; row++) this.wait(batch, row, ids[row]!, times[row]!, ops[row] as OpCode);
    this.waiting.copyPending(batch);
    this.measure();
  }

  private target(out: Output): JoinedTarget {
    return { metrics: this.metrics, batchRows: this.context.batchRows, out };
  }

  private lowest(): number {
    return Math.min(this.watermarks[0], this.watermarks[1]);
  }

  /** Versions replaced up to here are asked for no more: neither by rows to come, unless they are late, nor by waiting ones. */
  private needless(): number {
    return this.givesUp ? Math.min(this.lowest(), this.due.firstDue) : Number.NEGATIVE_INFINITY;
  }

  private takeVersion(batch: RecordBatch, row: number, key: number, time: number): void {
    const op = batch.ops === null ? Op.insert : batch.ops[row];
    // The +U that follows says it all.
    if (op === Op.updateBefore) return;
    if (key < 0) {
      this.metrics.rowsFiltered++;
      return;
    }
    const allowed = this.context.limits.maxJoinRows;
    if (this.versions.size >= allowed) {
      this.versions.purge(this.needless(), (gone) => this.keys.drop(gone));
      if (this.versions.size >= allowed) {
        throw limitExceeded(
          'maxJoinRows',
          allowed,
          allowed + 1,
          'Keep fewer versions (join by event time), or raise the limit "maxJoinRows".',
        );
      }
    }
    this.versions.add(batch, row, key, time, op === Op.delete);
    this.keys.hold(key);
  }

  private takeLeft(batch: RecordBatch, row: number, key: number, target: JoinedTarget): void {
    const op = batch.ops !== null && weightOf(batch.ops[row]!) < 0 ? Op.delete : Op.insert;
    const asOf = instant(this.asOf(batch, row));
    if (this.waits && key >= 0 && asOf !== null && asOf >= this.watermarks[1]) {
      this.wait(batch, row, key, asOf, op);
      return;
    }
    const version = this.match(batch, row, key, asOf, this.givesUp ? this.lowest() : Number.NEGATIVE_INFINITY);
    this.countLookUp(version);
    if (version < 0 && asOf !== null && asOf < this.lowest()) this.metrics.rowsLate++;
    if (version < 0 && this.node.join === 'inner') {
      if (!(asOf !== null && asOf < this.lowest())) this.metrics.rowsFiltered++;
      return;
    }
    this.fromBatch.push(row, version, op, this.passedOn());
    if (this.fromBatch.length >= target.batchRows) this.flushBatch(batch, target);
  }

  /** The version for a row; those replaced up to `givenUp` count as gone, whether they still are in the store or not. */
  private match(batch: RecordBatch, row: number, key: number, asOf: number | null, givenUp: number): number {
    if (key < 0 || asOf === null) return -1;
    const version = this.versions.find(key, asOf, givenUp);
    if (version < 0 || this.residual === null) return version;
    return this.residual(batch, row, this.versions.view, version) === true ? version : -1;
  }

  private wait(batch: RecordBatch, row: number, key: number, asOf: number, op: OpCode): void {
    const { waiting, due } = this;
    const allowed = this.context.limits.maxJoinRows;
    if (waiting.count >= Math.min(waiting.capacity, allowed)) {
      waiting.copyPending(batch);
      waiting.compact(
        (slot) => waiting.dead[slot] === 0,
        (gone) => this.keys.drop(gone),
      );
      due.clear();
      for (let slot = 0; slot < waiting.count; slot++) due.push(waiting.times[slot]!, slot);
      if (waiting.count >= allowed) {
        throw limitExceeded(
          'maxJoinRows',
          allowed,
          allowed + 1,
          'The right side lags behind; let it catch up, or raise the limit "maxJoinRows".',
        );
      }
    }
    const slot = waiting.append(row, key, asOf);
    waiting.matches[slot] = op;
    this.keys.hold(key);
    due.push(asOf, slot);
  }

  private advance(port: number, time: number, batch: RecordBatch | null, target: JoinedTarget): void {
    if (!(time > this.watermarks[port]!)) return;
    if (port === 1 && this.due.firstDue < time) {
      if (batch !== null) this.flushBatch(batch, target);
    }
    const before = this.passedOn();
    this.watermarks[port] = time;
    if (port === 1) this.release(before, target);
  }

  /** Rows whose version is settled now. */
  private release(watermark: number, target: JoinedTarget): void {
    const { due, waiting } = this;
    const isEnd = this.watermarks[1] === Number.POSITIVE_INFINITY;
    while (due.size > 0 && (isEnd || due.firstDue < this.watermarks[1])) {
      const slot = due.pop();
      waiting.dead[slot] = 1;
      this.releaseRow(slot, watermark);
      if (this.fromWaiting.length >= target.batchRows) this.flushWaiting(target);
    }
    this.flushWaiting(target);
  }

  private releaseRow(slot: number, watermark: number): void {
    const { waiting } = this;
    const { view } = waiting.rows;
    let version: number;
    try {
      // A row that waited was in time when it came: what became of the watermark since does not make it late.
      version = this.match(view, slot, waiting.keys[slot]!, waiting.times[slot]!, Number.NEGATIVE_INFINITY);
    } catch (error) {
      reportRow(this, this.context, this.node.left.fields, { batch: view, row: slot }, error);
      return;
    }
    this.countLookUp(version);
    if (version < 0 && this.node.join === 'inner') this.metrics.rowsFiltered++;
    else this.fromWaiting.push(slot, version, waiting.matches[slot] as OpCode, watermark);
  }

  private countLookUp(version: number): void {
    if (version < 0) this.counts.misses++;
    else this.counts.matches++;
  }

  private flushBatch(batch: RecordBatch, target: JoinedTarget): void {
    this.fromBatch.flush(0, batch, this.versions.view, this.isExact, target);
  }

  private flushWaiting(target: JoinedTarget): void {
    this.fromWaiting.flush(0, this.waiting.rows.view, this.versions.view, this.isExact, target);
  }

  /** Watermark in force for rows that come out now. */
  private passedOn(): number {
    return Math.max(this.metrics.watermark, Math.min(this.watermarks[0], this.watermarks[1]));
  }

  /** Event time that the watermark must not overtake. */
  private earliestWaiting(): number {
    const { waiting } = this;
    if (this.due.size === 0) return Number.POSITIVE_INFINITY;
    const { eventTime } = waiting.rows.view.meta;
    let earliest = Number.POSITIVE_INFINITY;
    for (let slot = 0; slot < waiting.count; slot++) {
      if (waiting.dead[slot] === 0 && eventTime !== null && eventTime[slot]! < earliest) earliest = eventTime[slot]!;
    }
    return earliest;
  }

  private measure(): void {
    const { counts } = this;
    counts.leftHeld = this.due.size;
    counts.rightHeld = this.versions.size;
    counts.keys = this.keys.table.size;
    counts.heldMax = this.context.limits.maxJoinRows;
    this.metrics.stateEntries = this.versions.size + this.due.size;
    this.metrics.stateBytes = this.versions.rows.bytes + this.waiting.bytes + this.keys.table.bytes;
  }
}

const instant = (value: Scalar): number | null => (typeof value === 'number' && !Number.isNaN(value) ? value : null);
const hasTimes = ({ meta }: RecordBatch): boolean => meta.eventTime !== null || meta.timestamp !== null;

/** Whether the right side is a table, however filtered and projected. */
function readsTable(node: PlanNode): boolean {
  if (node.kind === 'scan') return node.relationKind === 'table';
  return 'input' in node && readsTable(node.input);
}
