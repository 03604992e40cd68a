import { z } from 'zod';

/** Schemas of what crosses the wire, in its snake_case. Handlers check requests with them, OpenAPI is made of them. */
export const name = z.string().min(1).max(200);
export const id = z.string().min(1).max(400);
export const sqlText = z.string().min(1).max(1_048_576);
export const jsonObject = z.record(z.string(), z.unknown());
export const sessionRef = { session_id: id.optional(), notebook_id: id.optional() };

export const column = z.looseObject({
  name: z.string(),
  type: z.string(),
  nullable: z.boolean().optional(),
  format: z.enum(['epoch-ms']).optional(),
  window_bound: z.literal(true).optional(),
  tags: z.array(z.string()).optional(),
});

export const tableSchema = z.looseObject({
  kind: z.enum(['stream', 'table']).optional(),
  columns: z.array(column).max(2_000),
  event_time: z.string().optional(),
  key: z.array(z.string()).optional(),
});
export const schemas = z.record(z.string(), tableSchema);

export const diagnostic = z.looseObject({
  code: z.string(),
  severity: z.enum(['error', 'warning', 'info']),
  message: z.string(),
  start: z.number(),
  end: z.number(),
  line: z.number(),
  column: z.number(),
  statement: z.number(),
  hint: z.string().optional(),
  reason: z.string(),
});

export const sqlContext = z.looseObject({
  tables: schemas.optional(),
  schemas: schemas.optional(),
  mode: z.enum(['lenient', 'strict']).optional(),
  purpose: z.enum(['query', 'deploy']).optional(),
});

export const coverage = z.looseObject({
  scanned: z.number(),
  available: z.number().optional(),
  partitions: z.array(z.union([z.string(), z.number()])),
  stopped_by: z.string(),
  continue_from: z.string().optional(),
});

export const errorBody = z.object({ error: z.object({ code: z.string(), message: z.string(), details: jsonObject.optional() }) });

/** Numbers and booleans as they come in a query string. */
export const queryNumber = z.coerce.number().int().nonnegative().optional();
export const queryFlag = z
  .enum(['true', 'false', '1', '0'])
  .transform((v) => v === 'true' || v === '1')
  .optional();
