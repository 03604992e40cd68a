import { z } from 'zod';
import { id, jsonObject, name, queryFlag, queryNumber, sessionRef, sqlText, tableSchema } from './wire-fields.ts';

export const sessionQuery = z.object(sessionRef);

export const connectRequest = z.object({
  uri: z.string().min(1).max(2_000),
  type: z.string().max(40).optional(),
  format: z.string().max(40).optional(),
  options: jsonObject.optional(),
  as: z.string().max(100).optional(),
  ...sessionRef,
});
export const connectResponse = z.looseObject({
  connected: z.boolean(),
  source_id: z.string(),
  uri: z.string(),
  type: z.string(),
  details: jsonObject,
});
export const declareRequest = z.object({ name, schema: tableSchema, ...sessionRef });

export const listQuery = z.object({
  ...sessionRef,
  filter: z.string().max(200).optional(),
  limit: queryNumber,
  connection_id: id.optional(),
});
export const inspectQuery = z.object({ ...sessionRef, max_records: queryNumber, timeout_ms: queryNumber });
export const peekQuery = z.object({
  ...sessionRef,
  limit: queryNumber,
  from_end: queryFlag,
  start_offset: z.string().max(40).optional(),
  from_timestamp_ms: queryNumber,
  partition: queryNumber,
  filter: z.string().max(2_000).optional(),
  continue_from: z.string().max(4_000).optional(),
  timeout_ms: queryNumber,
});

export const assertion = z.looseObject({ type: z.string() });
const testFields = {
  schema: jsonObject.optional(),
  schemas: jsonObject.optional(),
  records: z.number().int().positive().max(5_000_000).optional(),
  seed: z.number().int().optional(),
  assertions: z.array(assertion).max(500).optional(),
  inputs: jsonObject.optional(),
  timeout_ms: z.number().int().positive().max(3_600_000).optional(),
};
export const testRequest = z.object({ sql: sqlText, ...testFields, ...sessionRef });
export const testResponse = z.looseObject({
  passed: z.boolean(),
  assertions: z.array(z.looseObject({ type: z.string(), passed: z.boolean() })),
  output: z.looseObject({ columns: z.array(jsonObject), rows: z.array(jsonObject), row_count: z.number() }),
  performance: z.looseObject({ execution_time_ms: z.number(), records_per_second: z.number() }),
});
export const suiteTestRequest = z.object({
  ...testFields,
  records_per_source: z.number().int().positive().max(5_000_000).optional(),
  ...sessionRef,
});

export const generateDataRequest = z.object({
  schema: z.union([jsonObject, z.array(jsonObject)]),
  records: z.number().int().nonnegative().max(1_000_000).optional(),
  seed: z.number().int().optional(),
  foreign_keys: z.array(z.object({ table: z.string(), field: z.string(), values: z.array(z.union([z.string(), z.number()])) })).optional(),
});

export const notebookCreate = z.object({ name: name.optional(), id: id.optional(), cells: z.array(jsonObject).max(500).optional() });
export const notebookRename = z.object({ name });
export const cellRequest = z.looseObject({
  type: z.enum(['sql', 'markdown', 'insight']).optional(),
  name: z.string().max(200).optional(),
  nl_prompt: z.string().max(4_000).optional(),
  sql: z.string().max(1_048_576).optional(),
  text: z.string().max(1_048_576).optional(),
});
/** `revision` of the cell that a change was made from. */
export const cellQuery = z.object({ if_revision: queryNumber });
export const moveRequest = z.object({ index: z.number().int().nonnegative() });
export const messageRequest = z.object({
  role: z.enum(['user', 'assistant', 'system']),
  text: z.string().max(200_000),
  artifacts: z.array(z.string()).max(100).default([]),
  engine: z.string().max(40).optional(),
});
export const documentRequest = z.looseObject({ version: z.literal(1), name: z.string(), cells: z.array(z.unknown()) });

export const templatesQuery = z.object({ category: z.string().max(100).optional(), search: z.string().max(200).optional() });
export const previewRequest = z.object({
  topic: z.string().max(400),
  source: z.string().max(400).optional(),
  auto_map: z.boolean().optional(),
  ...sessionRef,
});
export const customizeRequest = z.looseObject({
  mappings: jsonObject.optional(),
  schema_mapping: jsonObject.optional(),
  params: z.record(z.string(), z.union([z.string(), z.number()])).optional(),
  auto_discover: z.boolean().optional(),
  add_offers: z.array(z.string()).max(50).optional(),
  name: z.string().max(200).optional(),
  ...sessionRef,
});

const appQuery = z.looseObject({
  id: z.string().optional(),
  name: z.string().max(200),
  title: z.string().max(200).optional(),
  description: z.string().optional(),
  sql: sqlText,
  sink: z.string().optional(),
});
export const appInput = z.looseObject({ id: id.optional(), name, description: z.string().optional(), queries: z.array(appQuery).max(200) });
export const appUpdate = z.looseObject({
  action: z.enum(['add_query', 'modify_query', 'remove_query', 'replace']).optional(),
  prompt: z.string().max(4_000).optional(),
  query_id: z.string().optional(),
  query: z.looseObject({ name: z.string().optional(), sql: z.string().optional() }).optional(),
  app: appInput.optional(),
  ...sessionRef,
});
export const generateAppRequest = z.object({
  prompt: z.string().min(1).max(4_000),
  connection: jsonObject.optional(),
  context: jsonObject.optional(),
  options: z
    .looseObject({
      include_dashboard: z.boolean().optional(),
      include_alerts: z.boolean().optional(),
      max_queries: z.number().int().positive().max(50).optional(),
      skip_sql_preview: z.boolean().optional(),
    })
    .optional(),
  ...sessionRef,
});

const deployFields = {
  target: z.string().max(60).optional(),
  deploy_dashboard: z.boolean().optional(),
  deploy_alerts: z.boolean().optional(),
  grafana_url: z.string().max(500).optional(),
  prometheus_url: z.string().max(500).optional(),
  parallelism: z.number().int().positive().max(64).optional(),
  checkpoint_interval_ms: z.number().int().positive().optional(),
  atomic: z.boolean().optional(),
  plan_hash: z.string().max(200).optional(),
  approve: z.literal('auto').optional(),
};
export const deployRequest = z.looseObject({
  name: name.optional(),
  app_id: id.optional(),
  app: appInput.optional(),
  config: z.looseObject(deployFields).optional(),
  ...deployFields,
  ...sessionRef,
});
/** One query as a deployment of its own. */
export const jobRequest = z.object({ name, sql: sqlText, sink: z.string().max(2_000).optional(), ...deployFields, ...sessionRef });
export const dashboardRequest = z.object({
  dashboard_name: z.string().max(200).optional(),
  sql: z.array(sqlText).max(100).optional(),
  ...sessionRef,
});
/** `share`: percent of the keys that are compared. */
export const shadowRequest = z.object({ app: appInput, share: z.number().gt(0).max(100).optional() });
export const promoteRequest = z.object({ plan_hash: z.string().min(1).max(200) });
export const jobQuery = z.object({ job: z.string().max(400).optional(), limit: queryNumber });

export const analyzeRequest = z.looseObject({
  trigger: z.string().max(60).optional(),
  subject: jsonObject.optional(),
  thread_context: jsonObject.optional(),
  ...sessionRef,
});
export const dismissRequest = z.looseObject({
  suggestions: z
    .array(z.looseObject({ id: z.string().max(400), rule_id: z.string().max(200), fingerprint: z.string().max(2_000) }))
    .max(100),
  forever: z.boolean().optional(),
  ...sessionRef,
});
export const toolRequest = z.looseObject({ input: jsonObject.optional(), approval_id: z.string().optional(), ...sessionRef });
