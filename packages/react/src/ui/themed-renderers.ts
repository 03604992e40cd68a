import type { ArtifactRenderers } from '../artifact/artifact-registry.ts';
import { AppPreviewArtifact } from './artifacts/AppPreviewArtifact.tsx';
import { DataPreviewArtifact } from './artifacts/DataPreviewArtifact.tsx';
import { DeploySummaryArtifact } from './artifacts/DeploySummaryArtifact.tsx';
import { GrafanaEmbedArtifact } from './artifacts/GrafanaEmbedArtifact.tsx';
import { QueryResultsArtifact } from './artifacts/QueryResultsArtifact.tsx';
import { SchemaViewerArtifact } from './artifacts/SchemaViewerArtifact.tsx';
import { SqlEditorArtifact } from './artifacts/SqlEditorArtifact.tsx';
import { TemplateBrowserArtifact } from './artifacts/TemplateBrowserArtifact.tsx';
import { TestResultsArtifact } from './artifacts/TestResultsArtifact.tsx';
import { TopicListArtifact } from './artifacts/TopicListArtifact.tsx';
import { TopologyArtifact } from './artifacts/TopologyArtifact.tsx';

/** Every kind in the themed look. `<VeloTheme>` registers them; a host replaces one with `<ArtifactRegistry renderers={{ … }}>`. */
export const themedRenderers: ArtifactRenderers = {
  'sql-editor': SqlEditorArtifact,
  'query-results': QueryResultsArtifact,
  'schema-viewer': SchemaViewerArtifact,
  'test-results': TestResultsArtifact,
  'deploy-summary': DeploySummaryArtifact,
  topology: TopologyArtifact,
  'grafana-embed': GrafanaEmbedArtifact,
  'topic-list': TopicListArtifact,
  'data-preview': DataPreviewArtifact,
  'app-preview': AppPreviewArtifact,
  'template-browser': TemplateBrowserArtifact,
};
