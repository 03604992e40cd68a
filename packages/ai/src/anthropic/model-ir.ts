import type { TableSchema } from '@velostream/core/protocol';
import * as z from 'zod/mini';
import { printIr } from '../ir/print-ir.ts';
import type { AggregateName, IrCondition, IrMeasure, IrOperator, QueryIR } from '../ir/query-ir.ts';
import { quoteName } from '../ir/quote.ts';

const AGGREGATES = [
  'COUNT',
  'SUM',
  'AVG',
  'MIN',
  'MAX',
  'MEDIAN',
  'PERCENTILE',
  'STDDEV',
  'VARIANCE',
  'FIRST_VALUE',
  'LAST_VALUE',
] as const;
const OPERATORS = [
  '=',
  '!=',
  '<',
  '<=',
  '>',
  '>=',
  'IN',
  'NOT IN',
  'BETWEEN',
  'NOT BETWEEN',
  'LIKE',
  'NOT LIKE',
  'IS NULL',
  'IS NOT NULL',
] as const;

/** What the model answers in: a typed query over names that exist, raw SQL as the way out, a question back, or a refusal. */
export function answerSchema(schemas: Readonly<Record<string, TableSchema>>) {
  const tables = Object.keys(schemas);
  const columns = [...new Set(Object.values(schemas).flatMap((s) => s.columns.map((c) => c.name)))];
  const table = tables.length > 0 ? z.enum(tables as [string, ...string[]]) : z.string();
  const column = columns.length > 0 ? z.enum(columns.slice(0, 400) as [string, ...string[]]) : z.string();
  const scalar = z.union([z.string(), z.number(), z.boolean()]);
  const condition = z.object({ column, operator: z.enum(OPERATORS), values: z.array(scalar) });
  const measure = z.object({
    alias: z.string(),
    fn: z.enum(AGGREGATES),
    column: z.nullable(column),
    distinct: z.boolean(),
    percentile: z.nullable(z.number()),
  });
  const query = z.object({
    from: table,
    dimensions: z.array(column),
    columns: z.array(column),
    measures: z.array(measure),
    where: z.array(condition),
    window: z.nullable(
      z.object({ kind: z.enum(['tumbling', 'sliding', 'session']), sizeSeconds: z.number(), advanceSeconds: z.nullable(z.number()) }),
    ),
    having: z.array(z.object({ measure: z.string(), operator: z.enum(['=', '!=', '<', '<=', '>', '>=']), value: z.number() })),
    orderBy: z.nullable(z.object({ by: z.string(), direction: z.enum(['ASC', 'DESC']) })),
    limit: z.nullable(z.int()),
    emit: z.enum(['CHANGES', 'FINAL']),
    alert: z.nullable(z.string()),
  });
  return z.object({
    kind: z.enum(['query', 'sql', 'clarify', 'refuse']),
    query: z.nullable(query),
    sql: z.nullable(z.string()),
    question: z.nullable(z.string()),
    options: z.array(z.string()),
    message: z.nullable(z.string()),
    assumptions: z.array(z.string()),
  });
}

export type ModelAnswer = z.infer<ReturnType<typeof answerSchema>>;

/** SQL of a typed answer, by our printer. */
export function sqlOfAnswer(query: NonNullable<ModelAnswer['query']>): string {
  const measures = query.measures.map(
    (m): IrMeasure => ({
      alias: m.alias,
      kind: 'aggregate',
      fn: m.fn as AggregateName,
      ...(m.column === null ? {} : { of: quoteName(m.column) }),
      ...(m.distinct ? { distinct: true } : {}),
      ...(m.percentile === null ? {} : { fraction: m.percentile > 1 ? m.percentile / 100 : m.percentile }),
    }),
  );
  const text = (alias: string): string => {
    const m = query.measures.find((x) => x.alias === alias);
    if (!m) return quoteName(alias);
    if (m.fn === 'PERCENTILE') return `PERCENTILE_CONT(${m.percentile ?? 0.5}) WITHIN GROUP (ORDER BY ${quoteName(m.column ?? '')})`;
    return `${m.fn}(${m.distinct ? 'DISTINCT ' : ''}${m.column === null ? '*' : quoteName(m.column)})`;
  };
  const { window } = query;
  const size = (window?.sizeSeconds ?? 0) * 1000;
  const ir: QueryIR = {
    from: { table: query.from },
    joins: [],
    distinct: false,
    columns: query.columns.map((c) => ({ expression: quoteName(c) })),
    dimensions: query.dimensions.map((c) => ({ expression: quoteName(c) })),
    measures,
    where: query.where.map((c) => ({
      any: [{ left: quoteName(c.column), operator: c.operator as IrOperator, values: c.values } satisfies IrCondition],
    })),
    ...(window
      ? {
          window:
            window.kind === 'session'
              ? { kind: 'session', gapMs: size }
              : window.kind === 'sliding'
                ? { kind: 'sliding', sizeMs: size, advanceMs: (window.advanceSeconds ?? window.sizeSeconds) * 1000 }
                : { kind: 'tumbling', sizeMs: size },
        }
      : {}),
    having: query.having.map((h) => ({ any: [{ left: text(h.measure), operator: h.operator as IrOperator, values: [h.value] }] })),
    order: query.orderBy ? [{ by: quoteName(query.orderBy.by), direction: query.orderBy.direction }] : [],
    ...(query.limit === null ? {} : { limit: query.limit }),
    emit: query.emit,
    alerts: query.alert === null ? [] : [{ condition: query.alert }],
  };
  return printIr(ir);
}

/** JSON schema as structured output takes it. */
export const jsonSchemaOf = (schema: z.ZodMiniType): Record<string, unknown> => {
  const { $schema: _drop, ...rest } = z.toJSONSchema(schema, { target: 'draft-2020-12', io: 'input' }) as Record<string, unknown>;
  return closed(rest) as Record<string, unknown>;
};

/** Structured output wants every object closed and every key required. */
function closed(value: unknown): unknown {
  if (value === null || typeof value !== 'object') return value;
  if (Array.isArray(value)) return value.map(closed);
  const out = Object.fromEntries(
    Object.entries(value)
      .filter(([k]) => !['minimum', 'maximum', 'maxLength', 'minLength'].includes(k))
      .map(([k, v]) => [k, closed(v)]),
  );
  return out['type'] === 'object' && out['properties']
    ? { ...out, additionalProperties: false, required: Object.keys(out['properties'] as object) }
    : out;
}
