import type { Artifact, ArtifactKind, ArtifactOf, ArtifactState } from '@velostream/core/protocol';
import { useSyncExternalStore } from 'react';
import { observeQuery } from '../query/observe-query.ts';
import { executionOf } from '../query-results/artifact-snapshot.ts';
import { sqlDrafts } from '../sql-editor/sql-drafts.ts';
import { useCurrentSession } from '../studio/use-studio.ts';
import { LIVE_ROWS } from './live-rows.ts';

const never = (): (() => void) => () => {};

export interface ShownState {
  readonly state: ArtifactState;
  /** The query was written anew since: rows are those of the text before, and an error of that text is over. */
  readonly isRewritten: boolean;
}

/**
 * The state of an artifact as its card tells it: of rows that an execution brings it is that of the execution, which goes on after the artifact was
 * made; of a query it is that of the text as it stands in the editor.
 */
export function useShownState(artifact: ArtifactOf<ArtifactKind>): ShownState {
  const session = useCurrentSession();
  const execution = artifact.kind === 'query-results' ? executionOf(session, artifact as ArtifactOf<'query-results'>) : undefined; // its kind says so
  const observer = execution && observeQuery(execution, LIVE_ROWS);
  const current = (): ArtifactState => observer?.current().status ?? artifact.state;
  const state = useSyncExternalStore(observer?.subscribe ?? never, current, current);
  const drafts = session && sqlDrafts(session);
  const rewritten = (): boolean => drafts !== null && isRewritten(artifact as Artifact, drafts); // the union of all kinds
  const isNew = useSyncExternalStore(drafts?.subscribe ?? never, rewritten, rewritten);
  if (!isNew) return { state, isRewritten: false };
  return { state: artifact.kind === 'query-results' ? 'stale' : 'done', isRewritten: true };
}

function isRewritten(artifact: Artifact, drafts: ReturnType<typeof sqlDrafts>): boolean {
  if (artifact.kind === 'sql-editor') return drafts.textOf(artifact.id, artifact.data.sql) !== artifact.data.sql;
  return artifact.kind === 'query-results' && artifact.data.sql !== undefined && drafts.isOutdated(artifact.data.sql);
}
