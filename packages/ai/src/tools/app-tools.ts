import type { Artifact } from '@velostream/core/protocol';
import { editApp } from '../apps/edit-app.ts';
import { generateApp as generateOffline } from '../apps/generate-app.ts';
import { missingSubject } from '../apps/missing-subject.ts';
import { proposeSchema } from '../apps/propose-schema.ts';
import { ORDINALS } from '../offline/ordinals.ts';
import * as f from './fields.ts';
import { withSeenValues } from './seen-values.ts';
import { schemasOf } from './sql-tools.ts';
import { defineTool, latestArtifact, putArtifact, type Tool, type ToolContext } from './tool.ts';

/** Beside others in Grafana a dashboard says whose it is; here that is known. */
const ownTitle = (title: string): string => title.replace(/^Velostream:?\s+(?=\S)/, '');

/** The application this thread is about: the latest that is shown, by itself or as its dashboard alone. */
export const currentAppId = ({ session }: Pick<ToolContext, 'session'>): string | undefined =>
  session.context.app?.id ?? session.notebook.artifacts.map(appIdOf).findLast((id) => id !== undefined);

/** What was shown last, a query or an application: what "it" is in the next sentence. */
export function inHandOf({ notebook }: ToolContext['session']): { readonly inHand?: 'query' | 'app' } {
  const last = notebook.artifacts.findLast((a) => a.kind === 'sql-editor' || appIdOf(a) !== undefined);
  return last === undefined ? {} : { inHand: last.kind === 'sql-editor' ? 'query' : 'app' };
}

function appIdOf(artifact: Artifact): string | undefined {
  switch (artifact.kind) {
    case 'app-preview':
      return artifact.data.readOnly ? undefined : artifact.data.app.id;
    case 'grafana-embed':
      return artifact.data.appId;
    default:
      return undefined;
  }
}

export async function showApp(
  context: ToolContext,
  app: Awaited<ReturnType<ToolContext['studio']['apps']['get']>>,
  by: string,
  replaces?: string,
) {
  return putArtifact(context, 'app-preview', {
    title: app.name,
    data: { app, readOnly: false },
    by,
    sources: app.topology.nodes.filter((n) => n.type === 'source').map((n) => n.label),
    ...(replaces === undefined ? {} : { id: replaces }),
  });
}

const appFacts = f.facts({ appId: f.z.string(), queries: f.z.array(f.z.looseObject({ id: f.z.string(), name: f.z.string() })) });
const factsOf = (app: Awaited<ReturnType<ToolContext['studio']['apps']['get']>>) => ({
  appId: app.id,
  name: app.name,
  queries: app.queries.map((q) => ({ id: q.id, name: q.name, sources: q.sources, sink: q.sink ?? null })),
  metrics: declared(app),
  alerts: app.alerts.length,
  panels: app.dashboard?.panels.length ?? 0,
});

const many = (n: number, noun: string): string => `${n} ${noun}${n === 1 ? '' : 's'}`;
/** Metrics that somebody asked for; those made for an alert alone do not count. */
const declared = (app: Awaited<ReturnType<ToolContext['studio']['apps']['get']>>): number =>
  app.metrics.filter((m) => !('synthesised' in m && m.synthesised)).length;

const summary = (app: Awaited<ReturnType<ToolContext['studio']['apps']['get']>>): string =>
  `${app.name}: ${app.queries.length} quer${app.queries.length === 1 ? 'y' : 'ies'}, ${many(declared(app), 'metric')}, ${app.alerts.length} alert${app.alerts.length === 1 ? '' : 's'}${app.dashboard ? `, a dashboard of ${app.dashboard.panels.length} panels` : ''}.`;

const hasSources = async ({ studio, session }: ToolContext): Promise<boolean> =>
  (await studio.sources.list({ sessionId: session.id }).catch(() => [])).length > 0;

/** Fields that only words named are known in this thread from now on, so that tests and questions find them. */
async function declareProposed(context: ToolContext, prompt: string, app: { readonly topology: AppTopology }): Promise<void> {
  const proposed = await proposeSchema(prompt);
  if (proposed && app.topology.nodes.some((n) => n.type === 'source' && n.label === proposed.name))
    await context.session.declare(proposed.name, proposed.schema);
}

type AppTopology = Awaited<ReturnType<ToolContext['studio']['apps']['get']>>['topology'];

const generateApp = defineTool({
  name: 'generate_app',
  title: 'Build an application',
  description:
    'Plans a whole application from one sentence: queries, data flow, metrics, alerts, dashboard, topology. With skip_sql_preview it shows the dashboard alone.',
  risk: 'compute',
  artifact: 'app-preview',
  timeoutMs: 60_000,
  input: f.object({
    prompt: f.text('What the application is for'),
    max_queries: f.maybe(f.whole('Queries at most', 1, 20)),
    skip_sql_preview: f.maybe(f.flag('Show only the dashboard')),
    include_alerts: f.maybe(f.flag('With alerts')),
    include_dashboard: f.maybe(f.flag('With a dashboard')),
  }),
  output: appFacts,
  async execute({ prompt, max_queries, skip_sql_preview, include_alerts, include_dashboard }, context) {
    const known = await schemasOf(context);
    // Without a model it takes the values to know that some orders are refunds.
    const schemas = context.assistant ? known : await withSeenValues(context, known);
    const options = {
      ...(max_queries === undefined ? {} : { maxQueries: max_queries }),
      ...(skip_sql_preview === undefined ? {} : { skipSqlPreview: skip_sql_preview }),
      ...(include_alerts === undefined ? {} : { includeAlerts: include_alerts }),
      ...(include_dashboard === undefined ? {} : { includeDashboard: include_dashboard }),
    };
    const request = { prompt, schemas, options };
    const made = context.assistant
      ? await context.assistant.generateApp(request, context.signal ? { signal: context.signal } : {})
      : await generateOffline(request);
    const asked = context.assistant || !(await hasSources(context)) ? undefined : missingSubject(prompt, made, schemas);
    if (asked)
      return {
        output: { kind: 'clarify', appId: '', queries: [], question: asked.question, options: asked.options },
        text: asked.question,
      };
    const app = await context.studio.apps.create(made.app);
    if (app.topology.nodes.some((n) => n.type === 'source' && !(n.label in schemas))) await declareProposed(context, prompt, app);
    if (skip_sql_preview) {
      if (!app.dashboard) throw new Error('the application has no dashboard to show');
      const artifact = await putArtifact(context, 'grafana-embed', {
        title: ownTitle(app.dashboard.title),
        data: { dashboard: app.dashboard, sql: app.queries.map((q) => q.sql), appId: app.id },
        by: 'generate_app',
      });
      return {
        output: factsOf(app),
        artifact,
        text: `A dashboard of ${many(app.dashboard.panels.length, 'panel')} over ${app.queries.length === 1 ? '1 query' : `${app.queries.length} queries`}.`,
      };
    }
    const artifact = await showApp(context, app, 'generate_app');
    return { output: factsOf(app), artifact, text: `${summary(app)} ${made.explanation}`.trim() };
  },
});

/** `the second query`, `the last one`: the query that a sentence counts to. */
function queryAtPlace({ queries }: Awaited<ReturnType<ToolContext['studio']['apps']['get']>>, prompt = ''): string | undefined {
  const place = /\bthe\s+(\w+)\s+(?:query|one)\b/i.exec(prompt)?.[1]?.toLowerCase() ?? '';
  return place === 'last' ? queries.at(-1)?.id : queries[ORDINALS.indexOf(place)]?.id;
}

const updateApp = defineTool({
  name: 'update_app',
  title: 'Change the application',
  description: 'Adds, changes or removes a query of the application, told in words or given as SQL.',
  risk: 'compute',
  artifact: 'app-preview',
  input: f.object({
    app_id: f.maybe(f.shortText('Application; the current one by default')),
    action: f.maybe(f.oneOf(['add_query', 'modify_query', 'remove_query'], 'What to do; told from the prompt by default')),
    prompt: f.maybe(f.text('The change in words')),
    query_id: f.maybe(f.shortText('Query to change or remove')),
    sql: f.maybe(f.text('SQL of the query')),
    name: f.maybe(f.shortText('Name of the query')),
  }),
  output: appFacts,
  async execute(input, context) {
    const id = input.app_id ?? currentAppId(context);
    if (id === undefined) return { output: { appId: '', queries: [] }, text: 'There is no application yet. Tell me what it is for.' };
    const app = await context.studio.apps.get(id);
    const edits = editApp(app, {
      ...input,
      query_id: input.query_id ?? queryAtPlace(app, input.prompt),
      schemas: await schemasOf(context),
    });
    if (edits.length === 0) return { output: factsOf(app), text: 'I did not understand the change. Name the query, or say what to add.' };
    let latest = app;
    const changes: string[] = [];
    for (const edit of edits) {
      const { app: next, changes: done } = await context.studio.apps.update(id, edit);
      latest = next;
      const named = (id: string): string => [...next.queries, ...app.queries].find((q) => q.id === id)?.name ?? id;
      changes.push(
        ...done.added.map((id) => `added ${named(id)}`),
        ...done.modified.map((id) => `changed ${named(id)}`),
        ...done.removed.map((id) => `removed ${named(id)}`),
      );
    }
    const shown = context.session.notebook.artifacts.findLast((a) => a.kind === 'app-preview' && a.data.app.id === id);
    const artifact = await showApp(context, latest, 'update_app', shown?.id);
    return {
      output: { ...factsOf(latest), changes },
      artifact,
      text: `${changes.join(', ').replace(/^./, (c) => c.toUpperCase())}. ${summary(latest)}`,
    };
  },
});

const testApp = defineTool({
  name: 'test_app',
  title: 'Test the application',
  description: 'Generates matching rows for all sources of an application, runs every query in order of the data flow, and checks each.',
  risk: 'compute',
  artifact: 'test-results',
  timeoutMs: 120_000,
  input: f.object({
    app_id: f.maybe(f.shortText('Application; the current one by default')),
    records: f.maybe(f.whole('Records per source', 1, 100_000)),
    seed: f.maybe(f.whole('Seed', 0, 2 ** 31)),
  }),
  output: f.facts({ passed: f.z.boolean(), total: f.z.number(), passedQueries: f.z.number() }),
  async execute({ app_id, records, seed }, context) {
    const id = app_id ?? currentAppId(context);
    const { session } = context;
    if (id === undefined && !session.notebook.cells.some((c) => c.sql !== undefined))
      return { output: { passed: false, total: 0, passedQueries: 0 }, text: 'There is no application to test yet.' };
    const request = {
      ...(records === undefined ? {} : { records }),
      ...(seed === undefined ? {} : { seed }),
      ...(context.signal ? { signal: context.signal } : {}),
    };
    // Queries that are no application yet are all that there is.
    const suite =
      id === undefined ? await session.notebook.test(request) : await context.studio.apps.test(id, { sessionId: session.id, ...request });
    const artifact = await putArtifact(context, 'test-results', {
      title: `Test of ${suite.application}`,
      data: { suite },
      by: 'test_app',
      sources: suite.dataGeneration?.sources ?? [],
    });
    const { total, passed } = suite.summary;
    return {
      output: {
        passed: suite.passed,
        total,
        passedQueries: passed,
        queries: suite.queries.map((q) => ({ name: q.name, passed: q.passed, rows: q.output.rowCount })),
      },
      artifact,
      text:
        passed === total
          ? `The test passed: ${total === 1 ? 'its query holds' : `all ${total} queries hold`}.`
          : `The test failed: ${total - passed} of ${total} queries do not hold.`,
    };
  },
});

const generateDashboard = defineTool({
  name: 'generate_dashboard',
  title: 'Make a dashboard',
  description: 'One panel per metric, with alerts and throughput, from the annotated queries of this thread.',
  risk: 'compute',
  artifact: 'grafana-embed',
  input: f.object({
    name: f.maybe(f.shortText('Title')),
    sql: f.maybe(f.list(f.text('Query'), 'Queries; those of the thread by default')),
  }),
  output: f.facts({ title: f.z.string(), panels: f.z.array(f.z.string()) }),
  async execute({ name, sql }, context) {
    const current = latestArtifact(context.session, 'sql-editor')?.data.sql;
    const dashboard = await context.session.dashboard({ ...(name === undefined ? {} : { name }), ...(sql ? { sql } : {}) });
    const artifact = await putArtifact(context, 'grafana-embed', {
      title: ownTitle(dashboard.title),
      data: { dashboard, ...(current === undefined ? {} : { sql: sql ?? [current] }) },
      by: 'generate_dashboard',
    });
    return {
      output: { title: dashboard.title, panels: dashboard.panels.map((p) => p.title) },
      artifact,
      text:
        dashboard.panels.length === 0
          ? 'No query here has a metric, so the dashboard has nothing to draw yet: write "add metrics" first.'
          : `A dashboard of ${many(dashboard.panels.length, 'panel')}: ${dashboard.panels
              .map((p) => p.title)
              .slice(0, 6)
              .join(', ')}.`,
    };
  },
});

const getTopology = defineTool({
  name: 'get_topology',
  title: 'Show the data flow',
  description: 'The graph from sources over queries to sinks, with the lineage of every column.',
  risk: 'read',
  artifact: 'topology',
  input: f.object({ app_id: f.maybe(f.shortText('Application')), sql: f.maybe(f.text('SQL text; the queries of the thread by default')) }),
  output: f.facts({ nodes: f.z.array(f.z.looseObject({ id: f.z.string() })), edges: f.z.number() }),
  async execute({ app_id, sql }, context) {
    const id = app_id ?? (sql === undefined ? currentAppId(context) : undefined);
    const text = sql ?? context.session.notebook.cells.flatMap((c) => (c.sql === undefined ? [] : [c.sql])).join(';\n');
    const topology =
      id === undefined
        ? await context.studio.sql.topology(text, { schemas: context.session.context.schemas })
        : (await context.studio.apps.get(id)).topology;
    const artifact = await putArtifact(context, 'topology', {
      title: 'Data flow',
      data: { topology },
      by: 'get_topology',
      state: topology.nodes.length === 0 ? 'empty' : 'done',
    });
    return {
      output: { nodes: topology.nodes.map((n) => ({ id: n.id, type: n.type })), edges: topology.edges.length },
      artifact,
      text:
        topology.edges.length === 0
          ? 'There is no data flow yet.'
          : topology.edges
              .slice(0, 6)
              .map((e) => `${label(topology, e.from)} → ${label(topology, e.to)}`)
              .join(', '),
    };
  },
});

const label = (t: { nodes: readonly { id: string; label: string }[] }, id: string): string => t.nodes.find((n) => n.id === id)?.label ?? id;

export const appTools: readonly Tool[] = [generateApp, updateApp, testApp, generateDashboard, getTopology];
