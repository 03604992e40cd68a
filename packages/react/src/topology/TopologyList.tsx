import { dataHookOf } from '../artifact/artifact-root.tsx';
import type { ArtifactView } from '../artifact/artifact-view.ts';
import { definePart, type Part } from '../parts/define-part.ts';
import { flowOf } from './topology-flow.ts';

/** The graph as text: one line per transform, from what it reads to what it writes. */
export const TopologyList: Part<'ol', ArtifactView<'topology'>> = definePart({
  name: 'Topology.List',
  tag: 'ol',
  use: dataHookOf('topology', 'Topology'),
  own: ({ artifact: { data } }) => ({
    'aria-label': 'Data flow',
    children: flowOf(data.topology).map(({ node, reads, writes }) => (
      <li key={node.id} data-type={node.type}>
        {reads.length > 0 && <span data-reads="">{`${reads.join(', ')} → `}</span>}
        <strong>{node.label}</strong>
        {node.verb !== undefined && <span data-verb="">{` ${node.verb}`}</span>}
        {writes.length > 0 && <span data-writes="">{` → ${writes.join(', ')}`}</span>}
      </li>
    )),
  }),
});
