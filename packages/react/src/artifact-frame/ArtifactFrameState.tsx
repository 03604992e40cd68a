import { type ArtifactView, useArtifact } from '../artifact/artifact-view.ts';
import { definePart, type Part } from '../parts/define-part.ts';
import { STATE_WORDS } from './artifact-state-text.ts';

/** The state as a word. It is no live region: a page has one announcer for that. */
export const ArtifactFrameState: Part<'span', ArtifactView> = definePart({
  name: 'ArtifactFrame.State',
  tag: 'span',
  use: useArtifact,
  own: ({ artifact }) => ({ 'data-state': artifact.state, children: STATE_WORDS[artifact.state] }),
});
