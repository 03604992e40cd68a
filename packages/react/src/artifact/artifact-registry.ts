import type { Artifact, ArtifactKind } from '@velostream/core/protocol';
import { type ComponentType, createContext } from 'react';
import type { ArtifactActionHandler } from './artifact-view.ts';

/** Draws one kind; it reads the artifact with `useArtifact` or through the Root of the kind. */
export type ArtifactRenderer = ComponentType<object>;

/** Components by kind. A host may add kinds of its own and replace ours. */
export type ArtifactRenderers = Readonly<Partial<Record<ArtifactKind | (string & {}), ArtifactRenderer>>>;

export interface RegistryValue {
  readonly renderers: ArtifactRenderers;
  /** What stands around every artifact: header, footer, states. */
  readonly frame: ComponentType<{ readonly children: React.ReactNode }> | null;
  readonly onAction: ArtifactActionHandler | undefined;
  readonly versionsOf: ((artifact: Artifact) => readonly Artifact[]) | undefined;
}

export const RegistryContext = createContext<RegistryValue>({ renderers: {}, frame: null, onAction: undefined, versionsOf: undefined });
