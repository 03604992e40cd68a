import { invalidRequest, notFound, studioClosed, tooMany } from '../diagnostics/codes/studio.ts';
import type { NotebookDocument, NotebookSummary } from '../protocol/studio/notebook.ts';
import { isSameOwner, type Owner } from '../protocol/studio/owner.ts';
import { newId } from '../sessions/new-id.ts';
import { type SessionServices, ThreadSession } from '../sessions/session.ts';
import type { SessionRuntime } from '../sessions/session-runtime.ts';
import type { StudioQuotas } from './quotas.ts';

const NAME_MAX = 200;
const ID = /^[\w.-]{1,80}$/;

/** Sessions of a studio, whoever owns them: open ones in memory, all of them in the store. */
export class StudioSessions {
  private readonly open_ = new Map<string, ThreadSession>();
  private readonly opening = new Map<string, Promise<ThreadSession>>();
  private readonly runtime: SessionRuntime;
  private readonly services: SessionServices;
  private readonly quotas: Pick<StudioQuotas, 'sessions' | 'sessionsPerCaller'>;
  /** Counts up with each use of a session. */
  private readonly usedAt = new WeakMap<ThreadSession, number>();
  private uses = 0;
  private isClosed = false;

  constructor(runtime: SessionRuntime, services: SessionServices, quotas: Pick<StudioQuotas, 'sessions' | 'sessionsPerCaller'>) {
    this.runtime = runtime;
    this.services = services;
    this.quotas = quotas;
  }

  async create(options: { readonly name?: string; readonly id?: string; readonly owner?: Owner | undefined } = {}): Promise<ThreadSession> {
    this.checkOpen();
    const id = options.id ?? newId('nb', this.runtime.rng);
    if (!ID.test(id)) throw invalidRequest(`"${id}" cannot be the id of a notebook`, 'Use letters, digits, ".", "-" and "_", at most 80.');
    if (await this.isTaken(id)) throw invalidRequest(`there is already a notebook "${id}"`);
    const now = this.runtime.clock.now();
    const document = owned(emptyDocument(id, checkedName(options.name ?? 'Untitled'), now), options.owner);
    const session = await this.admit(new ThreadSession(document, this.runtime, this.services));
    await session.notebook.save();
    return session;
  }

  async open(id: string): Promise<ThreadSession> {
    this.checkOpen();
    const known = this.open_.get(id);
    if (known) return this.used(known);
    const loading = this.opening.get(id);
    if (loading) return loading;
    const opening = this.load(id).finally(() => this.opening.delete(id));
    this.opening.set(id, opening);
    return opening;
  }

  async list(): Promise<readonly NotebookSummary[]> {
    const stored = await this.runtime.store.list('notebooks');
    return stored.map(({ id, updatedAt, summary }) => ({
      id,
      name: String(summary['name'] ?? 'Untitled'),
      cellCount: Number(summary['cellCount'] ?? 0),
      metricsCount: Number(summary['metricsCount'] ?? 0),
      createdAt: Number(summary['createdAt'] ?? updatedAt),
      updatedAt,
      ...(summary['owner'] === undefined ? {} : { owner: summary['owner'] as Owner }),
    }));
  }

  async rename(id: string, name: string): Promise<void> {
    await (await this.open(id)).rename(checkedName(name));
  }

  async delete(id: string): Promise<boolean> {
    const session = this.open_.get(id);
    this.open_.delete(id);
    session?.notebook.forget();
    await session?.close();
    return this.runtime.store.delete('notebooks', id);
  }

  async import(document: NotebookDocument, owner: Owner | undefined): Promise<ThreadSession> {
    this.checkOpen();
    const { revision: _other, ...checked } = checkedDocument(document);
    const now = this.runtime.clock.now();
    // What was deployed from a notebook that was deleted, and addresses of it, lead to it again when it is brought back.
    const id = ID.test(checked.id) && !(await this.isTaken(checked.id)) ? checked.id : newId('nb', this.runtime.rng);
    const own = owned({ ...checked, id, createdAt: now, updatedAt: now }, owner);
    const session = await this.admit(new ThreadSession(own, this.runtime, this.services));
    await session.notebook.save();
    return session;
  }

  /** Open sessions, the latest first. */
  opened(): readonly ThreadSession[] {
    return [...this.open_.values()].reverse();
  }

  async close(): Promise<void> {
    this.isClosed = true;
    await Promise.all([...this.open_.values()].map((s) => s.close()));
    this.open_.clear();
  }

  private async isTaken(id: string): Promise<boolean> {
    return this.open_.has(id) || this.opening.has(id) || (await this.runtime.store.get('notebooks', id)) !== undefined;
  }

  private checkOpen(): void {
    if (this.isClosed) throw studioClosed('studio');
  }

  private async load(id: string): Promise<ThreadSession> {
    const stored = await this.runtime.store.get('notebooks', id);
    if (stored === undefined) throw notFound('notebook', id);
    const session = new ThreadSession(checkedDocument(stored as NotebookDocument), this.runtime, this.services);
    await session.bringSecrets();
    return this.admit(session);
  }

  /** Takes in one more. Where its owner, or the studio, has as many as may be, one that is idle makes way: it is in the store. */
  private async admit(session: ThreadSession): Promise<ThreadSession> {
    const { owner } = session;
    const { sessions, sessionsPerCaller } = this.quotas;
    const leaving: ThreadSession[] = [];
    try {
      if (owner !== undefined) leaving.push(...this.makeRoom(sessionsPerCaller, 'open notebooks of this caller', owner));
      leaving.push(...this.makeRoom(sessions, 'open notebooks in this studio', undefined));
      this.open_.set(session.id, this.used(session));
    } finally {
      await Promise.all(leaving.map((idle) => idle.close()));
    }
    return session;
  }

  private makeRoom(allowed: number, what: string, owner: Owner | undefined): readonly ThreadSession[] {
    const mine = [...this.open_.values()].filter((session) => owner === undefined || isSameOwner(session.owner, owner));
    const over = mine.length + 1 - allowed;
    if (over <= 0) return [];
    // The host program may hold on to a session of its own, and nobody would tell it; callers come back by id.
    const idle = mine.filter((session) => session.isIdle && session.owner !== undefined);
    if (idle.length < over) throw tooMany(what, allowed);
    const leaving = idle.sort((a, b) => (this.usedAt.get(a) ?? 0) - (this.usedAt.get(b) ?? 0)).slice(0, over);
    for (const { id } of leaving) this.open_.delete(id);
    return leaving;
  }

  private used(session: ThreadSession): ThreadSession {
    this.usedAt.set(session, ++this.uses);
    return session;
  }
}

/** A document of this owner, whoever a file may name. */
function owned({ owner: _owner, ...document }: NotebookDocument, owner: Owner | undefined): NotebookDocument {
  return owner === undefined ? document : { ...document, owner };
}

function checkedName(name: string): string {
  const trimmed = name.trim();
  if (trimmed === '' || trimmed.length > NAME_MAX) throw invalidRequest(`a notebook needs a name of 1 to ${NAME_MAX} characters`);
  return trimmed;
}

const EMPTY_CONTEXT: NotebookDocument['context'] = {
  sources: {},
  sinks: {},
  metrics: [],
  alerts: [],
  schemas: {},
  connections: {},
  dependencies: [],
};

const emptyDocument = (id: string, name: string, now: number): NotebookDocument => ({
  version: 1,
  id,
  name,
  cells: [],
  context: EMPTY_CONTEXT,
  messages: [],
  artifacts: [],
  metadata: {},
  createdAt: now,
  updatedAt: now,
});

/** A document from a file or an older store: what is missing is filled in, what is no notebook is refused. */
function checkedDocument(document: NotebookDocument): NotebookDocument {
  const d = document as Partial<NotebookDocument> | null;
  if (typeof d !== 'object' || d === null || d.version !== 1 || !Array.isArray(d.cells)) {
    throw invalidRequest('this is not a notebook file', 'Export one with "Export notebook"; version 1 is read.');
  }
  const base = emptyDocument(String(d.id ?? ''), checkedName(String(d.name ?? 'Untitled')), d.createdAt ?? 0);
  return { ...base, ...d, context: { ...EMPTY_CONTEXT, ...d.context } } as NotebookDocument;
}
