import type { StateReader, StateWriter } from '../state/codec.ts';

export interface SessionRow {
  readonly slot: number;
  readonly time: number;
  matches: number;
}

/** Rows of one key without a gap longer than allowed. */
export interface Session {
  readonly id: number;
  readonly key: number;
  start: number;
  last: number;
  /** By side, in order of arrival. */
  readonly rows: [SessionRow[], SessionRow[]];
}

/** The open sessions of a join by key. Rows with a NULL key (-1) have a session each. */
export class SessionTable {
  readonly gapMs: number;
  private readonly byId = new Map<number, Session>();
  private readonly byKey = new Map<number, Session[]>();
  private nextId = 0;

  constructor(gapMs: number) {
    this.gapMs = gapMs;
  }

  get size(): number {
    return this.byId.size;
  }

  get(id: number): Session | undefined {
    return this.byId.get(id);
  }

  /** Sessions that a row of this time belongs to or brings together, by start. */
  touched(key: number, time: number): Session[] {
    const sessions = this.byKey.get(key);
    if (sessions === undefined) return [];
    return sessions.filter(({ start, last }) => time >= start - this.gapMs && time <= last + this.gapMs).sort((a, b) => a.start - b.start);
  }

  /** Makes one session of those touched (or a new one) and stretches it to the time. The oldest one's id goes on. */
  join(key: number, time: number, touched: readonly Session[]): Session {
    const oldest = touched.reduce<Session | null>((found, session) => (found === null || session.id < found.id ? session : found), null);
    const session = oldest ?? this.open(key, time);
    for (const other of touched) {
      if (other === session) continue;
      session.start = Math.min(session.start, other.start);
      session.last = Math.max(session.last, other.last);
      session.rows[0].push(...other.rows[0]);
      session.rows[1].push(...other.rows[1]);
      this.remove(other);
    }
    session.start = Math.min(session.start, time);
    session.last = Math.max(session.last, time);
    return session;
  }

  remove(session: Session): void {
    this.byId.delete(session.id);
    const sessions = this.byKey.get(session.key);
    if (sessions === undefined) return;
    if (sessions.length <= 1) this.byKey.delete(session.key);
    else sessions.splice(sessions.indexOf(session), 1);
  }

  /** +Infinity without a session. */
  earliestStart(): number {
    let earliest = Number.POSITIVE_INFINITY;
    for (const session of this.byId.values()) if (session.start < earliest) earliest = session.start;
    return earliest;
  }

  /** By id: the order in which they were opened. */
  inOrder(): Session[] {
    return [...this.byId.values()].sort((a, b) => a.id - b.id);
  }

  /** Rows are told by their order within all sessions of their side: that is the order their values are written in. */
  write(writer: StateWriter): void {
    const sessions = this.inOrder();
    writer.section('sessions');
    writer.integer(sessions.length);
    for (const { start, last, rows } of sessions) {
      writer.float(start);
      writer.float(last);
      for (const side of rows) {
        writer.integer(side.length);
        for (const row of side) {
          writer.float(row.time);
          writer.integer(row.matches);
        }
      }
    }
  }

  /** Into an empty table. `keyOf` tells the key of a row that was restored to a slot. */
  read(reader: StateReader, keyOf: (port: 0 | 1, slot: number) => number): void {
    reader.section('sessions');
    const slots: [number, number] = [0, 0];
    for (let n = reader.integer(); n > 0; n--) {
      const start = reader.float();
      const last = reader.float();
      let key = -1;
      const rows: [SessionRow[], SessionRow[]] = [[], []];
      for (const port of [0, 1] as const) {
        for (let r = reader.integer(); r > 0; r--) {
          const slot = slots[port]++;
          key = keyOf(port, slot);
          rows[port].push({ slot, time: reader.float(), matches: reader.integer() });
        }
      }
      this.add({ id: this.nextId++, key, start, last, rows });
    }
  }

  private open(key: number, time: number): Session {
    const session: Session = { id: this.nextId++, key, start: time, last: time, rows: [[], []] };
    this.add(session);
    return session;
  }

  private add(session: Session): void {
    this.byId.set(session.id, session);
    if (session.key < 0) return;
    const sessions = this.byKey.get(session.key);
    if (sessions === undefined) this.byKey.set(session.key, [session]);
    else sessions.push(session);
  }
}
