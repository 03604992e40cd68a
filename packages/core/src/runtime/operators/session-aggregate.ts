import { noEventTime } from '../../diagnostics/codes/runtime.ts';
import type { AggregateNode, PlanWindow } from '../../sql/plan/plan.ts';
import { Op, type RecordBatch, weightOf } from '../../values/record-batch.ts';
import type { InputRow as PlainRow } from '../aggregates/apply-row.ts';
import { GroupBucket } from '../aggregates/group-bucket.ts';
import { ResultRows } from '../aggregates/result-rows.ts';
import { KeyNumbers } from '../keys/key-numbers.ts';
import { newMetrics, type Operator, type Output, type RuntimeContext } from '../operator.ts';
import type { KeyColumns } from '../rows/key-columns.ts';
import { reportRow } from '../rows/record-failure.ts';
import type { StateReader, StateWriter } from '../state/codec.ts';
import { makeSpanStart, type SpanStart } from '../windows/row-span.ts';
import { SessionEmitter } from '../windows/session-emitter.ts';
import { type RowSpan, type Session, SessionSet } from '../windows/session-set.ts';
import { type AggregateEnv, type AggregateRows, aggregateRows, checkGroups, inputsOf } from './aggregate-rows.ts';
import { type KeptRow, KeptRows } from './session-aggregate-rows.ts';

type SessionNode = AggregateNode & { readonly window: Extract<PlanWindow, { kind: 'session' }> };

interface InputRow extends PlainRow {
  readonly since: number;
}

interface At {
  readonly batch: RecordBatch;
  readonly row: number;
  readonly keys: KeyColumns;
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
  private readonly emitter: SessionEmitter;
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
    this.emitter = new SessionEmitter(this.bucket, this.results, gapMs, node.changes);
  }

  process(_port: number, batch: RecordBatch, from: number, to: number, out: Output): void {
    const { rows, metrics } = this;
    const keys = rows.readKeys(batch, from, to);
    rows.keys.bind(keys);
    metrics.rowsIn += to - from;
    for (let row = from; row < to; row++) {
      const at = { batch, row, keys };
      if (row + 1 < to && batch.ops?.[row] === Op.updateBefore && batch.ops[row + 1] === Op.updateAfter && this.takeUpdate(at, out)) row++;
      else this.takeRow(at, out);
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

  private takeRow(at: At, out: Output): void {
    const { watermarks } = at.batch;
    if (watermarks !== null && watermarks[at.row]! > this.current) this.advance(watermarks[at.row]!, out);
    const input = this.read(at);
    if (input === undefined) return;
    this.apply(input);
    this.emitter.tell(out);
  }

  /**
   * The row at hand leaves, the next one comes in its place: what both change is told once. False: they go one by one, because a session
   * may close between them.
   */
  private takeUpdate(at: At, out: Output): boolean {
    const { emitter } = this;
    const { keys } = this.rows;
    const { watermarks } = at.batch;
    const { row } = at;
    if (watermarks !== null && watermarks[row + 1]! > Math.max(this.current, watermarks[row]!)) return false;
    if (watermarks !== null && watermarks[row]! > this.current) this.advance(watermarks[row]!, out);
    const old = this.read(at);
    if (old !== undefined) keys.retain(old.keyId);
    const fresh = this.read({ ...at, row: row + 1 });
    if (fresh !== undefined) keys.retain(fresh.keyId);
    if (old !== undefined) this.apply(old);
    if (old?.keyId !== fresh?.keyId) emitter.tell(out);
    if (fresh !== undefined) this.apply(fresh);
    emitter.tell(out);
    if (old !== undefined) keys.release(old.keyId);
    if (fresh !== undefined) keys.release(fresh.keyId);
    return true;
  }

  /** A row with its inputs; undefined when it was reported. */
  private read(at: At): InputRow | undefined {
    const { rows } = this;
    const { batch, row } = at;
    const sequence = this.sequence++;
    const eventTime = batch.meta.eventTime?.[row] ?? Number.NaN;
    if (Number.isNaN(eventTime)) {
      reportRow(this, this.context, this.node.input.fields, at, noEventTime());
      return undefined;
    }
    const inputs = inputsOf(this, this.context, this.node, rows, at);
    if (inputs === undefined) return undefined;
    return { batch, row, inputs, keyId: rows.keys.idOf(row), sequence, eventTime, since: this.spanStart(batch, row, eventTime) };
  }

  private apply(input: InputRow): void {
    const { batch, row } = input;
    try {
      if (batch.ops !== null && weightOf(batch.ops[row]!) < 0) this.takeBack(input);
      else this.place(input);
    } catch (error) {
      reportRow(this, this.context, this.node.input.fields, { batch, row }, error);
    }
  }

  private place(input: InputRow): void {
    const { gapMs } = this.sessions;
    const w = this.current;
    const { eventTime: time, since, keyId } = input;
    const span = { time, since };
    const open = this.sessions.touching(keyId, span, false);
    if (open.length > 0 || time + gapMs >= w) this.join(input, span, open, false);
    else if (w <= time + gapMs + this.keepMs) {
      this.metrics.rowsLateAccepted++;
      this.join(input, span, this.sessions.touching(keyId, span, true), true);
    } else if (this.node.late === 'include-in-next-window' && Number.isFinite(w)) {
      this.metrics.rowsLateAccepted++;
      const moved = { time: w, since: w };
      this.join(input, moved, this.sessions.touching(keyId, moved, false), false);
    } else {
      this.metrics.rowsLate++;
      this.rows.keys.dropIfUnused(keyId);
      if (this.node.late === 'dead-letter') this.context.deadLetter(this.node.input.fields, input.batch, input.row, 'late');
    }
  }

  /** Adds a row to the sessions it touches, which become one; without any it starts one. */
  private join(input: InputRow, span: RowSpan, touched: readonly Session[], closed: boolean): void {
    const { bucket, kept, emitter } = this;
    const emits = this.emitsChanges || closed;
    const replaced = emits ? touched.map((s) => emitter.rowOf(s)) : [];
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
    if (emits) emitter.replace(replaced, [session]);
    for (const other of others) emitter.letGo(other.group);
  }

  private startSession(input: InputRow, { since, time }: RowSpan, closed: boolean): Session {
    checkGroups(this.bucket.live - this.emitter.leaving + 1, this.rows.maxGroups);
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
  private takeBack(input: InputRow): void {
    const { kept, sessions, emitter } = this;
    const span = { time: input.eventTime, since: input.since };
    const holders = [...sessions.touching(input.keyId, span, false), ...sessions.touching(input.keyId, span, true)];
    const session = holders.find((s) => kept?.remove(s.group, span, input.inputs) === true);
    if (session === undefined || kept === null) {
      this.rows.keys.dropIfUnused(input.keyId);
      return;
    }
    const emits = this.emitsChanges || session.closed;
    const replaced = emits ? [emitter.rowOf(session)] : [];
    const rest = kept.take(session.group);
    const parts: Session[] = [];
    sessions.remove(session);
    emitter.letGo(session.group);
    for (const row of rest) this.regroup(row, { ...input, ...row, eventTime: row.time }, session, parts);
    if (emits) emitter.replace(replaced, parts);
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

  private advance(time: number, out: Output): void {
    const { sessions, bucket, results } = this;
    if (time > sessions.due) {
      const { closed, freed } = sessions.close(time, (a, b) => bucket.born[a.group]! - bucket.born[b.group]!);
      this.metrics.windowsClosed += closed.length;
      if (!this.emitsChanges) {
        for (const session of closed) this.emitter.close(session, out);
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

  private measure(): void {
    this.metrics.stateEntries = this.bucket.live;
    this.metrics.stateBytes = this.bucket.bytes + this.rows.keys.bytes;
  }
}
