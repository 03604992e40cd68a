import { TopologyBottleneck } from './TopologyBottleneck.tsx';
import { TopologyList } from './TopologyList.tsx';
import { TopologyRoot } from './TopologyRoot.tsx';

interface TopologyParts {
  readonly Root: typeof TopologyRoot;
  readonly List: typeof TopologyList;
  readonly Bottleneck: typeof TopologyBottleneck;
}

/**
 * The data flow of an application. The parts are its text form; `@velostream/react/flow` draws the graph.
 *
 * @example
 * <Topology.Root artifact={artifact}><Topology.Bottleneck /><Topology.List /></Topology.Root>
 */
export const Topology: TopologyParts = {
  Root: TopologyRoot,
  List: TopologyList,
  Bottleneck: TopologyBottleneck,
};
