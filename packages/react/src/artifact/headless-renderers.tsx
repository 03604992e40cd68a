import { AppPreview } from '../app-preview/app-preview.ts';
import { DataPreview } from '../data-preview/data-preview.ts';
import { DeploySummary } from '../deploy-summary/deploy-summary.ts';
import { GrafanaEmbed } from '../grafana-embed/grafana-embed.ts';
import { QueryResults } from '../query-results/query-results.ts';
import { SchemaViewer } from '../schema-viewer/schema-viewer.ts';
import { SqlEditor } from '../sql-editor/sql-editor.ts';
import { TemplateBrowser } from '../template-browser/template-browser.ts';
import { TestResults } from '../test-results/test-results.ts';
import { TopicList } from '../topic-list/topic-list.ts';
import { Topology } from '../topology/topology.ts';
import type { ArtifactRenderers } from './artifact-registry.ts';

/** Every kind drawn with all of its parts, without styles: what `<Artifact>` shows until a registry says otherwise. */
export const headlessRenderers: ArtifactRenderers = {
  'sql-editor': () => (
    <SqlEditor.Root>
      <SqlEditor.Explanation />
      <SqlEditor.Annotations />
      <SqlEditor.Input />
      <SqlEditor.Problems />
      <SqlEditor.Assumptions />
      <SqlEditor.Alternatives />
      <SqlEditor.Run />
      <SqlEditor.Test />
      <SqlEditor.Deploy />
    </SqlEditor.Root>
  ),
  'query-results': () => (
    <QueryResults.Root>
      <QueryResults.Status />
      <QueryResults.Error />
      <QueryResults.Empty />
      <QueryResults.Table />
      <QueryResults.Count />
      <QueryResults.Freeze />
      <QueryResults.Thaw />
      <QueryResults.Cancel />
    </QueryResults.Root>
  ),
  'schema-viewer': () => (
    <SchemaViewer.Root>
      <SchemaViewer.Changes />
      <SchemaViewer.Fields />
      <SchemaViewer.Warnings />
    </SchemaViewer.Root>
  ),
  'test-results': () => (
    <TestResults.Root>
      <TestResults.Summary />
      <TestResults.DataGeneration />
      <TestResults.Queries />
      <TestResults.Assertions />
      <TestResults.Diff />
      <TestResults.Analysis />
      <TestResults.Fixes />
      <TestResults.Performance />
    </TestResults.Root>
  ),
  'deploy-summary': () => (
    <DeploySummary.Root>
      <DeploySummary.Status />
      <DeploySummary.Steps />
      <DeploySummary.Jobs />
      <DeploySummary.Metrics />
      <DeploySummary.Alerts />
      <DeploySummary.DashboardLink />
    </DeploySummary.Root>
  ),
  topology: () => (
    <Topology.Root>
      <Topology.Bottleneck />
      <Topology.List />
    </Topology.Root>
  ),
  'grafana-embed': () => (
    <GrafanaEmbed.Root>
      <GrafanaEmbed.Frame />
      <GrafanaEmbed.Panels />
      <GrafanaEmbed.Queries />
      <GrafanaEmbed.Link />
    </GrafanaEmbed.Root>
  ),
  'topic-list': () => (
    <TopicList.Root>
      <TopicList.Filter />
      <TopicList.Table />
      <TopicList.Empty />
    </TopicList.Root>
  ),
  'data-preview': () => (
    <DataPreview.Root>
      <DataPreview.Tables />
      <DataPreview.Empty />
    </DataPreview.Root>
  ),
  'app-preview': () => (
    <AppPreview.Root>
      <AppPreview.Problems />
      <AppPreview.Queries />
      <AppPreview.Metrics />
      <AppPreview.Alerts />
      <AppPreview.Flow />
      <AppPreview.TestAll />
      <AppPreview.DeployApp />
    </AppPreview.Root>
  ),
  'template-browser': () => (
    <TemplateBrowser.Root>
      <TemplateBrowser.Search />
      <TemplateBrowser.Categories />
      <TemplateBrowser.Cards />
      <TemplateBrowser.Empty />
    </TemplateBrowser.Root>
  ),
};
