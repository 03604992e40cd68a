import { type ArtifactView, useArtifact } from '../artifact/artifact-view.ts';
import { definePart, type Part } from '../parts/define-part.ts';

export const ArtifactFrameTitle: Part<'h3', ArtifactView> = definePart({
  name: 'ArtifactFrame.Title',
  tag: 'h3',
  use: useArtifact,
  own: ({ artifact }) => ({ children: artifact.title }),
});
