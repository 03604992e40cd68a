import { dataHookOf } from '../artifact/artifact-root.tsx';
import type { ArtifactView } from '../artifact/artifact-view.ts';
import { definePart, type Part } from '../parts/define-part.ts';
import { flowOf } from '../topology/topology-flow.ts';

/** The data flow as text. */
export const AppPreviewFlow: Part<'ol', ArtifactView<'app-preview'>> = definePart({
  name: 'AppPreview.Flow',
  tag: 'ol',
  use: dataHookOf('app-preview', 'AppPreview'),
  own: ({ artifact: { data } }) => ({
    'aria-label': 'Data flow',
    children: flowOf(data.app.topology).map(({ node, reads, writes }) => (
      <li key={node.id} data-type={node.type}>{`${reads.join(', ')} → ${node.label} → ${writes.join(', ')}`}</li>
    )),
  }),
});
