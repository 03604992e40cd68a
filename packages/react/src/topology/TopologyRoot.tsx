import { type ArtifactRoot, defineRoot } from '../artifact/artifact-root.tsx';

/** Sources, transforms and sinks of an application as a graph. */
export const TopologyRoot: ArtifactRoot<'topology'> = defineRoot('topology', 'Topology');
