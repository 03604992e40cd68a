import { badRequest, noTools } from '../../diagnostics/codes/http.ts';
import { formatTraceparent } from '../../observability/trace-context.ts';
import { answers } from '../../protocol/schemas/answers.ts';
import {
  appInput,
  appUpdate,
  customizeRequest,
  dashboardRequest,
  deployRequest,
  generateAppRequest,
  previewRequest,
  suiteTestRequest,
  templatesQuery,
} from '../../protocol/schemas/work.ts';
import type { App, AppInput, AppUpdate } from '../../protocol/studio/app.ts';
import type { Deployment, DeployOptions } from '../../protocol/studio/deployment.ts';
import type { CustomizeOptions } from '../../protocol/studio/template.ts';
import type { TraceContext } from '../../protocol/studio/trace.ts';
import { fromWire, toWire } from '../../protocol/wire.ts';
import { callerOf } from '../access.ts';
import { type Route, route } from '../route.ts';
import { defined } from './defined.ts';
import { notebookState } from './notebook-state.ts';
import { suiteAnswer, suiteRequest } from './test-shapes.ts';

const idOf = (params: Readonly<Record<string, string>>): string => params['id'] ?? '';

export const appRoutes: readonly Route[] = [
  route({
    method: 'GET',
    path: '/templates',
    summary: 'Templates by category',
    tag: 'templates',
    risk: 'read',
    response: answers.templates,
    query: templatesQuery,
    async handle({ studio, query }) {
      const { templates, categories } = await studio.templates.list(defined(query));
      return { templates: toWire(templates), total: templates.length, categories };
    },
  }),
  route({
    method: 'GET',
    path: '/templates/{id}',
    summary: 'A template, whole',
    tag: 'templates',
    risk: 'read',
    response: answers.template,
    handle: async ({ studio, params }) => ({ template: toWire(await studio.templates.get(idOf(params))) }),
  }),
  route({
    method: 'POST',
    path: '/templates/{id}/preview',
    summary: 'How a template would fit a real source; nothing is kept',
    tag: 'templates',
    risk: 'compute',
    response: answers.preview,
    body: previewRequest,
    async handle({ studio, params, body, session }) {
      const s = await session(body.session_id ?? body.notebook_id);
      const { mapping, sampleSql } = await studio.templates.preview(idOf(params), {
        source: body.source ?? body.topic,
        topic: body.topic,
        sessionId: s.id,
      });
      const mapped = Object.fromEntries(mapping.matches.flatMap((m) => (m.actual === undefined ? [] : [[m.template, m.actual]])));
      return {
        preview: {
          auto_mapping: { confidence: mapping.confidence, mapped_fields: mapped },
          sample_query_preview: sampleSql,
          compatible: mapping.compatible,
          warnings: mapping.warnings,
        },
        mapping: toWire(mapping),
        sample_sql: sampleSql,
      };
    },
  }),
  route({
    method: 'POST',
    path: '/templates/{id}/customize',
    summary: 'Makes an application of a template and real sources',
    tag: 'templates',
    risk: 'write',
    response: answers.customized,
    body: customizeRequest,
    async handle({ studio, params, body, session }) {
      const s = await session(body.session_id ?? body.notebook_id);
      const made = await studio.templates.customize(idOf(params), { ...customizeOptions(body), sessionId: s.id });
      const validation = Object.fromEntries(
        made.mappings.map((m) => [
          m.actualTopic ?? m.topic,
          {
            valid: m.compatible,
            mapped_fields: m.matches.flatMap((f) => (f.actual === undefined ? [] : [`${f.template} → ${f.actual}`])),
            unmapped_fields: m.unused.map((u) => u.field),
            suggestions: m.warnings,
          },
        ]),
      );
      return { app: { ...appAnswer(made.app), template_id: idOf(params), schema_validation: validation }, result: toWire(made) };
    },
  }),
  route({
    method: 'POST',
    path: '/generate-app',
    summary: 'An application from a sentence',
    tag: 'apps',
    risk: 'write',
    response: answers.appMade,
    expensive: true,
    body: generateAppRequest,
    async handle({ studio, body, session, signal }) {
      if (!studio.assistant) throw noTools('making an application from words');
      const s = await session(body.session_id ?? body.notebook_id);
      const options = fromWire({ o: body.options ?? {} }) as { o: object };
      const result = await studio.assistant.generateApp(
        { prompt: body.prompt, schemas: s.context.schemas, options: options.o },
        { signal },
      );
      const app = await studio.apps.create(result.app);
      return { app: appAnswer(app), explanation: result.explanation, assumptions: result.assumptions, engine: result.engine };
    },
  }),
  route({
    method: 'GET',
    path: '/apps',
    summary: 'Applications',
    tag: 'apps',
    risk: 'read',
    response: answers.apps,
    async handle({ studio }) {
      const apps = await studio.apps.list();
      return { apps: toWire(apps), total: apps.length };
    },
  }),
  route({
    method: 'POST',
    path: '/apps',
    summary: 'Makes an application from annotated SQL',
    tag: 'apps',
    risk: 'write',
    response: answers.app,
    body: appInput,
    handle: async ({ studio, body }) => ({ app: appAnswer(await studio.apps.create(fromWire(body) as AppInput)) }),
  }),
  route({
    method: 'GET',
    path: '/apps/{id}',
    summary: 'One application',
    tag: 'apps',
    risk: 'read',
    response: answers.app,
    handle: async ({ studio, params }) => ({ app: appAnswer(await studio.apps.get(idOf(params))) }),
  }),
  route({
    method: 'PUT',
    path: '/apps/{id}',
    summary: 'Adds, changes or removes a query, or replaces the application',
    tag: 'apps',
    risk: 'write',
    response: answers.appChanged,
    body: appUpdate,
    async handle({ studio, params, body, tools, session, principal, signal }) {
      if (body.prompt !== undefined && body.query === undefined) {
        if (!tools) throw noTools('changing an application with words');
        const s = await session(body.session_id ?? body.notebook_id);
        const { output } = await tools.call(
          'update_app',
          { app_id: idOf(params), ...body },
          { session: s, principal: callerOf(principal), signal },
        );
        return output;
      }
      const { app, changes } = await studio.apps.update(idOf(params), updateOf(body));
      return { app: appAnswer(app), changes: toWire(changes) };
    },
  }),
  route({
    method: 'DELETE',
    path: '/apps/{id}',
    summary: 'Deletes an application; what was deployed of it goes on',
    tag: 'apps',
    risk: 'write',
    response: answers.deleted,
    handle: async ({ studio, params }) => ({ id: idOf(params), deleted: await studio.apps.delete(idOf(params)) }),
  }),
  route({
    method: 'POST',
    path: '/apps/{id}/test',
    summary: 'Tests all queries of an application with one set of generated data',
    tag: 'apps',
    risk: 'compute',
    response: answers.suite,
    body: suiteTestRequest,
    handle: async ({ studio, params, body, signal }) =>
      suiteAnswer(
        await studio.apps.test(idOf(params), { ...suiteRequest(body), ...(body.session_id ? { sessionId: body.session_id } : {}), signal }),
      ),
  }),
  route({
    method: 'POST',
    path: '/apps/{id}/plan',
    summary: 'What deploying would do, with the hash that approves it',
    tag: 'deployments',
    risk: 'read',
    response: answers.deployPlan,
    body: deployRequest,
    handle: async ({ studio, params, body }) => ({ plan: toWire(await studio.apps.plan(idOf(params), deployOptions(body))) }),
  }),
  route({
    method: 'POST',
    path: '/apps/{id}/deploy',
    summary: 'Deploys an application; needs the hash of its plan',
    tag: 'deployments',
    risk: 'deploy',
    response: answers.deployment,
    body: deployRequest,
    handle: async ({ studio, params, body, trace }) =>
      deploymentAnswer(await studio.apps.deploy(idOf(params), { ...traced(trace), ...deployOptions(body) })),
  }),
  route({
    method: 'POST',
    path: '/plan',
    summary: 'What deploying a notebook would do',
    tag: 'deployments',
    risk: 'read',
    response: answers.deployPlan,
    body: deployRequest,
    async handle({ body, session }) {
      const s = await session(body.session_id ?? body.notebook_id);
      return { plan: toWire(await s.plan({ name: body.name ?? s.name, ...deployOptions(body) })) };
    },
  }),
  route({
    method: 'POST',
    path: '/deploy',
    summary: 'Deploys a notebook or an application; needs the hash of its plan',
    tag: 'deployments',
    risk: 'deploy',
    response: answers.pipeline,
    body: deployRequest,
    async handle({ body, session, trace }) {
      const s = await session(body.session_id ?? body.notebook_id);
      const deployment = await s.deploy({ name: body.name ?? s.name, ...traced(trace), ...deployOptions(body) });
      return {
        ...deploymentAnswer(deployment),
        pipeline_id: deployment.id,
        jobs: toWire(deployment.jobs),
        metrics: toWire(deployment.metrics),
        alerts: toWire(deployment.alerts),
        dashboard_url: deployment.dashboardUrl,
      };
    },
  }),
  route({
    method: 'POST',
    path: '/dashboards/generate',
    summary: 'A Grafana dashboard for the metrics of a notebook',
    tag: 'deployments',
    risk: 'read',
    response: answers.dashboard,
    body: dashboardRequest,
    async handle({ body, session }) {
      const s = await session(body.session_id ?? body.notebook_id);
      const dashboard = await s.dashboard({
        ...(body.dashboard_name ? { name: body.dashboard_name } : {}),
        ...(body.sql ? { sql: body.sql } : {}),
      });
      return { dashboard: toWire(dashboard), grafana_json: dashboard.grafanaJson, import_url: '/dashboard/import', ...notebookState(s) };
    },
  }),
];

const appAnswer = (app: App): object => toWire(app) as object;

export const deploymentAnswer = (d: Deployment) => ({
  deployment: {
    ...(toWire(d) as object),
    metrics_registered: d.metrics.length,
    alerts_configured: d.alerts.length,
    jobs: d.jobs.map((j) => ({ ...(toWire(j) as object), job_id: j.id })),
  },
});

/** `config` is where older callers put what now also stands at the top. */
/** Spans of the deployment go on from those of the request. */
const traced = (trace: TraceContext | undefined) => (trace === undefined ? {} : { traceparent: formatTraceparent(trace) });

function deployOptions(body: Readonly<Record<string, unknown>>): Omit<DeployOptions, 'name'> & { name?: string } {
  const { session_id: _s, config, ...rest } = body;
  const flat = { ...(config as object), ...rest };
  return fromWire(flat) as Omit<DeployOptions, 'name'> & { name?: string };
}

function updateOf(body: {
  readonly action?: string | undefined;
  readonly query_id?: string | undefined;
  readonly query?: unknown;
  readonly app?: unknown;
}): AppUpdate {
  const query = fromWire(body.query) as { name: string; sql: string };
  switch (body.action ?? 'replace') {
    case 'add_query':
      if (!body.query) break;
      return { action: 'add_query', query };
    case 'modify_query':
      if (!body.query || !body.query_id) break;
      return { action: 'modify_query', queryId: body.query_id, query };
    case 'remove_query':
      if (!body.query_id) break;
      return { action: 'remove_query', queryId: body.query_id };
    default:
      if (body.app) return { action: 'replace', app: fromWire(body.app) as AppInput };
  }
  throw badRequest([
    `"${body.action ?? 'replace'}" needs ${body.action === 'remove_query' ? 'query_id' : body.action === 'add_query' ? 'query' : body.action === 'modify_query' ? 'query_id and query' : 'app'}`,
  ]);
}

interface WireCustomize {
  readonly mappings?: Readonly<Record<string, unknown>> | undefined;
  readonly schema_mapping?: Readonly<Record<string, unknown>> | undefined;
  readonly params?: Readonly<Record<string, string | number>> | undefined;
  readonly auto_discover?: boolean | undefined;
  readonly add_offers?: readonly string[] | undefined;
  readonly name?: string | undefined;
}

/** Both forms are taken: the tool's `{ source_topic, field_mappings }` and a mapping per input topic. */
export function customizeOptions(body: WireCustomize): CustomizeOptions {
  const given = body.mappings ?? body.schema_mapping ?? {};
  const mappings: Record<string, { topic: string; fields: Record<string, string> }> = {};
  if (typeof given['source_topic'] === 'string' || 'field_mappings' in given) {
    mappings['*'] = { topic: String(given['source_topic'] ?? ''), fields: (given['field_mappings'] ?? {}) as Record<string, string> };
  } else {
    for (const [topic, value] of Object.entries(given)) {
      const v = value as { topic?: string; fields?: Record<string, string>; field_mapping?: Record<string, string> };
      mappings[topic] = { topic: v.topic ?? topic, fields: v.fields ?? v.field_mapping ?? {} };
    }
  }
  return {
    mappings,
    ...(body.params ? { params: body.params } : {}),
    ...(body.auto_discover === undefined ? {} : { autoDiscover: body.auto_discover }),
    ...(body.add_offers ? { addOffers: body.add_offers } : {}),
    ...(body.name ? { name: body.name } : {}),
  };
}
