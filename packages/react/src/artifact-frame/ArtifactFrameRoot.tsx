import { type ArtifactView, useArtifact } from '../artifact/artifact-view.ts';
import { definePart, type Part } from '../parts/define-part.ts';

/** The whole of an artifact as one labelled region. */
export const ArtifactFrameRoot: Part<'section', ArtifactView> = definePart({
  name: 'ArtifactFrame.Root',
  tag: 'section',
  use: useArtifact,
  own: ({ artifact, pending }) => ({
    'data-kind': artifact.kind,
    'data-state': artifact.state,
    'data-pending': pending ?? undefined,
    'aria-label': artifact.title,
    'aria-busy': artifact.state === 'waiting' || pending !== null,
  }),
});
