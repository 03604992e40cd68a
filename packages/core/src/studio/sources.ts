import { unknownStudioSource } from '../diagnostics/codes/studio.ts';
import type { Peek } from '../protocol/studio/exploration.ts';
import type { Sources } from '../protocol/studio/studio.ts';
import type { ThreadSession } from '../sessions/session.ts';
import type { SeenSessions } from './seen-sessions.ts';

/** Sources over the sessions that a viewer sees: of the named session, else of the one that knows the id. */
export function studioSources(sessions: SeenSessions): Sources {
  const sessionFor = async (id: string | undefined, sessionId: string | undefined): Promise<ThreadSession> => {
    if (sessionId !== undefined) return sessions.thread(sessionId);
    const open = sessions.opened();
    const found = id === undefined ? open[0] : open.find((s) => s.registry.find(id));
    if (found) return found;
    if (open[0] && id === undefined) return open[0];
    throw unknownStudioSource(
      id ?? '',
      open.flatMap((s) => s.registry.names()),
    );
  };
  return {
    async list({ sessionId, ...options } = {}) {
      if (sessionId === undefined && sessions.opened().length === 0) return [];
      return (await sessionFor(undefined, sessionId)).explorer.list(options);
    },
    inspect: async (id, { sessionId, ...options } = {}) => (await sessionFor(id, sessionId)).explorer.inspect(id, options),
    peek: async (id, { sessionId, ...options } = {}) => (await sessionFor(id, sessionId)).explorer.peek(id, options),
    stats: async (id, { sessionId, ...options } = {}) => (await sessionFor(id, sessionId)).explorer.stats(id, options),
    consumers: async (id, { sessionId, ...options } = {}) => {
      if (id === undefined && sessionId === undefined && sessions.opened().length === 0) return [];
      return (await sessionFor(id, sessionId)).explorer.consumers(id, options);
    },
    async *tail(id, { sessionId, ...options } = {}): AsyncGenerator<Peek> {
      yield* (await sessionFor(id, sessionId)).explorer.tail(id, options);
    },
  };
}
