import { noTools } from '../../diagnostics/codes/http.ts';
import { unknownStudioSource } from '../../diagnostics/codes/studio.ts';
import { answers } from '../../protocol/schemas/answers.ts';
import {
  atOffsetRequest,
  completionsRequest,
  explainRequest,
  formatRequest,
  topologyRequest,
  validateRequest,
  validateResponse,
} from '../../protocol/schemas/sql.ts';
import type { SqlContext, ValidationReport } from '../../protocol/studio/sql-service.ts';
import type { TableSchema } from '../../protocol/table-schema.ts';
import { fromWire, toWire } from '../../protocol/wire.ts';
import { type Route, route } from '../route.ts';

type WireContext =
  | { readonly tables?: unknown; readonly schemas?: unknown; readonly mode?: string | undefined; readonly purpose?: string | undefined }
  | undefined;

/** `tables` is the older name of `schemas`. */
export const contextOf = (context: WireContext): SqlContext => {
  const schemas = fromWire({ schemas: { ...(context?.tables as object), ...(context?.schemas as object) } }) as {
    schemas: Record<string, TableSchema>;
  };
  return {
    ...schemas,
    ...(context?.mode === 'strict' || context?.mode === 'lenient' ? { mode: context.mode } : {}),
    ...(context?.purpose === 'deploy' || context?.purpose === 'query' ? { purpose: context.purpose } : {}),
  };
};

export const sqlRoutes: readonly Route[] = [
  route({
    method: 'POST',
    path: '/validate',
    summary: 'Everything there is to say about SQL text',
    tag: 'sql',
    risk: 'read',
    body: validateRequest,
    response: validateResponse,
    async handle({ body, session }) {
      const s = await session(body.session_id ?? body.notebook_id);
      return validationAnswer(body.sql, await s.validate(body.sql, contextOf(body.context)));
    },
  }),
  route({
    method: 'POST',
    path: '/format',
    summary: 'SQL in one way of writing it',
    tag: 'sql',
    risk: 'read',
    response: answers.sql,
    body: formatRequest,
    handle: async ({ studio, body }) => ({ sql: await studio.sql.format(body.sql, body.target ? { target: body.target } : {}) }),
  }),
  route({
    method: 'POST',
    path: '/explain',
    summary: 'The plan of a query at one stage',
    tag: 'sql',
    risk: 'read',
    response: answers.plan,
    body: explainRequest,
    handle: async ({ studio, body }) => ({
      plan: await studio.sql.explain(body.sql, { ...contextOf(body.context), ...(body.stage ? { stage: body.stage } : {}) }),
    }),
  }),
  ...(['complete', 'hover', 'signature'] as const).map((what) =>
    route({
      method: 'POST',
      path: `/language/${what}`,
      summary: `Editor service: ${what} at an offset`,
      tag: 'sql',
      risk: 'read',
      response: answers[what],
      body: atOffsetRequest,
      handle: async ({ studio, body }) => ({ [what]: toWire(await studio.sql[what](body.sql, body.offset, contextOf(body.context))) }),
    }),
  ),
  route({
    method: 'POST',
    path: '/topology',
    summary: 'Graph of a script with column lineage',
    tag: 'sql',
    risk: 'read',
    response: answers.topology,
    body: topologyRequest,
    handle: async ({ studio, body }) => ({ topology: toWire(await studio.sql.topology(body.sql, contextOf(body.context))) }),
  }),
  route({
    method: 'GET',
    path: '/functions',
    summary: 'Functions of the dialect',
    tag: 'sql',
    risk: 'read',
    response: answers.functions,
    async handle({ studio }) {
      const functions = await studio.sql.functions();
      return { functions: toWire(functions), total: functions.length };
    },
  }),
  route({
    method: 'GET',
    path: '/schema',
    summary: 'Tables that are known, and the functions of the dialect',
    tag: 'sql',
    risk: 'read',
    response: answers.schema,
    async handle({ studio, session }) {
      const s = await session();
      const functions = (await studio.sql.functions()).map(({ name, kind, signature, summary, category }) => ({
        name,
        type: kind,
        signature,
        summary,
        category,
      }));
      return {
        tables: Object.entries(s.context.schemas).map(([name, schema]) => tableOf(name, schema, s.context.sources[name])),
        functions,
      };
    },
  }),
  route({
    method: 'GET',
    path: '/schema/{name}',
    summary: 'One table',
    tag: 'sql',
    risk: 'read',
    response: answers.table,
    async handle({ params, session }) {
      const s = await session();
      const name = params['name'] ?? '';
      const schema = s.context.schemas[name];
      if (!schema) throw unknownStudioSource(name, Object.keys(s.context.schemas));
      return tableOf(name, schema, s.context.sources[name]);
    },
  }),
  route({
    method: 'POST',
    path: '/completions',
    summary: 'Fill in the middle: text between prefix and suffix',
    tag: 'assistant',
    risk: 'compute',
    response: answers.completions,
    expensive: true,
    body: completionsRequest,
    async handle({ studio, body, session, signal }) {
      if (!studio.assistant) throw noTools('completing');
      const s = await session(body.session_id ?? body.notebook_id);
      const schemas = { ...s.context.schemas, ...contextOf({ ...body.context, tables: body.context?.schema }).schemas };
      const result = await studio.assistant.complete({ prefix: body.prefix, suffix: body.suffix, schemas }, { signal });
      return {
        completions: (result?.items ?? []).map(({ text, confidence, explanation = '', engine }) => ({
          text,
          confidence,
          explanation,
          engine,
        })),
        usage: {},
      };
    },
  }),
];

const tableOf = (name: string, schema: TableSchema, source: string | undefined) => ({
  name,
  type: schema.kind ?? 'stream',
  columns: schema.columns.map((c) => ({ ...c, nullable: c.nullable ?? true })),
  source: source ?? name,
});

/** The answer of `/validate`: what it always was, and the whole report beside it. */
function validationAnswer(sql: string, report: ValidationReport): unknown {
  const error = report.diagnostics.find((d) => d.severity === 'error');
  const { outline } = report;
  return {
    valid: report.valid,
    ...(outline
      ? {
          ast: {
            type: outline.type,
            ...(outline.sources[0] === undefined ? {} : { source: outline.sources[0] }),
            fields: report.columns.map((c) => c.name),
            group_by: outline.groupBy,
            ...(outline.emit === undefined ? {} : { emit_mode: outline.emit }),
          },
        }
      : {}),
    annotations: [
      ...report.metrics.map((m) => ({ kind: 'metric', ...(toWire(m) as object) })),
      ...report.alerts.map((a) => ({ kind: 'alert', ...(toWire(a) as object) })),
    ],
    warnings: report.diagnostics.filter((d) => d.severity !== 'error'),
    ...(error
      ? {
          error: { message: error.message, line: error.line, column: error.column, context: sql.split('\n')[error.line - 1] ?? '' },
          suggestions: error.hint === undefined ? [] : [error.hint],
        }
      : {}),
    report: toWire(report),
  };
}
