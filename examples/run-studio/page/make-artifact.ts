import type { Artifact, ArtifactKind, ArtifactOf } from '@velostream/core/protocol';
import type { App, Deployment } from '@velostream/core/protocol/deploy';
import type { Peek, SourceSchema, SuiteReport } from '@velostream/core/protocol/explore';
import type { Session } from '@velostream/core/protocol/studio';

let counter = 0;

function made<K extends ArtifactKind>(
  kind: K,
  id: string,
  fields: Pick<ArtifactOf<K>, 'title' | 'data'> & Partial<ArtifactOf<K>>,
): Artifact {
  // The fields are those of the kind; a union cannot be put together generically.
  return {
    kind,
    id,
    version: ++counter,
    state: 'done',
    actions: [],
    provenance: { sources: [], by: 'you' },
    createdAt: Date.now(),
    ...fields,
  } as unknown as Artifact;
}

export const schemaArtifact = (schema: SourceSchema): Artifact =>
  made('schema-viewer', `schema-${schema.id}`, {
    title: `Schema of ${schema.name}`,
    data: { schemas: [schema] },
    actions: [{ name: 'peek', label: 'Some records' }],
    provenance: { sources: [schema.name], scanned: schema.coverage.scanned, by: 'you' },
  });

export const previewArtifact = (peek: Peek): Artifact =>
  made('data-preview', `preview-${peek.id}`, {
    title: `Records of ${peek.name}`,
    state: peek.rows.length === 0 ? 'empty' : 'done',
    data: { peeks: [peek] },
    provenance: {
      sources: [peek.name],
      scanned: peek.coverage.scanned,
      ...(peek.coverage.available === undefined ? {} : { available: peek.coverage.available }),
      by: 'you',
    },
  });

/** What a deployment's status is as the state of its artifact. */
export const DEPLOYMENT_STATES = {
  starting: 'waiting',
  running: 'live',
  partial: 'failed',
  paused: 'paused',
  stopped: 'done',
  failed: 'failed',
} as const;

export const deploymentArtifact = (deployment: Deployment): Artifact =>
  made('deploy-summary', `deployment-${deployment.id}`, {
    title: deployment.name,
    state: DEPLOYMENT_STATES[deployment.status],
    data: { deployment },
    provenance: { sources: [], asOf: Date.now(), by: 'you' },
  });

export const suiteArtifact = (suite: SuiteReport): Artifact =>
  made('test-results', `suite-${suite.application}`, {
    title: `Test of ${suite.application}`,
    state: suite.passed ? 'done' : 'failed',
    data: { suite },
    provenance: { sources: suite.dataGeneration?.sources ?? [], tookMs: suite.endedAt - suite.startedAt, by: 'you' },
  });

export const appArtifact = (app: App, more: { readonly mappings?: ArtifactOf<'app-preview'>['data']['mappings'] } = {}): Artifact =>
  made('app-preview', `app-${app.id}`, {
    title: app.name,
    data: { app, readOnly: false, ...(more.mappings && { mappings: more.mappings }) },
    actions: [
      { name: 'test-all', label: 'Test all', primary: true },
      { name: 'deploy-app', label: 'Deploy app' },
      { name: 'edit', label: 'Edit queries' },
    ],
    provenance: { sources: [...new Set(app.queries.flatMap(({ sources }) => sources))], by: 'you' },
  });

/** SQL to be changed, with what is found in it. */
export async function editorArtifact(session: Session, sql: string, title: string): Promise<Artifact> {
  const report = await session.validate(sql);
  return made('sql-editor', `editor-${title}`, {
    title,
    data: {
      sql,
      diagnostics: report.diagnostics,
      metrics: report.metrics.map(({ name }) => name),
      alerts: report.alerts.map(({ name }) => name),
      ...(report.summary !== undefined && { explanation: report.summary }),
    },
    actions: [
      { name: 'run', label: 'Run', primary: true },
      { name: 'test', label: 'Test' },
      { name: 'deploy', label: 'Deploy' },
    ],
    provenance: { sources: report.outline?.sources ?? [], by: 'you' },
  });
}

/** Runs SQL and shows its live result. */
export async function runArtifact(session: Session, sql: string, title: string): Promise<Artifact> {
  const report = await session.validate(sql);
  const execution = session.execute(sql, { synthetic: true });
  await execution.ready;
  return made('query-results', `results-${execution.id}`, {
    title,
    state: 'live',
    data: {
      sql,
      executionId: execution.id,
      columns: execution.schema.columns,
      rows: [],
      rowCount: 0,
      ...(report.chart ? { chart: report.chart } : {}),
    },
    actions: [
      { name: 'pause', label: 'Pause' },
      { name: 'export', label: 'Export' },
    ],
    provenance: { sources: report.outline?.sources ?? [], by: 'you' },
  });
}
