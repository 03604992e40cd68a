import { type ArtifactView, labelOf, useArtifact } from '../artifact/artifact-view.ts';
import { definePart, type Part } from '../parts/define-part.ts';

const hintOf = (error: Error): string | undefined => ('hint' in error && typeof error.hint === 'string' ? error.hint : undefined);

/** Why the last action did not work; absent otherwise. */
export const ArtifactFrameFailure: Part<'div', ArtifactView> = definePart({
  name: 'ArtifactFrame.Failure',
  tag: 'div',
  use: useArtifact,
  own: ({ artifact, failure, dismissFailure }) =>
    failure && {
      role: 'alert',
      'data-action': failure.action,
      children: (
        <>
          <p>
            {labelOf(failure.action, artifact.actions)} did not work: {failure.error.message}
          </p>
          {hintOf(failure.error) !== undefined && <p data-hint="">{hintOf(failure.error)}</p>}
          <button type="button" onClick={dismissFailure ?? undefined}>
            Dismiss
          </button>
        </>
      ),
    },
});
