import { TimeHeap } from './time-heap.ts';

/** The time of a row, and where what it stands for began: the same, or the earlier time of a pair. */
export interface RowSpan {
  readonly time: number;
  readonly since: number;
}

/** One session: first and last event time, and where its owner keeps what belongs to it. */
export interface Session {
  readonly keyId: number;
  first: number;
  last: number;
  /** Group or row list of the owner. */
  group: number;
  closed: boolean;
  /** Merged into another, or freed. */
  gone: boolean;
}

/**
 * Sessions by key. A session ends `gapMs` after its last event and closes when the watermark is beyond that; it is kept
 * `keepMs` longer for late rows. One heap entry per session, moved lazily when the session has grown.
 */
export class SessionSet {
  readonly gapMs: number;
  private readonly keepMs: number;
  private readonly byKey = new Map<number, Session[]>();
  private readonly heap = new TimeHeap<Session>();

  constructor(gapMs: number, keepMs: number) {
    this.gapMs = gapMs;
    this.keepMs = keepMs;
  }

  /** Nothing closes or is freed while the watermark is not beyond this. */
  get due(): number {
    return this.heap.earliest;
  }

  /** Sessions of a key that a row from `since` to `time` belongs to, by start; of those closed or of those open. */
  touching(keyId: number, { time, since }: RowSpan, closed: boolean): Session[] {
    const sessions = this.byKey.get(keyId);
    if (sessions === undefined) return [];
    const { gapMs } = this;
    return sessions.filter((s) => s.closed === closed && since <= s.last + gapMs && time >= s.first - gapMs);
  }

  add(keyId: number, first: number, last: number, group: number, closed: boolean): Session {
    const session: Session = { keyId, first, last, group, closed, gone: false };
    const sessions = this.byKey.get(keyId);
    if (sessions === undefined) this.byKey.set(keyId, [session]);
    else {
      const at = sessions.findIndex((s) => s.first > first);
      sessions.splice(at < 0 ? sessions.length : at, 0, session);
    }
    this.heap.push(this.dueOf(session), session);
    return session;
  }

  remove(session: Session): void {
    session.gone = true;
    const sessions = this.byKey.get(session.keyId)!;
    sessions.splice(sessions.indexOf(session), 1);
    if (sessions.length === 0) this.byKey.delete(session.keyId);
  }

  /** Sessions that close as the watermark becomes `time`, by end, then as `order` says. */
  close(time: number, order: (a: Session, b: Session) => number): { readonly closed: Session[]; readonly freed: Session[] } {
    const closed: Session[] = [];
    const freed: Session[] = [];
    const later: Session[] = [];
    while (this.heap.earliest < time) {
      const session = this.heap.pop();
      if (session.gone) continue;
      if (this.dueOf(session) >= time) {
        later.push(session);
        continue;
      }
      if (!session.closed) {
        session.closed = true;
        closed.push(session);
      }
      if (this.dueOf(session) < time) freed.push(session);
      else later.push(session);
    }
    for (const session of later) this.heap.push(this.dueOf(session), session);
    closed.sort((a, b) => a.last - b.last || order(a, b));
    return { closed, freed };
  }

  *all(): Generator<Session> {
    for (const sessions of this.byKey.values()) yield* sessions;
  }

  private dueOf(session: Session): number {
    return session.last + this.gapMs + (session.closed ? this.keepMs : 0);
  }
}
