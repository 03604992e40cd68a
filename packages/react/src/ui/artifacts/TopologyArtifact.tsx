import { type ReactNode, Suspense } from 'react';
import { useArtifact } from '../../artifact/artifact-view.ts';
import { useRenderers } from '../../renderers/renderers.ts';
import { Topology } from '../../topology/topology.ts';
import { Skeleton } from '../controls/Skeleton.tsx';

/** The graph where a host has one, and always its text. */
export function TopologyArtifact(): ReactNode {
  const { graph: Graph } = useRenderers();
  const { artifact } = useArtifact<'topology'>();
  const { topology, metrics } = artifact.data;
  return (
    <Topology.Root className="velo-topology">
      <Topology.Bottleneck className="velo-note" data-tone="warning" />
      {Graph ? (
        <>
          <Suspense fallback={<Skeleton lines={8} />}>
            <Graph topology={topology} metrics={metrics} label={`Graph: ${artifact.title}`} />
          </Suspense>
          {topology.nodes.length > 0 && (
            <details className="velo-fold">
              <summary>As text</summary>
              <Topology.List className="velo-flow-list" />
            </details>
          )}
        </>
      ) : (
        <Topology.List className="velo-flow-list" />
      )}
    </Topology.Root>
  );
}
