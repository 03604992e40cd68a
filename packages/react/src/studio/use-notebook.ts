import type { Artifact } from '@velostream/core/protocol';
import type { Cell, Notebook, Session } from '@velostream/core/protocol/studio';
import { useMemo, useSyncExternalStore } from 'react';
import { EMPTY_NOTEBOOK, type NotebookSnapshot, notebookStore } from './notebook-store.ts';

export interface NotebookActions {
  addCell(cell: Parameters<Notebook['addCell']>[0]): Promise<Cell>;
  updateCell(id: string, change: Parameters<Notebook['updateCell']>[1]): Promise<Cell>;
  removeCell(id: string): Promise<void>;
  moveCell(id: string, index: number): Promise<void>;
  putArtifact(artifact: Artifact): Promise<void>;
  refresh(): void;
}

const empty = (): NotebookSnapshot => EMPTY_NOTEBOOK;
const neverChanges = (): (() => void) => () => {};

/** Cells, messages and artifacts of a session, and changes of them that every component sees. `actions` is `null` without a session. */
export function useNotebook(session: Session | null): NotebookSnapshot & { readonly actions: NotebookActions | null } {
  const store = session ? notebookStore(session) : undefined;
  const snapshot = useSyncExternalStore(store?.subscribe ?? neverChanges, store?.current ?? empty, empty);
  const actions = useMemo(() => (session ? actionsOf(session) : null), [session]);
  return { ...snapshot, actions };
}

function actionsOf(session: Session): NotebookActions {
  const store = notebookStore(session);
  const { notebook } = session;
  const then = async <T>(change: Promise<T>): Promise<T> => {
    try {
      return await change;
    } finally {
      store.refresh();
    }
  };
  return {
    addCell: (cell) => then(notebook.addCell(cell)),
    updateCell: (id, change) => then(notebook.updateCell(id, change)),
    removeCell: (id) => then(notebook.removeCell(id)),
    moveCell: (id, index) => then(notebook.moveCell(id, index)),
    putArtifact: (artifact) => then(notebook.putArtifact(artifact)),
    refresh: () => store.refresh(),
  };
}

/** One cell of a notebook, or `undefined`. */
export const useCell = (session: Session | null, id: string): Cell | undefined => useNotebook(session).cells.find((cell) => cell.id === id);
