import type { Artifact } from '@velostream/core/protocol';
import type { Cell, ChatMessage, Session } from '@velostream/core/protocol/studio';

/** One moment of a notebook. */
export interface NotebookSnapshot {
  readonly cells: readonly Cell[];
  readonly messages: readonly ChatMessage[];
  /** Every version, oldest first. */
  readonly artifacts: readonly Artifact[];
}

export interface NotebookStore {
  subscribe(listener: () => void): () => void;
  current(): NotebookSnapshot;
  /** Reads the notebook again, after a change that did not come through here. */
  refresh(): void;
}

export const EMPTY_NOTEBOOK: NotebookSnapshot = Object.freeze({ cells: [], messages: [], artifacts: [] });
const stores = new WeakMap<Session, NotebookStore>();

/** The store of a session's notebook: one for all components that show it. */
export function notebookStore(session: Session): NotebookStore {
  let store = stores.get(session);
  if (!store) {
    const listeners = new Set<() => void>();
    const take = (): NotebookSnapshot => {
      const { cells, messages, artifacts } = session.notebook;
      return { cells: [...cells], messages: [...messages], artifacts: [...artifacts] };
    };
    let snapshot = take();
    store = {
      subscribe(listener) {
        listeners.add(listener);
        return () => void listeners.delete(listener);
      },
      current: () => snapshot,
      refresh() {
        snapshot = take();
        for (const listener of listeners) listener();
      },
    };
    stores.set(session, store);
  }
  return store;
}
