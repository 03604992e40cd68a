import type { Artifact } from '../protocol/artifacts/artifact.ts';
import type { App, AppChanges } from '../protocol/studio/app.ts';
import type { ActiveAlert, Deployment, DeployPlan, JobMetrics, LogLine, Shadow, TargetInfo } from '../protocol/studio/deployment.ts';
import type { ConsumerInfo, Peek, PeekRequest, SourceInfo, SourceSchema, SourceStats } from '../protocol/studio/exploration.ts';
import type { NotebookSummary } from '../protocol/studio/notebook.ts';
import type { SqlFunctionInfo, SqlService, ValidationReport } from '../protocol/studio/sql-service.ts';
import type { Apps, Deployments, Sessions, Sources, Studio, Templates } from '../protocol/studio/studio.ts';
import type { CustomizedApp, MappingProposal, Template, TemplateSummary } from '../protocol/studio/template.ts';
import type { SuiteReport } from '../protocol/studio/testing.ts';
import { fromWire } from '../protocol/wire.ts';
import { remoteAssistant } from './remote-assistant.ts';
import { RemoteSession, type SessionState } from './remote-session.ts';
import { readEvents } from './row-stream.ts';
import { errorFrom, type StudioClientOptions, Transport } from './transport.ts';

const at = encodeURIComponent;

/**
 * The Studio interface over HTTP: what `createStudio` gives in process, of a handler somewhere else.
 *
 * @example
 * const studio = createStudioClient({ baseUrl: '/api' });
 * const session = await studio.sessions.create({ name: 'from a page' });
 * for await (const row of session.execute('SELECT * FROM trades')) console.log(row);
 */
export function createStudioClient(options: StudioClientOptions): Studio {
  const transport = new Transport(options);
  const sessions = remoteSessions(transport);
  return {
    sql: remoteSql(transport),
    sessions,
    sources: remoteSources(transport),
    templates: remoteTemplates(transport),
    apps: remoteApps(transport),
    deployments: remoteDeployments(transport),
    assistant: remoteAssistant(transport),
    close: () => sessions.closeAll(),
  };
}

const OPEN_TRIES = 3;

function remoteSessions(transport: Transport): Sessions & { closeAll(): Promise<void> } {
  const open = new Map<string, RemoteSession>();
  const known = (state: SessionState, artifacts?: readonly Artifact[]): RemoteSession => {
    const session = open.get(state.id) ?? new RemoteSession(transport, state, artifacts);
    session.take(state, artifacts);
    open.set(state.id, session);
    return session;
  };
  return {
    create: async (o = {}) => known((await transport.call<{ state: SessionState }>('POST', '/notebooks', { body: o })).state),
    async open(id) {
      for (let tries = 1; ; tries++) {
        const before = open.get(id)?.taken;
        const answer = transport.call<{ state: SessionState; artifacts: readonly Artifact[] }>('GET', `/notebooks/${at(id)}`);
        const { state, artifacts } = await answer;
        const now = open.get(id);
        // What has come meanwhile may be newer than what was asked for here.
        if (tries >= OPEN_TRIES || now?.taken === before) return known(state, artifacts);
      }
    },
    list: async () => (await transport.call<{ notebooks: readonly NotebookSummary[] }>('GET', '/notebooks')).notebooks,
    async rename(id, name) {
      const { state } = await transport.call<{ state: SessionState }>('PATCH', `/notebooks/${at(id)}`, { body: { name } });
      open.get(id)?.take(state);
    },
    async delete(id) {
      open.delete(id);
      return (await transport.call<{ deleted: boolean }>('DELETE', `/notebooks/${at(id)}`)).deleted;
    },
    async import(document) {
      // A document is a file: its keys cross as they are.
      return known((await transport.call<{ state: SessionState }>('POST', '/notebooks/import', { document })).state);
    },
    async closeAll() {
      await Promise.all([...open.values()].map((s) => s.close()));
      open.clear();
    },
  };
}

function remoteSql(transport: Transport): SqlService {
  const language = <T>(what: string, sql: string, offset: number, context: unknown) =>
    transport
      .call<Record<string, T>>('POST', `/language/${what}`, { body: { sql, offset, ...(context ? { context } : {}) } })
      .then((a) => a[what] as T);
  return {
    validate: async (sql, context) =>
      (await transport.call<{ report: ValidationReport }>('POST', '/validate', { body: { sql, ...(context ? { context } : {}) } })).report,
    format: async (sql, o = {}) => (await transport.call<{ sql: string }>('POST', '/format', { body: { sql, ...o } })).sql,
    explain: async (sql, { stage, ...context } = {}) =>
      (await transport.call<{ plan: string }>('POST', '/explain', { body: { sql, context, ...(stage ? { stage } : {}) } })).plan,
    complete: (sql, offset, context) => language('complete', sql, offset, context),
    hover: (sql, offset, context) => language('hover', sql, offset, context),
    signature: (sql, offset, context) => language('signature', sql, offset, context),
    functions: async () => (await transport.call<{ functions: readonly SqlFunctionInfo[] }>('GET', '/functions')).functions,
    topology: async (sql, context) =>
      (
        await transport.call<{ topology: Awaited<ReturnType<SqlService['topology']>> }>('POST', '/topology', {
          body: { sql, ...(context ? { context } : {}) },
        })
      ).topology,
  };
}

const peekQuery = ({ limit, from, partition, filter, continueFrom, timeoutMs }: PeekRequest) => ({
  limit,
  partition,
  filter,
  continue_from: continueFrom,
  timeout_ms: timeoutMs,
  ...(from === undefined
    ? {}
    : typeof from === 'string'
      ? { from_end: from === 'latest' }
      : 'offset' in from
        ? { start_offset: from.offset }
        : { from_timestamp_ms: from.timestampMs }),
});

function remoteSources(transport: Transport): Sources {
  return {
    async list({ sessionId, connectionId, filter, limit, signal } = {}) {
      const query = { session_id: sessionId, connection_id: connectionId, filter, limit };
      return (await transport.call<{ sources: readonly SourceInfo[] }>('GET', '/sources', { query, signal })).sources;
    },
    async inspect(id, { sessionId, maxRecords, timeoutMs, signal } = {}) {
      const query = { session_id: sessionId, max_records: maxRecords, timeout_ms: timeoutMs };
      return (await transport.call<{ schema: SourceSchema }>('GET', `/sources/${at(id)}/schema`, { query, signal })).schema;
    },
    async peek(id, { sessionId, signal, ...request } = {}) {
      const query = { session_id: sessionId, ...peekQuery(request) };
      return (await transport.call<{ peek: Peek }>('GET', `/sources/${at(id)}/preview`, { query, signal })).peek;
    },
    async stats(id, { sessionId, signal } = {}) {
      return (await transport.call<{ stats: SourceStats }>('GET', `/sources/${at(id)}/stats`, { query: { session_id: sessionId }, signal }))
        .stats;
    },
    async consumers(id, { sessionId, signal } = {}) {
      const path = id === undefined ? '/consumers' : `/sources/${at(id)}/consumers`;
      return (await transport.call<{ consumers: readonly ConsumerInfo[] }>('GET', path, { query: { session_id: sessionId }, signal }))
        .consumers;
    },
    async *tail(id, { sessionId, signal, ...request } = {}) {
      const query = { session_id: sessionId, ...peekQuery(request) };
      const response = await transport.fetch('GET', `/sources/${at(id)}/tail`, { query, signal });
      for await (const { event, data } of readEvents(response)) {
        const value = JSON.parse(data) as { readonly error?: object };
        if (event === 'error') throw errorFrom(value.error ?? {});
        if (event === 'peek') yield fromWire(value) as Peek;
      }
    },
  };
}

function remoteTemplates(transport: Transport): Templates {
  return {
    list: (o = {}) =>
      transport.call<{ templates: readonly TemplateSummary[]; categories: readonly { name: string; count: number }[] }>(
        'GET',
        '/templates',
        { query: o },
      ),
    get: async (id) => (await transport.call<{ template: Template }>('GET', `/templates/${at(id)}`)).template,
    async preview(id, { source, sessionId, topic }) {
      const body = { source, topic: topic ?? source, ...(sessionId ? { sessionId } : {}) };
      const { mapping, sampleSql } = await transport.call<{ mapping: MappingProposal; sampleSql: string }>(
        'POST',
        `/templates/${at(id)}/preview`,
        { body },
      );
      return { mapping, sampleSql };
    },
    customize: async (id, o) =>
      (await transport.call<{ result: CustomizedApp }>('POST', `/templates/${at(id)}/customize`, { body: o })).result,
  };
}

function remoteApps(transport: Transport): Apps {
  const app = async (answer: Promise<{ app: App }>): Promise<App> => (await answer).app;
  return {
    create: (input) => app(transport.call('POST', '/apps', { body: input })),
    get: (id) => app(transport.call('GET', `/apps/${at(id)}`)),
    list: async () => (await transport.call<{ apps: readonly App[] }>('GET', '/apps')).apps,
    update: (id, update) => transport.call<{ app: App; changes: AppChanges }>('PUT', `/apps/${at(id)}`, { body: update }),
    delete: async (id) => (await transport.call<{ deleted: boolean }>('DELETE', `/apps/${at(id)}`)).deleted,
    test: async (id, { signal, ...o } = {}) =>
      (await transport.call<{ report: SuiteReport }>('POST', `/apps/${at(id)}/test`, { body: o, signal })).report,
    plan: async (id, { signal, ...o } = {}) =>
      (await transport.call<{ plan: DeployPlan }>('POST', `/apps/${at(id)}/plan`, { body: o, signal })).plan,
    deploy: async (id, { signal, ...o }) =>
      (await transport.call<{ deployment: Deployment }>('POST', `/apps/${at(id)}/deploy`, { body: o, signal })).deployment,
  };
}

function remoteDeployments(transport: Transport): Deployments {
  const act = (action: string) => async (id: string, job?: string) =>
    (await transport.call<{ deployment: Deployment }>('POST', `/deployments/${at(id)}/${action}`, { query: { job } })).deployment;
  const get = <T>(id: string, what: string, query = {}) =>
    transport.call<Record<string, T>>('GET', `/deployments/${at(id)}/${what}`, { query }).then((a) => a[what] as T);
  return {
    list: async () => (await transport.call<{ deployments: readonly Deployment[] }>('GET', '/deployments')).deployments,
    get: async (id) => (await transport.call<{ deployment: Deployment }>('GET', `/deployments/${at(id)}`)).deployment,
    start: act('start'),
    stop: act('stop'),
    pause: act('pause'),
    resume: act('resume'),
    restart: act('restart'),
    rollback: act('rollback'),
    delete: async (id) => (await transport.call<{ deleted: boolean }>('DELETE', `/deployments/${at(id)}`)).deleted,
    startShadow: async (id, app, options = {}) =>
      (await transport.call<{ shadow: Shadow }>('POST', `/deployments/${at(id)}/shadow`, { body: { app, ...options } })).shadow,
    shadow: async (id) => (await transport.call<{ shadow: Shadow }>('GET', `/deployments/${at(id)}/shadow`)).shadow,
    promote: async (id, planHash) =>
      (await transport.call<{ deployment: Deployment }>('POST', `/deployments/${at(id)}/promote`, { body: { planHash } })).deployment,
    endShadow: async (id) => (await transport.call<{ deleted: boolean }>('DELETE', `/deployments/${at(id)}/shadow`)).deleted,
    metrics: (id) => get<Readonly<Record<string, JobMetrics>>>(id, 'metrics'),
    alerts: (id) => get<readonly ActiveAlert[]>(id, 'alerts'),
    logs: (id, o = {}) => get<readonly LogLine[]>(id, 'logs', o),
    targets: async () => (await transport.call<{ targets: readonly TargetInfo[] }>('GET', '/targets')).targets,
    metricsText: () => transport.text('//metrics'),
  };
}
