import type { ArtifactKind, ArtifactOf, ArtifactState } from '@velostream/core/protocol';
import { useSyncExternalStore } from 'react';
import { observeQuery } from '../query/observe-query.ts';
import { executionOf } from '../query-results/artifact-snapshot.ts';
import { useCurrentSession } from '../studio/use-studio.ts';
import { LIVE_ROWS } from './live-rows.ts';

const never = (): (() => void) => () => {};

/** The state of an artifact as its card tells it: of rows that an execution brings it is that of the execution, which goes on after the artifact was made. */
export function useShownState(artifact: ArtifactOf<ArtifactKind>): ArtifactState {
  const session = useCurrentSession();
  const execution = artifact.kind === 'query-results' ? executionOf(session, artifact as ArtifactOf<'query-results'>) : undefined; // its kind says so
  const observer = execution && observeQuery(execution, LIVE_ROWS);
  const state = (): ArtifactState => observer?.current().status ?? artifact.state;
  return useSyncExternalStore(observer?.subscribe ?? never, state, state);
}
