import { type ArtifactRoot, defineRoot } from '../artifact/artifact-root.tsx';

/** Fields of one or several sources, or what changed between two versions of them. */
export const SchemaViewerRoot: ArtifactRoot<'schema-viewer'> = defineRoot('schema-viewer', 'SchemaViewer');
