import type { Artifact } from '@velostream/core/protocol';
import type { Session, Studio } from '@velostream/core/protocol/studio';
import { useCallback, useRef } from 'react';
import { titleOf } from './use-current-session.ts';

const UNNAMED = /^(Untitled|First look)$/;
const NAME_MAX = 48;
const NAMING: readonly Artifact['kind'][] = ['sql-editor', 'app-preview', 'query-results'];

/** Up to a word's end. */
function shortened(title: string): string {
  if (title.length <= NAME_MAX) return title;
  const cut = title.slice(0, NAME_MAX);
  const end = cut.lastIndexOf(' ');
  // One long word, such as an address, is cut where the room ends.
  return end < NAME_MAX / 2 ? `${cut.slice(0, -1)}…` : cut.slice(0, end);
}

/** A notebook that nobody named takes the title of the first thing made in it. No two share one: deployments go by that name. */
export function useNotebookName(studio: Studio, session: Session, onNamed: () => void): (artifact: Artifact) => void {
  const isDone = useRef(false);
  return useCallback(
    (artifact) => {
      // A query that does not work yet has no name yet.
      if (artifact.state === 'failed') return;
      if (isDone.current || !UNNAMED.test(session.name) || !NAMING.includes(artifact.kind)) return;
      isDone.current = true;
      void (async () => {
        const wanted = shortened(artifact.title);
        const taken = new Set((await studio.sessions.list()).map(({ name }) => name));
        let name = wanted;
        for (let n = 2; taken.has(name); n++) name = `${wanted} ${n}`;
        await studio.sessions.rename(session.id, name);
        document.title = titleOf({ name });
        onNamed();
      })().catch(() => {
        isDone.current = false; // it stays as it was called; the next artifact tries again
      });
    },
    [studio, session, onNamed],
  );
}
