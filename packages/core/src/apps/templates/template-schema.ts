import { z } from 'zod';

const name = z.string().min(1).max(200);
const text = z.string().max(20_000);
const value = z.union([z.string(), z.number()]);

const field = z.object({
  name,
  type: z.string().max(60),
  required: z.boolean().default(true),
  description: text.optional(),
  cardinality: z.enum(['low', 'high']).optional(),
});

const input = z.object({ topic: name, event_time: name.optional(), fields: z.array(field).min(1).max(200), description: text.optional() });

const parameter = z.object({ default: value, description: text.optional(), auto_calibrate: z.boolean().optional() });

const query = z.object({
  name,
  description: text.optional(),
  sql: text,
  output_topic: name,
  parameters: z.record(z.string(), z.union([parameter, value])).default({}),
  requires_fields: z.array(name).default([]),
});

const number = z.number().int().min(0).max(10_000);
const position = z.union([z.object({ x: number, y: number, w: number, h: number }), z.object({ row: number, col: number })]);

const panel = z.object({
  title: text,
  query: name.optional(),
  type: name,
  source: name.optional(),
  unit: z.string().max(40).optional(),
  position: position.optional(),
});

/** The YAML of a template, as people write it. */
export const templateSchema = z
  .object({
    id: z.string().regex(/^[a-z][a-z0-9-]*$/, 'an id is lower-case words joined by hyphens'),
    name,
    description: text,
    category: name,
    version: z.coerce.string().default('1.0.0'),
    tags: z.array(name).default([]),
    aliases: z.array(name).default([]),
    questions: z.array(text).default([]),
    input: input.optional(),
    inputs: z.array(input).max(20).optional(),
    queries: z.array(query).min(1).max(100),
    query_count: z.number().int().optional(),
    dashboard: z.object({ title: text, panels: z.array(panel).max(100) }).optional(),
    test: z.record(z.string(), z.unknown()).optional(),
  })
  .refine((t) => t.input !== undefined || (t.inputs?.length ?? 0) > 0, { message: 'a template has an `input` or `inputs`' });

export type TemplateFile = z.infer<typeof templateSchema>;
