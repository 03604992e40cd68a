import { z } from 'zod';
import { column, diagnostic, id, jsonObject, queryNumber, schemas, sessionRef, sqlContext, sqlText } from './wire-fields.ts';

export const validateRequest = z.object({ sql: sqlText, context: sqlContext.optional(), ...sessionRef });
export const validateResponse = z.looseObject({
  valid: z.boolean(),
  ast: z
    .looseObject({
      type: z.string(),
      source: z.string().optional(),
      fields: z.array(z.string()),
      group_by: z.array(z.string()),
      emit_mode: z.string().optional(),
    })
    .optional(),
  annotations: z.array(jsonObject),
  warnings: z.array(diagnostic),
  error: z.object({ message: z.string(), line: z.number(), column: z.number(), context: z.string() }).optional(),
  suggestions: z.array(z.string()).optional(),
  report: jsonObject,
});

export const formatRequest = z.object({ sql: sqlText, target: z.enum(['studio', 'velostream', 'flink']).optional() });
export const explainRequest = z.object({
  sql: sqlText,
  stage: z.enum(['ast', 'bound', 'logical', 'optimised', 'physical']).optional(),
  context: sqlContext.optional(),
  ...sessionRef,
});
export const atOffsetRequest = z.object({
  sql: z.string().max(1_048_576),
  offset: z.number().int().nonnegative(),
  context: sqlContext.optional(),
  ...sessionRef,
});
export const topologyRequest = z.object({ sql: sqlText, context: sqlContext.optional() });

export const executeRequest = z.object({
  sql: sqlText,
  options: z
    .looseObject({
      timeout_ms: z.number().int().positive().max(3_600_000).optional(),
      max_rows: z.number().int().positive().max(1_000_000).optional(),
      format: z.enum(['json']).optional(),
    })
    .optional(),
  /** Rows are generated for names that nothing is connected under. */
  synthetic: z.boolean().optional(),
  /** Answer as soon as the query runs; rows come over the stream alone. */
  stream: z.boolean().optional(),
  ...sessionRef,
});
export const executeResponse = z.looseObject({
  success: z.boolean(),
  execution_id: z.string(),
  columns: z.array(column),
  rows: z.array(jsonObject),
  metadata: z.looseObject({ row_count: z.number(), execution_time_ms: z.number(), is_streaming: z.boolean() }),
});

export const streamQuery = z.object({
  after: queryNumber,
  /** `arrow`: Arrow IPC streams, `batches`: columns as the engine has them; binary messages over WebSocket, base64 in events. */
  mode: z.enum(['rows', 'changes', 'arrow', 'batches']).optional(),
  batch: queryNumber,
  ticket: z.string().max(200).optional(),
  session_id: id.optional(),
});
export const explainRowRequest = z.object({ row: jsonObject });

export const completionsRequest = z.object({
  prefix: z.string().max(200_000),
  suffix: z.string().max(200_000).default(''),
  cursor_position: z.number().optional(),
  context: z
    .looseObject({ schema: schemas.optional(), schemas: schemas.optional(), previous_cells: z.array(z.unknown()).optional() })
    .optional(),
  ...sessionRef,
});

export const nlToSqlRequest = z.object({
  prompt: z.string().min(1).max(4_000),
  context: z
    .looseObject({
      schemas: schemas.optional(),
      previous_sql: z.string().max(200_000).optional(),
      glossary: z.record(z.string(), z.string()).optional(),
    })
    .optional(),
  ...sessionRef,
});

export const chatRequest = z.object({
  session_id: id.optional(),
  thread_id: id.optional(),
  text: z.string().max(200_000).optional(),
  messages: z
    .array(z.looseObject({ role: z.string(), content: z.unknown().optional(), text: z.string().optional() }))
    .max(500)
    .optional(),
  approvals: z
    .array(z.object({ approval_id: z.string(), approved: z.boolean() }))
    .max(20)
    .optional(),
});
