import type { Expr } from '../../sql/bind/expression.ts';
import type { PlanWindow } from '../../sql/plan/plan.ts';
import type { RecordBatch } from '../../values/record-batch.ts';
import type { CompileEnv } from '../compile/compile-expression.ts';
import { GroupKeys } from '../keys/group-keys.ts';
import { type KeyReader, makeKeyReader } from '../rows/key-columns.ts';
import type { StateReader, StateWriter } from '../state/codec.ts';
import { makeSpanStart, type SpanStart } from './row-span.ts';
import { type RowSpan, type Session, SessionSet } from './session-set.ts';
import type { ClosedWindow, WindowBounds, WindowedRow, WindowMembers } from './window-members.ts';

interface Member extends RowSpan {
  readonly slot: number;
  readonly sequence: number;
}

/** Rows by session; sessions are per key. */
export class SessionRows implements WindowMembers {
  readonly keepsRows = true;
  private readonly gapMs: number;
  private readonly keepMs: number;
  private readonly sessions: SessionSet;
  private readonly keys: GroupKeys;
  private readonly readKeys: KeyReader;
  private readonly spanStart: SpanStart;
  private batch: RecordBatch | null = null;
  private failures: ReadonlyMap<number, unknown> | null = null;
  /** Rows by list number, which sessions hold as `group`. */
  private readonly lists = new Map<number, Member[]>();
  private nextList = 0;
  private sequence = 0;
  private freed: Session[] = [];

  constructor(window: Extract<PlanWindow, { kind: 'session' }>, keepMs: number, keys: readonly Expr[], env: CompileEnv) {
    const { gapMs, since } = window;
    this.gapMs = gapMs;
    this.spanStart = makeSpanStart(since, env);
    this.keepMs = keepMs;
    this.sessions = new SessionSet(gapMs, keepMs);
    this.keys = new GroupKeys(keys.map((key) => key.type));
    this.readKeys = makeKeyReader(keys, env);
  }

  bind(batch: RecordBatch, from: number, to: number): void {
    this.batch = batch;
    const keys = this.readKeys(batch, from, to);
    this.failures = keys.failed;
    this.keys.bind(keys);
  }

  failure(row: number): unknown {
    return this.failures?.get(row);
  }

  placeOf({ row, time }: WindowedRow, watermark: number) {
    const end = time + this.gapMs;
    if (end >= watermark) return 'open';
    const key = this.keys.idOf(row);
    const isOpen = this.sessions.touching(key, this.spanOf(row, time), false).length > 0;
    this.keys.dropIfUnused(key);
    return isOpen ? 'open' : watermark <= end + this.keepMs ? 'late-accepted' : 'late';
  }

  add(row: number, time: number, slot: number, watermark: number): void {
    const key = this.keys.idOf(row);
    const span = this.spanOf(row, time);
    const [first, ...others] = this.touching(key, span, watermark);
    const member = { slot, ...span, sequence: this.sequence++ };
    if (first === undefined) {
      this.start(key, span, [member], time + this.gapMs < watermark);
      return;
    }
    const rows = this.lists.get(first.group)!;
    rows.push(member);
    first.first = Math.min(first.first, span.since);
    first.last = Math.max(first.last, time);
    for (const other of others) {
      rows.push(...this.lists.get(other.group)!);
      first.first = Math.min(first.first, other.first);
      first.last = Math.max(first.last, other.last);
      this.discard(other);
    }
    if (others.length > 0) rows.sort((a, b) => a.sequence - b.sequence);
  }

  remove(row: number, time: number, matches: (slot: number) => boolean): number | undefined {
    const key = this.keys.idOf(row);
    const span = this.spanOf(row, time);
    const touched = [...this.sessions.touching(key, span, false), ...this.sessions.touching(key, span, true)];
    for (const session of touched) {
      const rows = this.lists.get(session.group)!;
      const at = rows.findIndex((member) => member.time === time && matches(member.slot));
      if (at < 0) continue;
      const [gone] = rows.splice(at, 1) as [Member];
      this.split(session, rows);
      return gone.slot;
    }
    this.keys.dropIfUnused(key);
    return undefined;
  }

  windowsAt(row: number, time: number, watermark: number): WindowBounds[] {
    const key = this.keys.idOf(row);
    const bounds = this.touching(key, this.spanOf(row, time), watermark).map((session) => this.boundsOf(session));
    this.keys.dropIfUnused(key);
    return bounds;
  }

  isClosed(bounds: WindowBounds, watermark: number): boolean {
    return bounds.end < watermark;
  }

  isDue(time: number): boolean {
    return time > this.sessions.due;
  }

  close(_before: number, time: number): ClosedWindow[] {
    const { closed, freed } = this.sessions.close(time, (a, b) => this.bornOf(a) - this.bornOf(b));
    this.freed = freed;
    return closed.map((session) => ({
      bounds: this.boundsOf(session),
      slots: Int32Array.from(this.lists.get(session.group)!, ({ slot }) => slot),
    }));
  }

  *free(): Generator<number> {
    for (const session of this.freed) {
      for (const { slot } of this.lists.get(session.group)!) yield slot;
      this.discard(session);
    }
    this.freed = [];
  }

  slots(): Int32Array {
    return Int32Array.from([...this.lists.values()].flatMap((rows) => rows.map(({ slot }) => slot)));
  }

  write(writer: StateWriter, numbers: ReadonlyMap<number, number>): void {
    const sessions = [...this.sessions.all()];
    const ids = new Map<number, number>();
    for (const { keyId } of sessions) if (!ids.has(keyId)) ids.set(keyId, ids.size);
    writer.section('session-rows');
    writer.integer(this.sequence);
    this.keys.write(writer, Int32Array.from(ids.keys()), ids.size);
    writer.integer(sessions.length);
    for (const session of sessions) {
      const rows = this.lists.get(session.group)!;
      writer.integer(ids.get(session.keyId)!);
      writer.boolean(session.closed);
      writer.int32s(
        Int32Array.from(rows, ({ slot }) => numbers.get(slot)!),
        rows.length,
      );
      writer.float64s(
        Float64Array.from(rows, ({ time }) => time),
        rows.length,
      );
      writer.float64s(
        Float64Array.from(rows, ({ since }) => since),
        rows.length,
      );
      writer.float64s(
        Float64Array.from(rows, ({ sequence }) => sequence),
        rows.length,
      );
    }
  }

  read(reader: StateReader): void {
    reader.section('session-rows');
    this.sequence = reader.integer();
    this.keys.read(reader);
    for (let left = reader.integer(); left > 0; left--) {
      const key = reader.integer();
      const closed = reader.boolean();
      const slots = reader.int32s();
      const times = reader.float64s();
      const starts = reader.float64s();
      const sequences = reader.float64s();
      const rows = Array.from(slots, (slot, i) => ({ slot, time: times[i]!, since: starts[i]!, sequence: sequences[i]! }));
      this.start(key, spanOfAll(rows), rows, closed);
    }
  }

  /** Open sessions that a time belongs to; for a late row without any, the closed ones. */
  private touching(key: number, span: RowSpan, watermark: number): Session[] {
    const open = this.sessions.touching(key, span, false);
    return open.length > 0 || span.time + this.gapMs >= watermark ? open : this.sessions.touching(key, span, true);
  }

  /** A late row that was put at another time is of that moment. */
  private spanOf(row: number, time: number): RowSpan {
    const batch = this.batch as RecordBatch; // bound before
    return { time, since: batch.meta.eventTime?.[row] === time ? this.spanStart(batch, row, time) : time };
  }

  private start(key: number, { since, time }: RowSpan, rows: Member[], closed: boolean): Session {
    const list = this.nextList++;
    this.lists.set(list, rows);
    this.keys.retain(key);
    return this.sessions.add(key, since, time, list, closed);
  }

  private discard(session: Session): void {
    this.sessions.remove(session);
    this.lists.delete(session.group);
    this.keys.release(session.keyId);
  }

  /** Without one of its rows a session may end earlier, or fall apart. */
  private split(session: Session, rows: readonly Member[]): void {
    const byStart = [...rows].sort((a, b) => a.since - b.since);
    let part: Member[] = [];
    let last = Number.NEGATIVE_INFINITY;
    const parts: Member[][] = [];
    for (const member of byStart) {
      if (part.length > 0 && member.since > last + this.gapMs) part = [];
      if (part.length === 0) parts.push(part);
      part.push(member);
      last = Math.max(last, member.time);
    }
    for (const members of parts) {
      members.sort((a, b) => a.sequence - b.sequence);
      this.start(session.keyId, spanOfAll(members), members, session.closed);
    }
    this.discard(session);
  }

  private boundsOf(session: Session): WindowBounds {
    return { start: session.first, end: session.last + this.gapMs };
  }

  private bornOf(session: Session): number {
    return this.lists.get(session.group)?.[0]?.sequence ?? 0;
  }
}

const spanOfAll = (rows: readonly RowSpan[]): RowSpan => ({
  since: Math.min(...rows.map(({ since }) => since)),
  time: Math.max(...rows.map(({ time }) => time)),
});
