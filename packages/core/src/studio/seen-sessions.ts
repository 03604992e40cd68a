import { notFound } from '../diagnostics/codes/studio.ts';
import type { Viewer } from '../protocol/studio/owner.ts';
import type { Session } from '../protocol/studio/session.ts';
import type { Sessions, Studio } from '../protocol/studio/studio.ts';
import type { ThreadSession } from '../sessions/session.ts';
import { seenSession } from './seen-session.ts';
import type { StudioSessions } from './sessions.ts';

/** Sessions as one viewer sees them; with what the rest of the studio needs of them. */
export interface SeenSessions extends Sessions {
  /** The session itself; without an id the latest one that is open, else a new one. */
  thread(id: string | undefined): Promise<ThreadSession>;
  /** Open ones, the latest first. */
  opened(): readonly ThreadSession[];
}

/** A session that the viewer does not see is answered as one that there is not. */
export function seenSessions(sessions: StudioSessions, viewer: Viewer, studio: () => Studio): SeenSessions {
  const { owner } = viewer;
  const opened = () => sessions.opened().filter((s) => viewer.sees(s.owner));
  const thread = async (id: string | undefined): Promise<ThreadSession> => {
    if (id === undefined) return opened()[0] ?? sessions.create({ name: 'Scratch', owner });
    const session = await sessions.open(id);
    if (!viewer.sees(session.owner)) throw notFound('notebook', id);
    return session;
  };
  const seen = (session: ThreadSession): Session => (owner === undefined ? session : seenSession(session, viewer, studio()));
  return {
    opened,
    thread,
    create: async (options = {}) => seen(await sessions.create({ ...options, owner })),
    open: async (id) => seen(await thread(id)),
    list: async () => (await sessions.list()).filter((n) => viewer.sees(n.owner)),
    rename: async (id, name) => {
      await thread(id);
      await sessions.rename(id, name);
    },
    async delete(id) {
      const found = (await sessions.list()).find((n) => n.id === id);
      const mine = found ? viewer.sees(found.owner) : opened().some((s) => s.id === id);
      return mine && sessions.delete(id);
    },
    import: async (document) => seen(await sessions.import(document, owner)),
  };
}
