import { type ArtifactView, labelOf, useArtifact } from '../artifact/artifact-view.ts';
import { definePart, type Part } from '../parts/define-part.ts';

/** All actions that the artifact offers, as buttons. */
export const ArtifactFrameActions: Part<'div', ArtifactView> = definePart({
  name: 'ArtifactFrame.Actions',
  tag: 'div',
  use: useArtifact,
  own: ({ artifact, act, pending }) =>
    artifact.actions.length === 0
      ? null
      : {
          role: 'group',
          'aria-label': 'Actions',
          children: artifact.actions.map(({ name, primary }) => (
            <button
              key={name}
              type="button"
              data-action={name}
              data-primary={primary ? '' : undefined}
              disabled={!act || pending !== null}
              onClick={() => act?.(name)}
            >
              {labelOf(name, artifact.actions)}
            </button>
          )),
        },
});
