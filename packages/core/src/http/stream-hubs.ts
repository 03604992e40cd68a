import { notFound } from '../diagnostics/codes/studio.ts';
import type { Execution, Session } from '../protocol/studio/session.ts';
import { StreamHub } from './stream-hub.ts';

const HUBS_MAX = 1_000;
/** An execution that nobody reads for so long is stopped. */
const ABANDONED_MS = 5 * 60_000;

/** The hubs of one handler by execution id, with who may read them. */
export class StreamHubs {
  private readonly hubs = new Map<string, { readonly hub: StreamHub; readonly owner: string }>();
  private readonly now: () => number;

  constructor(now: () => number) {
    this.now = now;
  }

  add(execution: Execution, owner: string): StreamHub {
    this.sweep();
    const hub = new StreamHub(execution, this.now);
    this.hubs.set(execution.id, { hub, owner });
    return hub;
  }

  /** The hub of an execution, for its owner only; for anybody else there is none. */
  get(id: string, owner: string): StreamHub {
    const found = this.hubs.get(id);
    if (found?.owner !== owner) throw notFound('execution', id);
    return found.hub;
  }

  /** Like `get`; an execution that a session runs (an assistant may have started it) gets its hub now. */
  async find(id: string, owner: string, session: () => Promise<Session | undefined>): Promise<StreamHub> {
    if (this.hubs.get(id)?.owner === owner) return this.get(id, owner);
    const execution = (await session())?.execution(id);
    if (!execution || this.hubs.has(id)) return this.get(id, owner);
    await execution.ready;
    return this.add(execution, owner);
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
