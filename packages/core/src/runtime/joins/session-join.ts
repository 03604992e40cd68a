import { limitExceeded } from '../../diagnostics/codes/engine.ts';
import { unexpectedRetraction } from '../../diagnostics/codes/stateful.ts';
import type { JoinNode } from '../../sql/plan/plan.ts';
import { Op, type RecordBatch, weightOf } from '../../values/record-batch.ts';
import { type CompileEnv, compilePairExpression, type PairExpression } from '../compile/compile-expression.ts';
import { newMetrics, type Operator, type Output, type RuntimeContext } from '../operator.ts';
import { readRows, writeRows } from '../rows/batch-codec.ts';
import { reportRow } from '../rows/record-failure.ts';
import { SlotPool } from '../rows/slot-pool.ts';
import { StoredRows } from '../rows/stored-rows.ts';
import type { StateReader, StateWriter } from '../state/codec.ts';
import { DueHeap } from './due-heap.ts';
import { countEvicted, countRows, newJoinCounts } from './join-counts.ts';
import { JoinKeys } from './join-keys.ts';
import { JoinedOutput, type JoinedTarget } from './joined-output.ts';
import { makeRowTimes, type RowTimes } from './row-times.ts';
import { type Session, type SessionRow, SessionTable } from './session-table.ts';

interface Input {
  readonly rows: StoredRows;
  readonly pool: SlotPool;
  readonly times: RowTimes;
  readonly isOuter: boolean;
  watermark: number;
}

/**
 * Joins rows of two streams that fall into one session: rows of one key, of either side, with no gap longer than `gapMs`
 * between neighbours. A pair comes out when its second row arrives, or when a row arrives that makes one session of two. Unmatched rows of an
 * outer side come out padded when their session closes: when the watermark is above its last time + gap + grace, or at the end;
 * sessions that close together in that order, left rows before right ones. A late row that no open session takes, and whose own
 * session would be closed already, is dropped (`rowsLate`).
 *
 * State: the rows of open sessions. Bound: `maxJoinRows` per side, then a coded error. Freed when a session closes. A
 * restored operator has the same sessions. Retractions are refused as record errors.
 */
export class SessionJoin implements Operator {
  readonly kind = 'join';
  private readonly counts = newJoinCounts();
  readonly metrics = { ...newMetrics(), join: this.counts };
  private readonly node: JoinNode;
  private readonly context: RuntimeContext;
  private readonly inputs: readonly [Input, Input];
  private readonly keys: JoinKeys;
  private readonly residual: PairExpression | null;
  private readonly sessions: SessionTable;
  private readonly closing = new DueHeap();
  private readonly graceMs: number;
  private readonly joined: JoinedOutput;
  private readonly unmatched: JoinedOutput;
  private combined = Number.NEGATIVE_INFINITY;
  private lowest = Number.NEGATIVE_INFINITY;
  private isExact = false;

  constructor(node: JoinNode, gapMs: number, context: RuntimeContext, env: CompileEnv) {
    this.node = node;
    this.context = context;
    this.graceMs = node.graceMs;
    const input = (port: 0 | 1): Input => ({
      rows: new StoredRows(port === 0 ? node.left.fields : node.right.fields),
      pool: new SlotPool(),
      times: makeRowTimes(port === 0 ? node.leftTime : node.rightTime, env),
      isOuter: node.join === 'full' || node.join === (port === 0 ? 'left' : 'right'),
      watermark: Number.NEGATIVE_INFINITY,
    });
    this.inputs = [input(0), input(1)];
    this.keys = new JoinKeys(node.keys, env);
    this.sessions = new SessionTable(gapMs);
    this.residual = node.residual === null ? null : compilePairExpression(node.residual, node.left.fields.length, env);
    this.joined = new JoinedOutput(node.left.fields, node.right.fields);
    this.unmatched = new JoinedOutput(node.left.fields, node.right.fields);
  }

  process(port: number, batch: RecordBatch, from: number, to: number, out: Output): void {
    this.metrics.rowsIn += to - from;
    countRows(this.counts, port, to - from);
    const target: JoinedTarget = { metrics: this.metrics, batchRows: this.context.batchRows, out };
    const keys = this.keys.read(port, batch, from, to);
    const timeOf = this.inputs[port]!.times(batch);
    this.isExact = batch.watermarks !== null;
    for (let row = from; row < to; row++) {
      if (batch.watermarks !== null) this.advance(port, batch.watermarks[row]!, target);
      try {
        const failure = keys.failed?.get(row);
        if (failure !== undefined) throw failure;
        if (batch.ops !== null && weightOf(batch.ops[row]!) < 0) throw unexpectedRetraction('a join over session windows');
        this.take(port, { batch, row }, keys.ids[row - from]!, timeOf(row), target);
      } catch (error) {
        reportRow(this, this.context, port === 0 ? this.node.left.fields : this.node.right.fields, { batch, row }, error);
      }
    }
    this.flush(target);
    this.keys.settle();
    this.measure();
  }

  watermark(port: number, time: number, out: Output): void {
    this.advance(port, time, { metrics: this.metrics, batchRows: this.context.batchRows, out });
    this.keys.settle();
    this.measure();
    if (this.lowest <= this.metrics.watermark) return;
    this.metrics.watermark = this.lowest;
    out.watermark(this.lowest);
  }

  end(): void {
    // The watermark of +Infinity has closed every session.
  }

  snapshot(writer: StateWriter): void {
    writer.section('session-join');
    for (const value of [this.combined, this.lowest, this.metrics.watermark, this.inputs[0].watermark, this.inputs[1].watermark]) {
      writer.float(value);
    }
    writer.boolean(this.isExact);
    const sessions = this.sessions.inOrder();
    for (const [port, input] of this.inputs.entries()) {
      const rows = sessions.flatMap((session) => session.rows[port as 0 | 1]);
      writeRows(
        writer,
        input.rows.view,
        Int32Array.from(rows, (row) => row.slot),
        rows.length,
      );
    }
    this.sessions.write(writer);
  }

  restore(reader: StateReader): void {
    reader.section('session-join');
    this.combined = reader.float();
    this.lowest = reader.float();
    this.metrics.watermark = reader.float();
    for (const input of this.inputs) input.watermark = reader.float();
    this.isExact = reader.boolean();
    const keysBySlot = this.inputs.map((input, port) => {
      const batch = readRows(reader);
      const slots = Int32Array.from({ length: batch.length }, () => input.pool.take());
      input.rows.ensure(batch.length);
      input.rows.copy(batch, slots, batch.length, slots);
      return this.keys.read(port, batch, 0, batch.length).ids.slice(0, batch.length);
    });
    this.sessions.read(reader, (port, slot) => {
      const key = keysBySlot[port]![slot]!;
      this.keys.hold(key);
      return key;
    });
    for (const session of this.sessions.inOrder()) this.closing.push(this.dueAt(session), session.id);
    this.measure();
  }

  private take(
    port: number,
    at: { readonly batch: RecordBatch; readonly row: number },
    key: number,
    time: number,
    target: JoinedTarget,
  ): void {
    const input = this.inputs[port]!;
    const touched = key < 0 ? [] : this.sessions.touched(key, time);
    if (touched.length === 0 && this.combined > time + this.sessions.gapMs + this.graceMs) {
      this.metrics.rowsLate++;
      return;
    }
    if (key < 0 && !input.isOuter) {
      this.metrics.rowsFiltered++;
      return;
    }
    const own = this.keep(input, at, time);
    let pairs: readonly [SessionRow, SessionRow][];
    try {
      pairs = this.newPairs(port, own, touched);
    } catch (error) {
      input.pool.give(own.slot);
      throw error;
    }
    const session = this.sessions.join(key, time, touched);
    session.rows[port as 0 | 1].push(own);
    this.keys.hold(key);
    this.closing.push(this.dueAt(session), session.id);
    if (pairs.length === 0) this.counts.misses++;
    else this.counts.matches += pairs.length;
    for (const [left, right] of pairs) {
      left.matches++;
      right.matches++;
      this.joined.push(left.slot, right.slot, Op.insert, this.lowest);
      if (this.joined.length >= target.batchRows) this.flush(target);
    }
  }

  private keep(input: Input, { batch, row }: { readonly batch: RecordBatch; readonly row: number }, time: number): SessionRow {
    const allowed = this.context.limits.maxJoinRows;
    if (input.pool.used >= allowed) {
      throw limitExceeded('maxJoinRows', allowed, allowed + 1, 'Use a shorter session gap, or raise the limit "maxJoinRows".');
    }
    const slot = input.pool.take();
    input.rows.ensure(slot + 1);
    input.rows.put(batch, row, slot);
    return { slot, time, matches: 0 };
  }

  /** The row with the other side's rows of the sessions it touches; then the rows that it brings together. */
  private newPairs(port: number, own: SessionRow, touched: readonly Session[]): [SessionRow, SessionRow][] {
    const pairs: [SessionRow, SessionRow][] = [];
    const add = (left: SessionRow, right: SessionRow): void => {
      if (this.passes(left, right)) pairs.push([left, right]);
    };
    for (const session of touched) {
      for (const partner of session.rows[port === 0 ? 1 : 0]) {
        if (port === 0) add(own, partner);
        else add(partner, own);
      }
    }
    for (const one of touched) {
      for (const two of touched) {
        if (one === two) continue;
        for (const left of one.rows[0]) for (const right of two.rows[1]) add(left, right);
      }
    }
    const allowed = this.context.limits.maxJoinFanout;
    if (pairs.length > allowed) {
      throw limitExceeded('maxJoinFanout', allowed, pairs.length, 'Use a shorter session gap, or raise the limit "maxJoinFanout".');
    }
    return pairs;
  }

  private passes(left: SessionRow, right: SessionRow): boolean {
    if (this.residual === null) return true;
    return this.residual(this.inputs[0].rows.view, left.slot, this.inputs[1].rows.view, right.slot) === true;
  }

  private dueAt(session: Session): number {
    return session.last + this.sessions.gapMs + this.graceMs;
  }

  private advance(port: number, time: number, target: JoinedTarget): void {
    const [left, right] = this.inputs;
    const input = this.inputs[port]!;
    if (time > input.watermark) input.watermark = time;
    const next = Math.min(left.watermark, right.watermark);
    if (next <= this.combined) return;
    this.combined = next;
    if (this.closing.firstDue < next) this.close(target);
    this.lowest = left.isOuter || right.isOuter ? Math.min(next, this.sessions.earliestStart()) : next;
  }

  private close(target: JoinedTarget): void {
    this.flush(target);
    const closed: Session[] = [];
    while (this.closing.firstDue < this.combined) {
      const due = this.closing.firstDue;
      const session = this.sessions.get(this.closing.pop());
      // It was merged into another, or goes on: the entry for its later end stands further back.
      if (session === undefined || this.dueAt(session) !== due) continue;
      this.metrics.windowsClosed++;
      this.sessions.remove(session);
      closed.push(session);
    }
    let from: 0 | 1 = 0;
    for (const session of closed) {
      for (const port of [0, 1] as const) {
        if (!this.inputs[port].isOuter) continue;
        if (from !== port || this.unmatched.length >= target.batchRows) this.flushUnmatched(from, target);
        from = port;
        for (const row of session.rows[port]) if (row.matches === 0) this.unmatched.push(row.slot, -1, Op.insert, this.lowest);
      }
    }
    this.flushUnmatched(from, target);
    for (const session of closed) this.release(session);
  }

  private flushUnmatched(port: 0 | 1, target: JoinedTarget): void {
    this.unmatched.flush(port, this.inputs[port].rows.view, null, this.isExact, target);
  }

  private release(session: Session): void {
    for (const port of [0, 1] as const) {
      const { rows, pool } = this.inputs[port];
      countEvicted(this.counts, port, session.rows[port].length);
      for (const { slot } of session.rows[port]) {
        rows.forget(slot);
        pool.give(slot);
        this.keys.drop(session.key);
      }
    }
  }

  private flush(target: JoinedTarget): void {
    this.joined.flush(0, this.inputs[0].rows.view, this.inputs[1].rows.view, this.isExact, target);
  }

  private measure(): void {
    const [left, right] = this.inputs;
    const { counts } = this;
    counts.leftHeld = left.pool.used;
    counts.rightHeld = right.pool.used;
    counts.keys = this.keys.table.size;
    counts.openWindows = this.sessions.size;
    counts.windowsClosed = this.metrics.windowsClosed;
    counts.heldMax = this.context.limits.maxJoinRows;
    this.metrics.stateEntries = left.pool.used + right.pool.used;
    this.metrics.stateBytes = left.rows.bytes + right.rows.bytes + this.metrics.stateEntries * 64 + this.keys.table.bytes;
  }
}
