import { type ArtifactRoot, defineRoot } from '../artifact/artifact-root.tsx';

/** What a deployment made, and what became of it. */
export const DeploySummaryRoot: ArtifactRoot<'deploy-summary'> = defineRoot('deploy-summary', 'DeploySummary');
