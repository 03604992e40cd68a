import { type ArtifactView, useArtifact } from '../artifact/artifact-view.ts';
import { definePart, type Part } from '../parts/define-part.ts';

/** Kinds whose content says by itself what failed. */
const TELLS_ITSELF: readonly string[] = ['test-results', 'deploy-summary'];

/** What went wrong and what to do about it; absent unless the artifact failed. */
export const ArtifactFrameError: Part<'div', ArtifactView> = definePart({
  name: 'ArtifactFrame.Error',
  tag: 'div',
  use: useArtifact,
  own: ({ artifact: { error, state, kind } }) =>
    state !== 'failed' || (error === undefined && TELLS_ITSELF.includes(kind))
      ? null
      : {
          role: 'alert',
          'data-code': error?.code,
          children: (
            <>
              <p>{error?.message ?? 'It failed without saying why'}</p>
              {error?.hint !== undefined && <p data-hint="">{error.hint}</p>}
            </>
          ),
        },
});
