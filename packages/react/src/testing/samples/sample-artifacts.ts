import type { Artifact } from '@velostream/core/protocol';
import { failed, waiting } from './envelope.ts';
import {
  appPreview,
  appPreviewFaulty,
  deploySummary,
  deploySummaryWaiting,
  grafanaEmbed,
  templateBrowser,
  templateBrowserEmpty,
  templateDetail,
  topology,
  topologyEmpty,
  topologyHuge,
} from './sample-apps.ts';
import {
  queryResults,
  queryResultsBar,
  queryResultsEmpty,
  queryResultsGauge,
  queryResultsHuge,
  queryResultsMasked,
} from './sample-results.ts';
import {
  dataPreview,
  dataPreviewCompared,
  dataPreviewEmpty,
  schemaDiff,
  schemaViewer,
  topicList,
  topicListEmpty,
  topicListHuge,
} from './sample-sources.ts';
import { sqlEditor, sqlEditorFaulty, sqlEditorHuge } from './sample-sql.ts';
import { derivedStates } from './sample-states.ts';
import { appTestResults, testResults, testResultsBroken, testResultsFailed } from './sample-tests.ts';

/** One typical artifact of each kind. */
export const typicalArtifacts: { readonly [K in Artifact['kind']]: Extract<Artifact, { readonly kind: K }> } = {
  'sql-editor': sqlEditor,
  'query-results': queryResults,
  'schema-viewer': schemaViewer,
  'test-results': testResults,
  'deploy-summary': deploySummary,
  topology,
  'grafana-embed': grafanaEmbed,
  'topic-list': topicList,
  'data-preview': dataPreview,
  'app-preview': appPreview,
  'template-browser': templateBrowser,
};

/** Artifacts in the states that people meet, by `<kind>/<state>`. */
export const sampleArtifacts: Readonly<Record<string, Artifact>> = {
  ...Object.fromEntries(
    Object.values(typicalArtifacts).flatMap((artifact) => [
      [`${artifact.kind}/typical`, artifact],
      [`${artifact.kind}/waiting`, waiting(artifact)],
      [`${artifact.kind}/failed`, failed(artifact)],
    ]),
  ),
  ...derivedStates,
  'sql-editor/faulty': sqlEditorFaulty,
  'sql-editor/huge': sqlEditorHuge,
  'query-results/bar': queryResultsBar,
  'query-results/gauge': queryResultsGauge,
  'query-results/empty': queryResultsEmpty,
  'query-results/masked': queryResultsMasked,
  get 'query-results/huge'() {
    return queryResultsHuge();
  },
  'schema-viewer/diff': schemaDiff,
  'test-results/failed': testResultsFailed,
  'test-results/broken': testResultsBroken,
  'test-results/app': appTestResults,
  'deploy-summary/waiting': deploySummaryWaiting,
  'topology/huge': topologyHuge,
  'topology/empty': topologyEmpty,
  'topic-list/huge': topicListHuge,
  'topic-list/empty': topicListEmpty,
  'data-preview/compared': dataPreviewCompared,
  'data-preview/empty': dataPreviewEmpty,
  'app-preview/faulty': appPreviewFaulty,
  'app-preview/template': templateDetail,
  'template-browser/empty': templateBrowserEmpty,
};
