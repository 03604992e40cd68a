import type { Artifact as AnyArtifact } from '@velostream/core/protocol';
import { type ReactNode, useContext } from 'react';
import { ArtifactBoundary } from './ArtifactBoundary.tsx';
import { RegistryContext } from './artifact-registry.ts';
import { type ArtifactActionHandler, ArtifactContext, type ArtifactView } from './artifact-view.ts';
import { headlessRenderers } from './headless-renderers.tsx';
import { useArtifactView } from './use-artifact-view.ts';

export interface ArtifactProps {
  /** Plain JSON, for instance from a tool result. */
  readonly artifact: AnyArtifact;
  /** Other versions of the same artifact, for a version menu. */
  readonly versions?: readonly AnyArtifact[] | undefined;
  readonly onAction?: ArtifactActionHandler | undefined;
  /** Told when drawing failed; the page goes on. */
  readonly onError?: ((error: Error) => void) | undefined;
  /** Drawn instead where the registry has no component for the kind, or where drawing failed. */
  readonly fallback?: ((reason: Error, retry: () => void) => ReactNode) | undefined;
}

const plainFallback = (error: Error, retry: () => void): ReactNode => (
  <div role="alert" data-artifact-failure="">
    <p>This result could not be drawn: {error.message}</p>
    <button type="button" onClick={retry}>
      Try again
    </button>
  </div>
);

function Unknown({ kind }: { readonly kind: string }): ReactNode {
  throw new Error(`no component draws artifacts of kind "${kind}": add one with <ArtifactRegistry renderers={{ '${kind}': … }}>`);
}

/**
 * Draws an artifact by its kind, with the components of the registry around. A fault stays inside.
 *
 * @example <Artifact artifact={result.artifact} />
 */
export function Artifact({ artifact, versions, onAction, onError, fallback = plainFallback }: ArtifactProps): ReactNode {
  const registry = useContext(RegistryContext);
  const view = useArtifactView(artifact, {
    versions: versions ?? registry.versionsOf?.(artifact),
    onAction: onAction ?? registry.onAction,
  });
  const Renderer = registry.renderers[artifact.kind] ?? headlessRenderers[artifact.kind];
  const Frame = registry.frame;
  const drawn = (
    <ArtifactBoundary resetKey={`${artifact.kind}:${artifact.id}:${artifact.version}`} fallback={fallback} onError={onError}>
      {Renderer ? <Renderer /> : <Unknown kind={artifact.kind} />}
    </ArtifactBoundary>
  );
  return (
    <ArtifactContext.Provider value={view as unknown as ArtifactView}>{Frame ? <Frame>{drawn}</Frame> : drawn}</ArtifactContext.Provider>
  );
}
