import type { Artifact } from '@velostream/core/protocol';
import { appPreview, deploySummary, grafanaEmbed, templateBrowser, topology } from './sample-apps.ts';
import { queryResults } from './sample-results.ts';
import { dataPreview, schemaViewer, topicList } from './sample-sources.ts';
import { sqlEditor } from './sample-sql.ts';
import { testResults } from './sample-tests.ts';

const HUGE = 60;
const times = <T>(all: readonly T[], make: (each: T, i: number) => T): readonly T[] =>
  all.length === 0 ? [] : Array.from({ length: HUGE }, (_, i) => make(all[i % all.length] as T, i));

const { deployment } = deploySummary.data;
const { app } = appPreview.data;
const peek = dataPreview.data.peeks[0];
const schema = schemaViewer.data.schemas[0];
const report = 'report' in testResults.data ? testResults.data.report : undefined;
if (!peek || !schema || !report) throw new Error('a typical sample has lost its content');
const hidden = ['symbol'];

/** States that follow from the typical sample: what runs, what is empty, what hides values, what is far more than usual. */
export const derivedStates: Readonly<Record<string, Artifact>> = {
  'sql-editor/empty': { ...sqlEditor, state: 'empty', title: 'New query', data: { sql: '', diagnostics: [], metrics: [], alerts: [] } },
  'query-results/live': { ...queryResults, state: 'live' },
  'schema-viewer/empty': {
    ...schemaViewer,
    state: 'empty',
    data: { schemas: [{ ...schema, fields: [], warnings: [], coverage: { ...schema.coverage, scanned: 0, available: 0 } }] },
  },
  'schema-viewer/huge': {
    ...schemaViewer,
    data: { schemas: [{ ...schema, fields: times(schema.fields, (field, i) => ({ ...field, name: `${field.name}_${i}` })) }] },
  },
  'schema-viewer/masked': {
    ...schemaViewer,
    data: {
      schemas: [
        {
          ...schema,
          fields: schema.fields.map((field) => (hidden.includes(field.name) ? { ...field, tags: ['pii'], sample: '••••' } : field)),
        },
      ],
    },
  },
  'test-results/empty': { ...testResults, state: 'empty', data: { report: { ...report, assertions: [], passed: true } } },
  'test-results/huge': {
    ...testResults,
    data: { report: { ...report, assertions: times(report.assertions, (assertion) => assertion) } },
  },
  'deploy-summary/live': { ...deploySummary, state: 'live', data: { deployment: { ...deployment, status: 'running' } } },
  'deploy-summary/empty': {
    ...deploySummary,
    state: 'empty',
    data: { deployment: { ...deployment, status: 'stopped', jobs: [], steps: [], metrics: [], alerts: [], activeAlerts: [] } },
  },
  'deploy-summary/huge': {
    ...deploySummary,
    data: {
      deployment: {
        ...deployment,
        jobs: times(deployment.jobs, (job, i) => ({
          ...job,
          id: `${job.id}-${i}`,
          name: `${job.name}_${i}`,
          title: `${job.title} ${i + 1}`,
        })),
        metrics: times(deployment.metrics, (metric, i) => ({
          ...metric,
          name: `${metric.name}_${i}`,
          prometheusName: `${metric.prometheusName}_${i}`,
        })),
      },
    },
  },
  'topology/live': { ...topology, state: 'live' },
  'grafana-embed/empty': {
    ...grafanaEmbed,
    state: 'empty',
    data: { dashboard: { ...grafanaEmbed.data.dashboard, panels: [] } },
  },
  'grafana-embed/huge': {
    ...grafanaEmbed,
    data: {
      ...grafanaEmbed.data,
      dashboard: {
        ...grafanaEmbed.data.dashboard,
        panels: times(grafanaEmbed.data.dashboard.panels, (panel, i) => ({
          ...panel,
          id: i + 1,
          title: `${panel.title} ${i + 1}`,
          position: { x: (i % 2) * 12, y: Math.floor(i / 2) * 8, w: 12, h: 8 },
        })),
      },
    },
  },
  'topic-list/live': { ...topicList, state: 'live' },
  'data-preview/huge': { ...dataPreview, data: { peeks: [{ ...peek, rows: times(peek.rows, (row) => row) }] } },
  'data-preview/masked': {
    ...dataPreview,
    data: {
      peeks: [
        {
          ...peek,
          masked: [...peek.masked, ...hidden],
          rows: peek.rows.map((row) => ({
            ...row,
            ...Object.fromEntries(hidden.filter((name) => name in row).map((name) => [name, '••••'])),
          })),
        },
      ],
    },
  },
  'app-preview/empty': {
    ...appPreview,
    state: 'empty',
    data: {
      ...appPreview.data,
      app: withoutDashboard({ ...app, queries: [], metrics: [], alerts: [], topology: { nodes: [], edges: [], lineage: [] } }),
    },
  },
  'app-preview/huge': {
    ...appPreview,
    data: {
      ...appPreview.data,
      app: {
        ...app,
        queries: times(app.queries, (query, i) => ({ ...query, id: `q${i + 1}`, name: `${query.name} ${i + 1}` })),
        metrics: times(app.metrics, (metric, i) => ({
          ...metric,
          name: `${metric.name}_${i}`,
          prometheusName: `${metric.prometheusName}_${i}`,
        })),
      },
    },
  },
  'template-browser/huge': {
    ...templateBrowser,
    data: {
      ...templateBrowser.data,
      templates: times(templateBrowser.data.templates, (template, i) => ({
        ...template,
        id: `${template.id}-${i}`,
        name: `${template.name} ${i + 1}`,
      })),
    },
  },
};

function withoutDashboard({ dashboard: _, ...rest }: typeof app): typeof app {
  return rest;
}
