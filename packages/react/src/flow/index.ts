export type { GraphProps } from '../renderers/renderers.ts';
export { TopologyGraph } from './TopologyGraph.tsx';
