import { lateText } from '../../engine/explain-silence.ts';
import type { Row } from '../../protocol/query.ts';
import { collectEvidence } from '../infer/evidence.ts';
import type { FailureContext } from './context.ts';
import type { Fix } from './fix.ts';

/** Rows too late, times in the wrong unit, data that leaves branches out. */
export function fixTimes(ctx: FailureContext): Fix[] {
  return [...fixLateness(ctx), ...fixUnits(ctx), ...fixCoverage(ctx), ...fixOrder(ctx)];
}

function fixLateness(ctx: FailureContext): Fix[] {
  const late = ctx.run?.query.metrics.rowsLate ?? 0;
  if (late === 0) return [];
  return ["'1h'", "'1d'"].flatMap((length, i) =>
    ['watermark.max_out_of_orderness', 'late.data.allowed_lateness'].map(
      (key, k): Fix => ({
        title: `allow rows to be late (${key} = ${length})`,
        kind: 'sql',
        rule: 'late-rows',
        because: lateText(late),
        rank: 83 - i - k * 2,
        sql: withProperty(ctx.sql, key, length),
      }),
    ),
  );
}

/** Adds a property to the WITH at the end of a script, or a WITH. */
function withProperty(sql: string, key: string, value: string): string {
  const text = sql.trimEnd().replace(/;$/, '');
  const last = /WITH\s*\(([^()]*)\)\s*$/i.exec(text);
  return last ? `${text.slice(0, last.index)}WITH (${last[1]}, '${key}' = ${value})` : `${text} WITH ('${key}' = ${value})`;
}

function fixUnits(ctx: FailureContext): Fix[] {
  return Object.entries(ctx.inputs).flatMap(([source, rows]) => {
    const schema = (rows as { readonly schema?: { readonly eventTime?: string } }).schema;
    const column =
      schema?.eventTime ??
      [...(collectEvidence(ctx.statements).sources.get(source)?.columns.values() ?? [])].find((c) => c.uses.has('time'))?.name;
    if (column === undefined || rows.length === 0) return [];
    const isSeconds = rows.every((row) => typeof row[column] === 'number' && row[column] > 1e9 && row[column] < 1e11);
    if (!isSeconds) return [];
    const made = rows.map((row): Row => ({ ...row, [column]: (row[column] as number) * 1000 }));
    if (schema) Object.defineProperty(made, 'schema', { value: schema, enumerable: false });
    return [
      {
        title: `give ${source}.${column} in milliseconds`,
        kind: 'data' as const,
        rule: 'time-in-seconds',
        because: `${column} holds seconds`,
        rank: 94,
        inputs: { ...ctx.inputs, [source]: made },
      },
    ];
  });
}

function fixCoverage(ctx: FailureContext): Fix[] {
  const asks = ctx.failed.some(({ assertion }) => assertion.type === 'plan_coverage') || ctx.rows.length === 0;
  if (!asks || !ctx.run) return [];
  // Data made anew must not be held by the rows at hand.
  return [
    {
      title: 'make the data from the SQL, so that every branch is reached',
      kind: 'data',
      rule: 'data-too-narrow',
      because: 'the rows do not reach the condition that they should pass',
      rank: 50,
      derive: true,
      inputs: {},
    },
  ];
}

/** Input in time order: what a sorted source would send. */
function fixOrder(ctx: FailureContext): Fix[] {
  const late = ctx.run?.query.metrics.rowsLate ?? 0;
  if (late === 0) return [];
  const inputs = Object.fromEntries(
    Object.entries(ctx.inputs).map(([source, rows]) => {
      const schema = (rows as { readonly schema?: { readonly eventTime?: string } }).schema;
      const column = schema?.eventTime;
      if (column === undefined) return [source, rows];
      const made = [...rows].sort((a, b) => Number(a[column]) - Number(b[column]));
      Object.defineProperty(made, 'schema', { value: schema, enumerable: false });
      return [source, made];
    }),
  );
  return [
    {
      title: 'send the rows in the order of their times',
      kind: 'data',
      rule: 'disorder',
      because: 'rows come in another order than they happened',
      rank: 35,
      inputs,
    },
  ];
}
