import { dataHookOf } from '../artifact/artifact-root.tsx';
import type { ArtifactView } from '../artifact/artifact-view.ts';
import { definePart, type Part } from '../parts/define-part.ts';
import { messageTable, rowTable } from './peek-table.tsx';

/** One table per source: messages with partition, offset and time, or plain rows. Masked columns say so in their head. */
export const DataPreviewTables: Part<'div', ArtifactView<'data-preview'>> = definePart({
  name: 'DataPreview.Tables',
  tag: 'div',
  use: dataHookOf('data-preview', 'DataPreview'),
  own: ({ artifact }) => ({
    'data-count': artifact.data.peeks.length,
    children: artifact.data.peeks.map((peek) => (peek.messages ? messageTable(peek) : rowTable(peek))),
  }),
});
