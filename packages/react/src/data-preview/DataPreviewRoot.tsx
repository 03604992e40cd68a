import { type ArtifactRoot, defineRoot } from '../artifact/artifact-root.tsx';

/** Records of one source, or of several side by side. */
export const DataPreviewRoot: ArtifactRoot<'data-preview'> = defineRoot('data-preview', 'DataPreview');
