import { noEventTime } from '../../diagnostics/codes/runtime.ts';
import type { AggregateNode, PlanWindow } from '../../sql/plan/plan.ts';
import { Op, type RecordBatch, weightOf } from '../../values/record-batch.ts';
import type { Scalar } from '../../values/types.ts';
import type { InputRow as PlainRow } from '../aggregates/apply-row.ts';
import { GroupBucket } from '../aggregates/group-bucket.ts';
import { groupResults } from '../aggregates/group-store.ts';
import { ResultRows } from '../aggregates/result-rows.ts';
import { KeyNumbers } from '../keys/key-numbers.ts';
import { newMetrics, type Operator, type Output, type RuntimeContext } from '../operator.ts';
import { reportRow } from '../rows/record-failure.ts';
import type { StateReader, StateWriter } from '../state/codec.ts';
import { makeSpanStart, type SpanStart } from '../windows/row-span.ts';
import { type RowSpan, type Session, SessionSet } from '../windows/session-set.ts';
import { type AggregateEnv, type AggregateRows, aggregateRows, checkGroups, inputsOf } from './aggregate-rows.ts';
import { type KeptRow, KeptRows } from './session-aggregate-rows.ts';

type SessionNode = AggregateNode & { readonly window: Extract<PlanWindow, { kind: 'session' }> };

interface InputRow extends PlainRow {
  readonly since: number;
}

/** A result row that stood for a session before it changed. */
interface Replaced {
  readonly group: number;
  readonly first: number;
  readonly last: number;
  readonly results: readonly Scalar[];
}

/**
 * GROUP BY with SESSION. Sessions are per key; a row within the gap of several of them joins them. A session closes when the
 * watermark is beyond its last event plus the gap. State: one entry per session, at most `maxGroups`, freed when the
 * allowed lateness (under `update-previous` at least one gap) has passed too; over updating inputs, and for results that
 * depend on the order of rows, also the rows of each session. A row that touches closed sessions alone starts a new one, unless it is late and they are still kept.
 * A restored operator goes on bit by bit as the one that was saved.
 */
export function makeSessionAggregate(node: SessionNode, context: RuntimeContext, env: AggregateEnv): Operator {
  return new SessionAggregate(node, context, env);
}

class SessionAggregate implements Operator {
  readonly kind = 'SessionAggregate';
  readonly metrics = newMetrics();
  private readonly node: SessionNode;
  private readonly context: RuntimeContext;
  private readonly rows: AggregateRows;
  private readonly keepMs: number;
  private readonly bucket: GroupBucket;
  private readonly sessions: SessionSet;
  private readonly results: ResultRows;
  private readonly spanStart: SpanStart;
  /** The rows of each session; null: no row is ever taken back, and their order does not matter. */
  private readonly kept: KeptRows | null;
  private readonly emitsChanges: boolean;
  private sequence = 0;
  private current = Number.NEGATIVE_INFINITY;

  constructor(node: SessionNode, context: RuntimeContext, env: AggregateEnv) {
    this.node = node;
    this.context = context;
    this.rows = aggregateRows(node, env);
    const { keys, plan, last, retracting } = this.rows;
    const { gapMs, since } = node.window;
    this.spanStart = makeSpanStart(since, env.env);
    this.keepMs = node.late === 'update-previous' ? Math.max(node.allowedLatenessMs, gapMs) : node.allowedLatenessMs;
    this.sessions = new SessionSet(gapMs, this.keepMs);
    this.bucket = new GroupBucket(Number.NaN, plan, keys, last, false);
    this.kept = retracting || plan.ordered ? new KeptRows() : null;
    this.emitsChanges = node.emit === 'changes';
    const updates = node.changes !== 'append';
    this.results = new ResultRows({
      fields: node.fields,
      keys,
      windowed: true,
      updates,
      batchRows: context.batchRows,
      metrics: this.metrics,
    });
  }

  process(_port: number, batch: RecordBatch, from: number, to: number, out: Output): void {
    const { rows, metrics } = this;
    const { watermarks } = batch;
    const keys = rows.readKeys(batch, from, to);
    rows.keys.bind(keys);
    metrics.rowsIn += to - from;
    for (let row = from; row < to; row++) {
      if (watermarks !== null && watermarks[row]! > this.current) this.advance(watermarks[row]!, out);
      const sequence = this.sequence++;
      const eventTime = batch.meta.eventTime?.[row] ?? Number.NaN;
      if (Number.isNaN(eventTime)) {
        reportRow(this, this.context, this.node.input.fields, { batch, row }, noEventTime());
        continue;
      }
      const inputs = inputsOf(this, this.context, this.node, rows, { batch, row, keys });
      if (inputs === undefined) continue;
      const input: InputRow = {
        batch,
        row,
        inputs,
        keyId: rows.keys.idOf(row),
        sequence,
        eventTime,
        since: this.spanStart(batch, row, eventTime),
      };
      try {
        if (batch.ops !== null && weightOf(batch.ops[row]!) < 0) this.takeBack(input, out);
        else this.place(input, out);
      } catch (error) {
        reportRow(this, this.context, this.node.input.fields, { batch, row }, error);
      }
    }
    this.results.flush(out);
    this.measure();
  }

  watermark(_port: number, time: number, out: Output): void {
    if (time > this.current) this.advance(time, out);
    this.metrics.watermark = time;
    this.measure();
    out.watermark(time);
  }

  end(): void {
    // The watermark of +Infinity that came before has closed every session.
  }

  snapshot(writer: StateWriter): void {
    const { bucket } = this;
    writer.section('session-aggregate');
    writer.integer(this.sequence);
    writer.float(this.current);
    const order = bucket.inOrder();
    const numbers = new Map(order.map((group, i) => [group, i] as const));
    const keys = new KeyNumbers(this.rows.keys.limit);
    for (const group of order) keys.add(bucket.keyIds[group]!);
    this.rows.keys.write(writer, keys.ids, keys.ids.length);
    bucket.write(writer, keys.numbers);
    const sessions = [...this.sessions.all()];
    writer.integer(sessions.length);
    for (const s of sessions) {
      writer.integer(numbers.get(s.group)!);
      writer.float(s.first);
      writer.float(s.last);
      writer.boolean(s.closed);
    }
    this.kept?.write(writer, order);
  }

  restore(reader: StateReader): void {
    reader.section('session-aggregate');
    this.sequence = reader.integer();
    this.current = reader.float();
    this.results.watermark = this.current;
    const ids = this.rows.keys.read(reader);
    this.bucket.read(reader, ids);
    for (let left = reader.integer(); left > 0; left--) {
      const group = reader.integer();
      this.sessions.add(this.bucket.keyIds[group]!, reader.float(), reader.float(), group, reader.boolean());
    }
    this.kept?.read(reader, this.bucket.live);
    this.measure();
  }

  private place(input: InputRow, out: Output): void {
    const { gapMs } = this.sessions;
    const w = this.current;
    const { eventTime: time, since, keyId } = input;
    const span = { time, since };
    const open = this.sessions.touching(keyId, span, false);
    if (open.length > 0 || time + gapMs >= w) this.join(input, span, open, false, out);
    else if (w <= time + gapMs + this.keepMs) {
      this.metrics.rowsLateAccepted++;
      this.join(input, span, this.sessions.touching(keyId, span, true), true, out);
    } else if (this.node.late === 'include-in-next-window' && Number.isFinite(w)) {
      this.metrics.rowsLateAccepted++;
      const moved = { time: w, since: w };
      this.join(input, moved, this.sessions.touching(keyId, moved, false), false, out);
    } else {
      this.metrics.rowsLate++;
      this.rows.keys.dropIfUnused(keyId);
      if (this.node.late === 'dead-letter') this.context.deadLetter(this.node.input.fields, input.batch, input.row, 'late');
    }
  }

  /** Adds a row to the sessions it touches, which become one; without any it starts one. */
  private join(input: InputRow, span: RowSpan, touched: readonly Session[], closed: boolean, out: Output): void {
    const { bucket, kept } = this;
    const emits = this.emitsChanges || closed;
    const replaced = emits ? touched.map((s) => this.resultOf(s)) : [];
    const [first, ...others] = touched;
    const session = first ?? this.startSession(input, span, closed);
    try {
      this.rows.add(bucket.store, session.group, input.inputs, input);
    } catch (error) {
      if (first === undefined) this.drop(session);
      throw error;
    }
    for (const other of others) this.absorb(session, other);
    bucket.rows[session.group]!++;
    bucket.touch(session.group, input.batch, input.row);
    kept?.add(session.group, { ...span, inputs: input.inputs, sequence: input.sequence });
    session.first = Math.min(session.first, span.since);
    session.last = Math.max(session.last, span.time);
    if (others.length > 0 && this.rows.plan.ordered) this.addAnew(session);
    if (emits) this.emitReplacing(replaced, [session], out);
    for (const other of others) this.release(other, out);
  }

  private startSession(input: InputRow, { since, time }: RowSpan, closed: boolean): Session {
    checkGroups(this.bucket.live + 1, this.rows.maxGroups);
    const group = this.bucket.add(input.keyId, input.sequence);
    return this.sessions.add(input.keyId, since, time, group, closed);
  }

  private absorb(into: Session, other: Session): void {
    const { bucket } = this;
    bucket.store.merge(into.group, bucket.store, other.group);
    bucket.rows[into.group]! += bucket.rows[other.group]!;
    bucket.born[into.group] = Math.min(bucket.born[into.group]!, bucket.born[other.group]!);
    this.kept?.move(into.group, other.group);
    into.first = Math.min(into.first, other.first);
    into.last = Math.max(into.last, other.last);
    this.sessions.remove(other);
  }

  /** The rows of merged sessions in order of arrival. */
  private addAnew({ group }: Session): void {
    const { store } = this.bucket;
    store.reset(group);
    for (const row of this.kept?.rowsOf(group) ?? [])
      this.rows.add(store, group, row.inputs, { eventTime: row.time, sequence: row.sequence });
  }

  /** Takes a row out of its session; what remains may fall apart into several. */
  private takeBack(input: InputRow, out: Output): void {
    const { kept, sessions, bucket } = this;
    const span = { time: input.eventTime, since: input.since };
    const holders = [...sessions.touching(input.keyId, span, false), ...sessions.touching(input.keyId, span, true)];
    const session = holders.find((s) => kept?.remove(s.group, span, input.inputs) === true);
    if (session === undefined || kept === null) {
      this.rows.keys.dropIfUnused(input.keyId);
      return;
    }
    const emits = this.emitsChanges || session.closed;
    const replaced = emits ? [this.resultOf(session)] : [];
    const rest = kept.take(session.group);
    const parts: Session[] = [];
    sessions.remove(session);
    for (const row of rest) this.regroup(row, { ...input, ...row, eventTime: row.time }, session, parts);
    if (emits) this.emitReplacing(replaced, parts, out);
    this.results.flush(out);
    bucket.remove(session.group);
  }

  private regroup(row: KeptRow, input: InputRow, old: Session, parts: Session[]): void {
    const { gapMs } = this.sessions;
    const touched = parts.filter((s) => row.since <= s.last + gapMs && row.time >= s.first - gapMs).sort((a, b) => a.first - b.first);
    const [first, ...others] = touched;
    const session = first ?? this.startSession(input, row, old.closed);
    if (first === undefined) {
      parts.push(session);
      this.bucket.touchFrom(session.group, old.group);
    }
    this.rows.add(this.bucket.store, session.group, row.inputs, input);
    for (const other of others) {
      this.absorb(session, other);
      parts.splice(parts.indexOf(other), 1);
      this.bucket.remove(other.group);
    }
    this.bucket.rows[session.group]!++;
    this.kept?.add(session.group, row);
    session.first = Math.min(session.first, row.since);
    session.last = Math.max(session.last, row.time);
  }

  private resultOf(s: Session): Replaced {
    return { group: s.group, first: s.first, last: s.last, results: groupResults(this.bucket.store, s.group, []) };
  }

  /** Deletes the rows that stood for other bounds; a row whose bounds stay is updated. */
  private emitReplacing(replaced: readonly Replaced[], sessions: readonly Session[], out: Output): void {
    const { bucket, results } = this;
    const stays = (s: { first: number; last: number }) => replaced.find((r) => r.first === s.first && r.last === s.last);
    const isKept = (r: Replaced) => sessions.some((s) => s.first === r.first && s.last === r.last);
    if (this.node.changes !== 'append') {
      for (const r of replaced) if (!isKept(r)) results.add(Op.delete, bucket, r.group, this.boundsOf(r), r.results, out);
    }
    for (const session of sessions) {
      const before = stays(session);
      const bounds = this.boundsOf(session);
      if (before !== undefined && this.node.changes === 'retract')
        results.add(Op.updateBefore, bucket, session.group, bounds, before.results, out);
      const op = before === undefined ? Op.insert : Op.updateAfter;
      results.add(op, bucket, session.group, bounds, groupResults(bucket.store, session.group, []), out);
    }
  }

  private boundsOf(s: { readonly first: number; readonly last: number }) {
    return { start: s.first, end: s.last + this.sessions.gapMs };
  }

  private advance(time: number, out: Output): void {
    const { sessions, bucket, results } = this;
    if (time > sessions.due) {
      const { closed, freed } = sessions.close(time, (a, b) => bucket.born[a.group]! - bucket.born[b.group]!);
      this.metrics.windowsClosed += closed.length;
      if (!this.emitsChanges) {
        for (const s of closed) results.add(Op.insert, bucket, s.group, this.boundsOf(s), groupResults(bucket.store, s.group, []), out);
      }
      results.flush(out);
      for (const session of freed) this.drop(session);
    }
    this.current = time;
    results.watermark = time;
  }

  private drop(session: Session): void {
    this.sessions.remove(session);
    this.kept?.take(session.group);
    this.bucket.remove(session.group);
  }

  /** The group of a session that was merged away; its key may be in a row that waits. */
  private release(session: Session, out: Output): void {
    this.results.flush(out);
    this.bucket.remove(session.group);
  }

  private measure(): void {
    this.metrics.stateEntries = this.bucket.live;
    this.metrics.stateBytes = this.bucket.bytes + this.rows.keys.bytes;
  }
}
