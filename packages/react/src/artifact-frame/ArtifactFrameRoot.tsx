import { forwardRef } from 'react';
import { type ArtifactView, FramedContext, useArtifact } from '../artifact/artifact-view.ts';
import { type PartProps, renderPart } from '../parts/render-part.ts';

/** The whole of an artifact as one labelled region; the Root inside then needs no label of its own. */
export const ArtifactFrameRoot = forwardRef<HTMLElement, PartProps<'section', ArtifactView>>(function ArtifactFrameRoot(props, ref) {
  const view = useArtifact();
  const { artifact, pending } = view;
  const own = {
    'data-kind': artifact.kind,
    'data-state': artifact.state,
    'data-pending': pending ?? undefined,
    'aria-label': artifact.title,
    'aria-busy': artifact.state === 'waiting' || pending !== null,
  };
  return <FramedContext.Provider value={true}>{renderPart('section', props, own, { state: view, ref })}</FramedContext.Provider>;
});
