import { type ArtifactRoot, defineRoot } from '../artifact/artifact-root.tsx';

/** A dashboard: embedded where it is published, else drawn from its plan. */
export const GrafanaEmbedRoot: ArtifactRoot<'grafana-embed'> = defineRoot('grafana-embed', 'GrafanaEmbed');
