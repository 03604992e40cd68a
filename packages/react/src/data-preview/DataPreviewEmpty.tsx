import { dataHookOf } from '../artifact/artifact-root.tsx';
import type { ArtifactView } from '../artifact/artifact-view.ts';
import { definePart, type Part } from '../parts/define-part.ts';
import { coverageText } from '../text/coverage-text.ts';

/** Says that nothing was found and how far it was looked for. */
export const DataPreviewEmpty: Part<'p', ArtifactView<'data-preview'>> = definePart({
  name: 'DataPreview.Empty',
  tag: 'p',
  use: dataHookOf('data-preview', 'DataPreview'),
  own: ({ artifact }) =>
    artifact.data.peeks.some(({ rows }) => rows.length > 0)
      ? null
      : {
          children:
            artifact.data.peeks.length === 0
              ? 'Nothing was read'
              : artifact.data.peeks.every(({ coverage }) => coverage.available === 0)
                ? 'There is no record in it yet'
                : `No records: ${artifact.data.peeks.map(({ coverage }) => coverageText(coverage)).join('; ')}`,
        },
});
