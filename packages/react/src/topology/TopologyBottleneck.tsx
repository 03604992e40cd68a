import { dataHookOf } from '../artifact/artifact-root.tsx';
import type { ArtifactView } from '../artifact/artifact-view.ts';
import { definePart, type Part } from '../parts/define-part.ts';
import { bottleneckOf } from './topology-flow.ts';

/** Names the step that holds the others back; absent while none does. */
export const TopologyBottleneck: Part<'p', ArtifactView<'topology'>> = definePart({
  name: 'Topology.Bottleneck',
  tag: 'p',
  use: dataHookOf('topology', 'Topology'),
  own: ({ artifact: { data } }) => {
    const slowest = bottleneckOf(data.metrics ?? {}, data.topology);
    return slowest && { 'data-node': slowest.node.id, children: `Slowest step: ${slowest.node.label}, ${slowest.reason}` };
  },
});
