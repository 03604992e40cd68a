import { dataHookOf } from '../artifact/artifact-root.tsx';
import type { ArtifactView } from '../artifact/artifact-view.ts';
import { definePart, type Part } from '../parts/define-part.ts';
import { jsonText } from '../text/json-text.ts';

/** The records as JSON, one per line. */
export const DataPreviewJson: Part<'pre', ArtifactView<'data-preview'>> = definePart({
  name: 'DataPreview.Json',
  tag: 'pre',
  use: dataHookOf('data-preview', 'DataPreview'),
  own: ({ artifact }) => ({
    tabIndex: 0,
    'aria-label': 'Records as JSON',
    children: artifact.data.peeks
      .flatMap((peek) => peek.rows)
      .map((row) => jsonText(row))
      .join('\n'),
  }),
});
