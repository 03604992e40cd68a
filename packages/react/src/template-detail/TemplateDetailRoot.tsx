import { type ArtifactRoot, defineRoot } from '../artifact/artifact-root.tsx';

/** A template before it is used: what it expects and what it answers. */
export const TemplateDetailRoot: ArtifactRoot<'app-preview'> = defineRoot('app-preview', 'TemplateDetail');
