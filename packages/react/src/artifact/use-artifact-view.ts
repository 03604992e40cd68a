import type { Artifact, ArtifactActionName, ArtifactKind, ArtifactOf } from '@velostream/core/protocol';
import { useCallback, useEffect, useMemo, useRef, useState } from 'react';
import { toError } from '../studio/use-loaded.ts';
import type { ActionSubject, ArtifactActionHandler, ArtifactView } from './artifact-view.ts';

export interface ArtifactViewOptions {
  readonly versions?: readonly Artifact[] | undefined;
  readonly onAction?: ArtifactActionHandler | undefined;
}

/** Makes the view of an artifact: which version is shown, which action runs. */
export function useArtifactView<K extends ArtifactKind>(
  artifact: ArtifactOf<K>,
  { versions, onAction }: ArtifactViewOptions = {},
): ArtifactView<K> {
  const [chosen, setChosen] = useState<{ readonly latest: number; readonly version: number } | null>(null);
  const [pending, setPending] = useState<ArtifactActionName | null>(null);
  const [failure, setFailure] = useState<ArtifactView['failure']>(null);
  const isMounted = useRef(true);
  useEffect(() => {
    isMounted.current = true;
    return () => {
      isMounted.current = false;
    };
  }, []);

  // A choice holds until a newer version comes: then the newest is shown again.
  const wanted = chosen?.latest === artifact.version ? chosen.version : artifact.version;
  const shown = versions?.find((other) => other.id === artifact.id && other.version === wanted && other.kind === artifact.kind) ?? artifact;

  const act = useCallback(
    async (name: ArtifactActionName, subject: ActionSubject = {}) => {
      if (!onAction) return;
      setFailure(null);
      try {
        // Both come from the union by kind, which TypeScript does not follow through the generic.
        const done = onAction({ name, artifact: shown as unknown as Artifact, subject });
        if (done === undefined) return;
        setPending(name);
        await done;
      } catch (reason) {
        if (isMounted.current) setFailure({ action: name, error: toError(reason) });
      } finally {
        if (isMounted.current) setPending(null);
      }
    },
    [onAction, shown],
  );
  return useMemo(
    () => ({
      artifact: shown as unknown as ArtifactOf<K>,
      versions: versions ?? [artifact as unknown as Artifact],
      showVersion: versions && versions.length > 1 ? (version) => setChosen({ latest: artifact.version, version }) : null,
      act: onAction ? (name, subject) => void act(name, subject) : null,
      pending,
      failure,
      dismissFailure: failure ? () => setFailure(null) : null,
    }),
    [artifact, shown, versions, onAction, act, pending, failure],
  );
}
