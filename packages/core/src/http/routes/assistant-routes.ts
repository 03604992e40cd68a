import { noTools } from '../../diagnostics/codes/http.ts';
import { answers } from '../../protocol/schemas/answers.ts';
import { chatRequest, nlToSqlRequest } from '../../protocol/schemas/sql.ts';
import {
  analyzeRequest,
  dismissRequest,
  generateDataRequest,
  testRequest,
  testResponse,
  toolRequest,
} from '../../protocol/schemas/work.ts';
import type { Session } from '../../protocol/studio/session.ts';
import type { Suggestion } from '../../protocol/studio/suggestion.ts';
import type { DataSchema } from '../../protocol/studio/testing.ts';
import { fromWire, toWire } from '../../protocol/wire.ts';
import { callerOf } from '../access.ts';
import { type Route, type RouteContext, route } from '../route.ts';
import { sseResponse } from '../sse.ts';
import { keepChoices } from './keep-choices.ts';
import { notebookState } from './notebook-state.ts';
import { contextOf } from './sql-routes.ts';
import { suiteRequest, testAnswer } from './test-shapes.ts';

export const assistantRoutes: readonly Route[] = [
  route({
    method: 'POST',
    path: '/test',
    summary: 'Tests a query on generated rows',
    tag: 'testing',
    risk: 'compute',
    body: testRequest,
    response: testResponse,
    async handle({ body, session, signal }) {
      const s = await session(body.session_id ?? body.notebook_id);
      return testAnswer(await s.test(body.sql, { ...suiteRequest(body), signal }));
    },
  }),
  route({
    method: 'POST',
    path: '/generate-data',
    summary: 'Seeded rows of one or several schemas',
    tag: 'testing',
    risk: 'compute',
    response: answers.generatedData,
    body: generateDataRequest,
    async handle({ body, session }) {
      const s = await session();
      const list = Array.isArray(body.schema) ? body.schema : [body.schema];
      const made = await s.generateData({
        schema: list.map((schema) => fromWire(schema) as DataSchema),
        ...(body.records === undefined ? {} : { records: body.records }),
        ...(body.seed === undefined ? {} : { seed: body.seed }),
        ...(body.foreign_keys === undefined ? {} : { foreignKeys: body.foreign_keys }),
      });
      const only = list.length === 1 ? Object.values(made.records)[0] : undefined;
      const count = Object.values(made.records).reduce((n, rows) => n + rows.length, 0);
      return {
        records: only ?? made.records,
        records_by_source: made.records,
        schema_used: toWire(made.schemaUsed),
        metadata: { record_count: count, generation_time_ms: made.generationTimeMs },
      };
    },
  }),
  route({
    method: 'POST',
    path: '/nl-to-sql',
    summary: 'A query from a sentence, checked before it is answered',
    tag: 'assistant',
    risk: 'compute',
    response: answers.nlToSql,
    expensive: true,
    body: nlToSqlRequest,
    async handle({ studio, body, session, signal }) {
      if (!studio.assistant) throw noTools('making a query from words');
      const s = await session(body.session_id ?? body.notebook_id);
      const previousSql = body.context?.previous_sql ?? s.notebook.cells.findLast((c) => c.sql)?.sql;
      const schemas = { ...s.context.schemas, ...contextOf(body.context as never).schemas };
      const result = await studio.assistant.nlToSql(
        {
          prompt: body.prompt,
          schemas,
          ...(previousSql === undefined ? {} : { previousSql }),
          ...(body.context?.glossary ? { glossary: body.context.glossary } : {}),
        },
        { signal },
      );
      if (result.kind !== 'sql') return { result: toWire(result), ...(toWire(result) as object) };
      const { diagnostics } = result;
      return {
        sql: result.sql,
        explanation: result.explanation,
        suggested_viz_type: result.viz?.kind ?? 'table',
        annotations: result.annotations,
        validation: { valid: !diagnostics.some((d) => d.severity === 'error'), diagnostics },
        result: toWire(result),
      };
    },
  }),
  route({
    method: 'POST',
    path: '/chat',
    produces: 'text/event-stream',
    summary: 'Speaks with the assistant; answers stream as server-sent events',
    tag: 'assistant',
    risk: 'write',
    expensive: true,
    body: chatRequest,
    async handle({ studio, body, session, request, trace }) {
      const { assistant } = studio;
      if (!assistant) throw noTools('speaking with an assistant');
      const s = await session(body.session_id ?? body.thread_id);
      const text = body.text ?? lastUserText(body.messages ?? []);
      const approvals = (body.approvals ?? []).map((a) => ({ approvalId: a.approval_id, approved: a.approved }));
      return sseResponse(
        (signal) =>
          keepChoices(
            assistant.chat(
              {
                session: s,
                text,
                history: s.notebook.messages,
                ...(approvals.length > 0 ? { approvals } : {}),
                ...(trace ? { trace } : {}),
              },
              { signal },
            ),
            s.notebook,
          ),
        (event) => ({ event: event.type, data: toWire(event) }),
        { signal: request.signal, last: () => ({ event: 'state', data: notebookState(s) }) },
      );
    },
  }),
  route({
    method: 'POST',
    path: '/analyze',
    summary: 'What is worth saying at this moment',
    tag: 'assistant',
    risk: 'read',
    response: answers.suggestions,
    body: analyzeRequest,
    async handle({ studio, body, session, signal }) {
      if (!studio.assistant?.suggest) throw noTools('suggesting');
      const s = await session(body.session_id ?? body.notebook_id);
      const trigger = triggerOf(body.trigger ?? String(body.thread_context?.['trigger'] ?? 'thread_open'));
      const suggestions = await studio.assistant.suggest(
        { session: s, trigger, ...(body.subject ? { subject: body.subject } : {}) },
        { signal },
      );
      return { suggestions: toWire(suggestions), context_summary: summaryOf(s) };
    },
  }),
  route({
    method: 'POST',
    path: '/suggestions/dismiss',
    summary: 'Puts suggestions away, or all of their kind',
    tag: 'assistant',
    risk: 'write',
    response: answers.ok,
    body: dismissRequest,
    async handle({ studio, body, session, signal }) {
      if (!studio.assistant?.dismiss) throw noTools('dismissing suggestions');
      const suggestions = body.suggestions.map(({ id, rule_id, fingerprint }) => ({ id, ruleId: rule_id, fingerprint }));
      const s = await session(body.session_id ?? body.notebook_id);
      await studio.assistant.dismiss({ session: s, suggestions, forever: body.forever ?? false }, { signal });
      return {};
    },
  }),
  analysis('/analyze/schema-diff', 'analyze_schema_diff', 'How sources changed against what deployed queries expect'),
  analysis('/analyze/performance', 'analyze_performance', 'How deployed jobs do, and what would help'),
  analysis('/analyze/annotations', 'analyze_annotations', 'Metrics and alerts that queries could have'),
  route({
    method: 'POST',
    path: '/tools/{name}',
    summary: 'Any tool of the assistant by name',
    tag: 'assistant',
    risk: 'write',
    response: answers.tool,
    expensive: true,
    body: toolRequest,
    handle: (context) => callTool(context as never, context.params['name'] ?? '', context.body.input ?? {}, context.body.approval_id),
  }),
];

function analysis(path: string, tool: string, summary: string): Route {
  return route({
    method: 'POST',
    path,
    summary,
    tag: 'assistant',
    risk: 'read',
    response: answers.analysis,
    body: analyzeRequest,
    async handle(context) {
      const { session_id: _s, notebook_id: _n, trigger: _t, thread_context: _c, ...input } = context.body;
      return (await callTool(context as never, tool, input)).output;
    },
  });
}

interface Refs {
  readonly session_id?: string | undefined;
  readonly notebook_id?: string | undefined;
}

async function callTool(context: RouteContext<Refs>, name: string, input: unknown, approvalId?: string) {
  if (!context.tools) throw noTools(`the tool "${name}"`);
  const session = await context.session(context.body.session_id ?? context.body.notebook_id);
  const { output, artifact } = await context.tools.call(name, input, {
    session,
    principal: callerOf(context.principal),
    signal: context.signal,
    ...(approvalId === undefined ? {} : { approvalId }),
    ...(context.trace ? { trace: context.trace } : {}),
  });
  return { output, ...(artifact === undefined ? {} : { artifact: toWire(artifact) }) };
}

const TRIGGERS: readonly Suggestion['trigger'][] = [
  'connect_source',
  'list_topics',
  'inspect_topic',
  'generate_sql',
  'test_query',
  'deploy_pipeline',
  'thread_open',
  'customize_template',
  'poll',
];
const POST: Readonly<Record<string, Suggestion['trigger']>> = {
  post_connect: 'connect_source',
  post_generate: 'generate_sql',
  post_test: 'test_query',
  post_deploy: 'deploy_pipeline',
};
const triggerOf = (text: string): Suggestion['trigger'] => POST[text] ?? TRIGGERS.find((t) => t === text) ?? 'thread_open';

/** How much of a thread is measured, watched and tested: 0 to 1. */
function summaryOf(s: Session) {
  const { context, notebook } = s;
  const queries = notebook.cells.filter((c) => c.type === 'sql' && c.sql);
  const tested = queries.filter((c) => c.testReport?.passed).length;
  const share = (n: number) => (queries.length === 0 ? 0 : Math.min(1, n / queries.length));
  const score = (share(context.metrics.length) + share(context.alerts.length) + share(tested)) / 3;
  return {
    sources: Object.keys(context.sources).length,
    queries: queries.length,
    metrics: context.metrics.length,
    alerts: context.alerts.length,
    tested,
    coverage_score: Math.round(score * 100) / 100,
  };
}

/** The newest words of the user, from any of the message shapes that chat libraries send. */
function lastUserText(
  messages: readonly { readonly role: string; readonly content?: unknown; readonly text?: string | undefined; readonly parts?: unknown }[],
): string {
  const last = messages.findLast((m) => m.role === 'user');
  if (!last) return '';
  if (last.text !== undefined) return last.text;
  if (typeof last.content === 'string') return last.content;
  const parts = (Array.isArray(last.content) ? last.content : Array.isArray(last.parts) ? last.parts : []) as readonly {
    readonly type?: string;
    readonly text?: string;
  }[];
  return parts
    .filter((p) => p.type === 'text')
    .map((p) => p.text ?? '')
    .join('\n');
}
