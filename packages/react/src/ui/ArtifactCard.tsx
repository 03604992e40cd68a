import type { Artifact } from '@velostream/core/protocol';
import { type ReactNode, useEffect, useRef } from 'react';
import { useAnnounce } from '../announce/announcer.ts';
import { useArtifact } from '../artifact/artifact-view.ts';
import { ArtifactFrame } from '../artifact-frame/artifact-frame.ts';
import { STATE_WORDS } from '../artifact-frame/artifact-state-text.ts';
import { CardActions } from './CardActions.tsx';
import { Icon } from './controls/Icon.tsx';
import { Skeleton } from './controls/Skeleton.tsx';
import { StateChip } from './controls/StateChip.tsx';
import { KIND_ICONS } from './kind-icons.ts';
import { useShownState } from './shown-state.ts';

/** The card around every artifact: title, state, versions and actions above it, where it came from below. */
export function ArtifactCard({ children }: { readonly children: ReactNode }): ReactNode {
  const { artifact } = useArtifact();
  const { state, isRewritten } = useShownState(artifact);
  useAnnouncedState(artifact.title, STATE_WORDS[state]);
  const isEmptyHanded = artifact.state === 'failed' && artifact.error !== undefined && !canShowBody(artifact.kind);
  return (
    <ArtifactFrame.Root className="velo-card">
      <header className="velo-card-header">
        <Icon name={KIND_ICONS[artifact.kind] ?? 'info'} />
        <ArtifactFrame.Title className="velo-card-title" />
        <ArtifactFrame.Versions className="velo-select" />
        {!isPlain(artifact.kind, state) && <StateChip state={state}>{STATE_WORDS[state]}</StateChip>}
        <CardActions />
      </header>
      <ArtifactFrame.Failure className="velo-note" data-tone="negative" />
      {!isRewritten && <ArtifactFrame.Error className="velo-note" data-tone="negative" />}
      {state === 'stale' && isRewritten && (
        <p className="velo-note" data-tone="warning">
          The query was changed after this run. Run it again to see what it gives now.
        </p>
      )}
      {!isEmptyHanded && (
        <div className="velo-card-body">
          {isAwaited(artifact) ? <Skeleton lines={6} label={`Waiting for ${artifact.title}`} /> : children}
        </div>
      )}
      <ArtifactFrame.Provenance className="velo-card-footer" />
    </ArtifactFrame.Root>
  );
}

/** What runs has a state; that a schema or an editor is done goes without saying. */
const isPlain = (kind: Artifact['kind'], state: Artifact['state']): boolean =>
  state === 'done' && kind !== 'query-results' && kind !== 'deploy-summary';

/** Kinds that have something to show beside their error. */
const canShowBody = (kind: string): boolean => kind === 'sql-editor' || kind === 'test-results' || kind === 'deploy-summary';

/** What waits has no content yet; results and deployments say themselves what they wait for. */
const isAwaited = ({ kind, state }: Pick<Artifact, 'kind' | 'state'>): boolean =>
  state === 'waiting' && kind !== 'query-results' && kind !== 'deploy-summary';

function useAnnouncedState(title: string, word: string): void {
  const announce = useAnnounce();
  const before = useRef(word);
  useEffect(() => {
    if (before.current === word) return;
    before.current = word;
    announce(`${title}: ${word}`);
  }, [title, word, announce]);
}
