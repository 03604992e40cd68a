import { z } from 'zod';
import { column, coverage, jsonObject, tableSchema } from './wire-fields.ts';

/**
 * What handlers answer, in the snake_case of the wire. Things may hold more than is named here, and clients take what they know; the top of an
 * answer is closed, so that a new field of it is a change of its schema.
 */
const named = <T extends z.ZodType>(id: string, schema: T): T => schema.meta({ id });

const nullableNumber = z.number().nullable();
const record = <T extends z.ZodType>(value: T) => z.record(z.string(), value);

export const owner = named('Owner', z.object({ id: z.string(), tenant: z.string().optional() }));
export const metricInfo = named(
  'MetricInfo',
  z.looseObject({
    name: z.string(),
    type: z.enum(['counter', 'gauge', 'histogram']),
    labels: z.array(z.string()),
    prometheus_name: z.string(),
  }),
);
export const alertInfo = named(
  'AlertInfo',
  z.looseObject({ name: z.string(), condition: z.string(), severity: z.enum(['critical', 'warning', 'info']), for_ms: z.number() }),
);
export const topology = named(
  'Topology',
  z.looseObject({
    nodes: z.array(z.looseObject({ id: z.string(), type: z.enum(['source', 'transform', 'sink']), label: z.string() })),
    edges: z.array(z.looseObject({ from: z.string(), to: z.string() })),
    lineage: z.array(z.looseObject({ from: z.string(), to: z.string() })),
  }),
);
export const dashboard = named(
  'Dashboard',
  z.looseObject({
    uid: z.string(),
    title: z.string(),
    panels: z.array(z.looseObject({ id: z.number(), title: z.string(), type: z.string() })),
    grafana_json: jsonObject,
  }),
);
export const app = named(
  'App',
  z.looseObject({
    id: z.string(),
    name: z.string(),
    slug: z.string(),
    owner: owner.optional(),
    queries: z.array(z.looseObject({ id: z.string(), name: z.string(), sql: z.string(), sources: z.array(z.string()) })),
    metrics: z.array(metricInfo),
    alerts: z.array(alertInfo),
    topology,
    dashboard: dashboard.optional(),
    version: z.number(),
    created_at: z.number(),
    updated_at: z.number(),
    diagnostics: z.array(z.looseObject({ code: z.string(), message: z.string(), query_id: z.string() })),
  }),
);
export const job = named(
  'Job',
  z.looseObject({
    id: z.string(),
    name: z.string(),
    title: z.string().optional(),
    query_id: z.string(),
    sql: z.string(),
    status: z.enum(['starting', 'running', 'paused', 'stopped', 'failed', 'finished']),
    health: z.enum(['healthy', 'warning', 'critical', 'unknown']),
    guarantee: z.string(),
    metrics: z.looseObject({ records_in: z.number(), errors: z.number(), restarts: z.number(), watermark: nullableNumber }),
    created_at: z.number(),
  }),
);
export const activeAlert = named(
  'ActiveAlert',
  z.looseObject({
    name: z.string(),
    severity: z.string(),
    state: z.enum(['pending', 'firing']),
    since: z.number(),
    labels: record(z.string()),
  }),
);
export const deployment = named(
  'Deployment',
  z.looseObject({
    id: z.string(),
    name: z.string(),
    target: z.string(),
    version: z.number(),
    owner: owner.optional(),
    status: z.enum(['starting', 'running', 'partial', 'paused', 'stopped', 'failed']),
    health: z.string(),
    jobs: z.array(job),
    steps: z.array(z.looseObject({ kind: z.string(), name: z.string(), status: z.string() })),
    metrics: z.array(metricInfo),
    alerts: z.array(alertInfo),
    active_alerts: z.array(activeAlert),
    plan_hash: z.string(),
    deployed_at: z.number(),
  }),
);
export const plan = named(
  'DeployPlan',
  z.looseObject({
    name: z.string(),
    target: z.string(),
    hash: z.string(),
    jobs: z.array(z.looseObject({ name: z.string(), query_id: z.string(), action: z.string(), state: z.string(), guarantee: z.string() })),
    metrics: z.array(metricInfo),
    alerts: z.array(alertInfo),
    warnings: z.array(z.string()),
    blockers: z.array(z.string()),
  }),
);
export const shadow = named(
  'Shadow',
  z.looseObject({
    deployment_id: z.string(),
    plan,
    status: z.enum(['running', 'finished', 'failed']),
    started_at: z.number(),
    comparisons: z.array(z.looseObject({ query: z.string(), equal: z.number(), different: z.number() })),
    is_equal: z.boolean(),
  }),
);
export const logLine = named(
  'LogLine',
  z.looseObject({ at: z.number(), level: z.string(), message: z.string(), job: z.string().optional() }),
);

export const cell = named(
  'Cell',
  z.looseObject({ id: z.string(), type: z.enum(['sql', 'markdown', 'insight']), created_at: z.number(), updated_at: z.number() }),
);
export const message = named(
  'Message',
  z.looseObject({
    id: z.string(),
    role: z.enum(['user', 'assistant', 'system']),
    text: z.string(),
    artifacts: z.array(z.string()),
    at: z.number(),
  }),
);
export const connection = named(
  'Connection',
  z.looseObject({
    id: z.string(),
    uri: z.string(),
    type: z.string(),
    connected_at: z.number(),
    status: z.enum(['connected', 'failed', 'closed']),
  }),
);
export const threadContext = named(
  'ThreadContext',
  z.looseObject({
    sources: record(z.string()),
    sinks: record(z.string()),
    metrics: z.array(metricInfo),
    alerts: z.array(alertInfo),
    schemas: record(tableSchema),
    connections: record(connection),
    dependencies: z.array(z.string()),
  }),
);
/** What a remote session keeps a copy of. */
export const sessionState = named(
  'SessionState',
  z.looseObject({
    id: z.string(),
    name: z.string(),
    cells: z.array(cell),
    messages: z.array(message),
    test_config: jsonObject.nullable(),
    context: threadContext,
  }),
);
export const notebookSummary = named(
  'NotebookSummary',
  z.looseObject({
    id: z.string(),
    name: z.string(),
    owner: owner.optional(),
    cell_count: z.number(),
    metrics_count: z.number(),
    created_at: z.number(),
    updated_at: z.number(),
  }),
);
export const source = named(
  'Source',
  z.looseObject({
    id: z.string(),
    name: z.string(),
    kind: z.enum(['topic', 'file', 'object', 'table', 'stream']),
    connection_id: z.string(),
    uri: z.string(),
  }),
);
export const sourceField = named('SourceField', column.extend({ null_rate: z.number().optional(), distinct: z.number().optional() }));
export const sourceSchema = named(
  'SourceSchema',
  z.looseObject({
    id: z.string(),
    name: z.string(),
    fields: z.array(sourceField),
    origin: z.enum(['declared', 'registry', 'inferred']),
    coverage,
  }),
);
export const peek = named(
  'Peek',
  z.looseObject({
    id: z.string(),
    name: z.string(),
    columns: z.array(column),
    rows: z.array(jsonObject),
    masked: z.array(z.string()),
    coverage,
  }),
);
export const topic = named(
  'Topic',
  z.object({
    name: z.string(),
    partitions: z.array(z.looseObject({ partition: z.number() })),
    total_messages: z.number(),
    is_test_topic: z.boolean(),
  }),
);
export const consumer = named(
  'Consumer',
  z.looseObject({
    group_id: z.string(),
    state: z.string(),
    subscribed_topics: z.array(z.string()),
    positions: z.array(jsonObject),
    lag: z.number(),
  }),
);
export const table = named(
  'Table',
  z.object({ name: z.string(), type: z.enum(['stream', 'table']), columns: z.array(column), source: z.string() }),
);
export const templateSummary = named(
  'TemplateSummary',
  z.looseObject({
    id: z.string(),
    name: z.string(),
    category: z.string(),
    description: z.string(),
    query_count: z.number(),
    metrics_count: z.number(),
    alerts_count: z.number(),
    required_topics: z.array(z.string()),
    tags: z.array(z.string()),
  }),
);
export const template = named(
  'Template',
  z.looseObject({
    id: z.string(),
    name: z.string(),
    description: z.string(),
    category: z.string(),
    queries: z.array(jsonObject),
    inputs: z.array(jsonObject),
  }),
);
export const assertionResult = z.looseObject({ type: z.string(), passed: z.boolean(), message: z.string() });
export const testReport = named(
  'TestReport',
  z.looseObject({
    name: z.string(),
    sql: z.string(),
    passed: z.boolean(),
    status: z.enum(['passed', 'failed', 'error', 'skipped']),
    assertions: z.array(assertionResult),
    output: z.looseObject({ columns: z.array(column), rows: z.array(jsonObject), row_count: z.number() }),
    performance: z.looseObject({ execution_time_ms: z.number(), records_per_second: z.number() }),
    seed: z.number(),
  }),
);
export const queryMetrics = named(
  'QueryMetrics',
  z.looseObject({
    status: z.enum(['waiting', 'running', 'paused', 'done', 'cancelled', 'failed']),
    rows_in: z.number(),
    rows_out: z.number(),
    rows_late: z.number(),
    watermark: nullableNumber,
    state_bytes: z.number(),
    elapsed_ms: z.number(),
  }),
);
export const silence = named(
  'Silence',
  z.object({ silent: z.boolean(), reasons: z.array(z.looseObject({ reason: z.string(), text: z.string() })) }),
);
export const suggestion = named(
  'Suggestion',
  z.looseObject({ id: z.string(), rule_id: z.string(), trigger: z.string(), severity: z.string(), title: z.string(), message: z.string() }),
);
export const sqlFunction = named(
  'SqlFunction',
  z.looseObject({
    name: z.string(),
    aliases: z.array(z.string()),
    category: z.string(),
    kind: z.string(),
    summary: z.string(),
    signature: z.string(),
  }),
);

const total = z.number();
const state = { state: sessionState };

/** Answers by what they are about; routes name theirs. */
export const answers = {
  ok: z.looseObject({}),
  // The language.
  sql: z.object({ sql: z.string() }),
  plan: z.object({ plan: z.string() }),
  complete: z.object({ complete: z.array(z.looseObject({ label: z.string(), kind: z.string(), insert_text: z.string() })) }),
  hover: z.object({ hover: z.looseObject({ contents: z.string() }).nullable() }),
  signature: z.object({ signature: z.looseObject({ label: z.string(), parameters: z.array(jsonObject) }).nullable() }),
  topology: z.object({ topology }),
  functions: z.object({ functions: z.array(sqlFunction), total }),
  schema: z.object({
    tables: z.array(table),
    functions: z.array(z.looseObject({ name: z.string(), type: z.string(), signature: z.string() })),
  }),
  table,
  completions: z.object({
    completions: z.array(z.looseObject({ text: z.string(), confidence: z.number(), explanation: z.string() })),
    usage: jsonObject,
  }),
  // Executions.
  executionStatus: z.object({ execution_id: z.string(), status: z.string() }),
  execution: z.object({ execution_id: z.string(), sql: z.string(), schema: tableSchema, metrics: queryMetrics, silence }),
  checkpoint: z.object({ checkpoint: z.object({ id: z.string(), fingerprint: z.string(), taken_at: z.number(), bytes: z.unknown() }) }),
  provenance: z.object({ provenance: z.looseObject({ key: jsonObject, inputs: z.array(jsonObject), steps: z.array(z.string()) }) }),
  ticket: z.object({ ticket: z.string(), expires_at: z.number() }),
  // Sources.
  disconnected: z.object({ disconnected: z.literal(true), ...state }),
  declared: z.object({ declared: z.string(), ...state }),
  sources: z.object({ sources: z.array(source), total }),
  source: z.object({ source }),
  sourceSchema: z.object({ schema: sourceSchema, fields: z.array(sourceField) }),
  peek: z.object({ peek, rows: z.array(jsonObject) }),
  stats: z.object({ stats: z.looseObject({ id: z.string(), exact: z.boolean(), coverage }) }),
  consumers: z.object({ consumers: z.array(consumer), total }),
  topics: z.object({ topics: z.array(topic), total }),
  topic,
  topicSchema: z.object({
    topic: z.string(),
    fields: z.array(z.array(z.string()).length(2)),
    sample_value: jsonObject,
    has_keys: z.boolean(),
    records_sampled: z.number(),
    coverage,
    schema: sourceSchema,
  }),
  messages: z.object({
    topic: z.string(),
    messages: z.array(z.looseObject({ partition: z.number(), offset: z.string(), value: z.unknown(), headers: z.array(z.unknown()) })),
    total_returned: z.number(),
    coverage,
    masked: z.array(z.string()),
  }),
  // Notebooks.
  notebooks: z.object({ notebooks: z.array(notebookSummary), total }),
  notebookMade: z.object({ id: z.string(), name: z.string(), ...state }),
  notebook: z.object({ ...state, artifacts: z.array(z.looseObject({ id: z.string(), kind: z.string(), version: z.number() })) }),
  document: z.looseObject({ version: z.literal(1), id: z.string(), name: z.string(), cells: z.array(jsonObject) }),
  state: z.object(state),
  cell: z.object({ cell, ...state }),
  message: z.object({ message, ...state }),
  deleted: z.object({ id: z.string(), deleted: z.boolean() }),
  // Templates and applications.
  templates: z.object({
    templates: z.array(templateSummary),
    total,
    categories: z.array(z.object({ name: z.string(), count: z.number() })),
  }),
  template: z.object({ template }),
  preview: z.object({
    preview: z.object({
      auto_mapping: z.object({ confidence: z.number(), mapped_fields: record(z.string()) }),
      sample_query_preview: z.string(),
      compatible: z.boolean(),
      warnings: z.array(z.string()),
    }),
    mapping: jsonObject,
    sample_sql: z.string(),
  }),
  customized: z.object({ app: app.and(z.looseObject({ template_id: z.string(), schema_validation: jsonObject })), result: jsonObject }),
  appMade: z.object({ app, explanation: z.string(), assumptions: z.array(jsonObject), engine: z.string() }),
  apps: z.object({ apps: z.array(app), total }),
  app: z.object({ app }),
  appChanged: z.object({
    app,
    changes: z.looseObject({ added: z.array(z.string()), modified: z.array(z.string()), removed: z.array(z.string()) }),
  }),
  suite: z.object({
    passed: z.boolean(),
    total_queries: z.number(),
    passed_queries: z.number(),
    results: z.array(
      z.looseObject({
        query_id: z.string(),
        name: z.string(),
        passed: z.boolean(),
        output_records: z.number(),
        assertions: z.array(assertionResult),
      }),
    ),
    data_generation: z.object({
      topics_populated: z.array(z.string()),
      records_generated: z.number(),
      foreign_key_matches: z.array(z.string()),
    }),
    report: z.looseObject({ queries: z.array(testReport) }),
  }),
  generatedData: z.object({
    records: z.union([z.array(jsonObject), record(z.array(jsonObject))]),
    records_by_source: record(z.array(jsonObject)),
    schema_used: z.array(jsonObject),
    metadata: z.object({ record_count: z.number(), generation_time_ms: z.number() }),
  }),
  dashboard: z.object({ dashboard, grafana_json: jsonObject, import_url: z.string(), ...state }),
  // Deployments.
  deployPlan: z.object({ plan }),
  deployment: z.object({ deployment }),
  pipeline: z.looseObject({
    deployment,
    pipeline_id: z.string(),
    jobs: z.array(job),
    metrics: z.array(metricInfo),
    alerts: z.array(alertInfo),
  }),
  deployments: z.object({ deployments: z.array(deployment), total }),
  targets: z.object({ targets: z.array(z.object({ name: z.string(), capabilities: z.record(z.string(), z.boolean()) })) }),
  deploymentMetrics: z.object({ metrics: record(jsonObject) }),
  deploymentAlerts: z.object({ alerts: z.array(activeAlert) }),
  deploymentLogs: z.object({ logs: z.array(logLine) }),
  shadow: z.object({ shadow }),
  jobs: z.object({ jobs: z.array(job.and(z.looseObject({ deployment_id: z.string(), pipeline: z.string() }))), total }),
  job: z.object({ job }),
  // The assistant.
  nlToSql: z.looseObject({ result: z.looseObject({ kind: z.enum(['sql', 'clarify', 'refused']) }), sql: z.string().optional() }),
  suggestions: z.object({ suggestions: z.array(suggestion), context_summary: z.looseObject({ coverage_score: z.number() }) }),
  analysis: z.looseObject({}),
  tool: z.object({ output: z.unknown(), artifact: jsonObject.optional() }),
  openapi: z.looseObject({ openapi: z.literal('3.1.0'), paths: jsonObject }),
} as const;
