import { notFound } from '../diagnostics/codes/studio.ts';
import type { Owner, Viewer } from '../protocol/studio/owner.ts';
import type { Execution, Session } from '../protocol/studio/session.ts';
import { StreamHub } from './stream-hub.ts';

const HUBS_MAX = 1_000;
/** An execution that nobody reads for so long is stopped. */
const ABANDONED_MS = 5 * 60_000;

/** The hubs of one handler by execution id, with who may read them. */
export class StreamHubs {
  private readonly hubs = new Map<string, { readonly hub: StreamHub; readonly owner: Owner | undefined }>();
  private readonly now: () => number;

  constructor(now: () => number) {
    this.now = now;
  }

  add(execution: Execution, owner: Owner | undefined): StreamHub {
    this.sweep();
    const hub = new StreamHub(execution, this.now);
    this.hubs.set(execution.id, { hub, owner });
    return hub;
  }

  /** The hub of an execution, for those who see what its owner has; for anybody else there is none. */
  get(id: string, viewer: Viewer): StreamHub {
    const found = this.hubs.get(id);
    if (!found || !viewer.sees(found.owner)) throw notFound('execution', id);
    return found.hub;
  }

  /** Like `get`; an execution that a session runs (an assistant may have started it) gets its hub now. */
  async find(id: string, viewer: Viewer, session: () => Promise<Session | undefined>): Promise<StreamHub> {
    if (this.hubs.has(id)) return this.get(id, viewer);
    const execution = (await session())?.execution(id);
    if (!execution) return this.get(id, viewer);
    await execution.ready;
    return this.hubs.has(id) ? this.get(id, viewer) : this.add(execution, viewer.owner);
  }

  get size(): number {
    return this.hubs.size;
  }

  async close(): Promise<void> {
    await Promise.all([...this.hubs.values()].map(({ hub }) => hub.cancel('the server stops')));
    this.hubs.clear();
  }

  /** Stops what nobody reads any more, and forgets the oldest that have ended. */
  sweep(): void {
    for (const [id, { hub }] of this.hubs) {
      if (hub.idleMs < ABANDONED_MS && this.hubs.size < HUBS_MAX) continue;
      if (hub.readerCount > 0) continue;
      void hub.cancel('nobody reads it');
      this.hubs.delete(id);
    }
  }
}
