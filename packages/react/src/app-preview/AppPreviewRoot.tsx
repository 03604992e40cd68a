import { type ArtifactRoot, defineRoot } from '../artifact/artifact-root.tsx';

/** An application: its queries, metrics, alerts, dashboard and data flow. */
export const AppPreviewRoot: ArtifactRoot<'app-preview'> = defineRoot('app-preview', 'AppPreview');
