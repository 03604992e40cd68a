import { appOfScript } from '../../apps/app-of-script.ts';
import { type AppStatement, type BoundAppQuery, bindApp } from '../../apps/bind-app.ts';
import { groupColumnsOf, windowOf } from '../../apps/query-traits.ts';
import { safeName, slugOf } from '../../observability/prometheus-name.ts';
import type { Query } from '../../sql/ast/index.ts';
import { parse } from '../../sql/syntax/index.ts';
import { headerOf } from './server-sql.ts';

export interface AnnotateOptions {
  /** Name of the application; that of the header of the script, or this, by default. */
  readonly name: string;
  /** `1.0.0` by default. */
  readonly version?: string;
}

export interface AnnotatedScript {
  readonly sql: string;
  /** Metrics that were added, by statement. */
  readonly added: readonly { readonly statement: string; readonly metrics: readonly string[] }[];
}

interface Proposed {
  readonly name: string;
  readonly type: 'counter' | 'gauge' | 'histogram';
  readonly labels: readonly string[];
  readonly field?: string;
}

const LABELS_MAX = 3;
const IS_TIME = /latency|duration|elapsed|time_lag|_ms$|_seconds$/i;

/**
 * A clean script with everything that production asks for in front of it and of its statements: application, deployment, observability, jobs,
 * service levels, and a metric per aggregate where a statement declares none. What stands in the script already stays as it is.
 */
export function annotateScript(sql: string, options: AnnotateOptions): AnnotatedScript {
  const app = appOfScript(sql, options.name);
  const bound = bindApp(app.queries);
  const { application, statements } = parse(sql);
  const added: { statement: string; metrics: readonly string[] }[] = [];
  const inserts: { at: number; text: string }[] = [];
  for (const query of bound.queries) {
    const main = query.main;
    const place = main === undefined ? -1 : sql.indexOf(textOf(query, main));
    if (main === undefined || place < 0) continue;
    const isMeasured = query.parsed.annotations.metrics.some((m) => m.statement === main.index);
    const metrics = isMeasured ? [] : proposedMetrics(query, main);
    const own = query.parsed.statements[main.index]?.comments.map((c) => c.text) ?? [];
    const isHeavy = windowOfStatement(main) || isGrouped(main);
    const job = own.some((line) => line.includes('@job_mode')) ? [] : [`-- @job_mode: ${isHeavy ? 'adaptive' : 'simple'}`];
    const lines = [...job, ...metrics.flatMap(metricLines)];
    if (lines.length > 0) inserts.push({ at: place, text: `${lines.join('\n')}\n` });
    if (metrics.length > 0) added.push({ statement: query.name, metrics: metrics.map((m) => m.name) });
  }
  const body = inserts.sort((a, b) => b.at - a.at).reduce((text, { at, text: own }) => text.slice(0, at) + own + text.slice(at), sql);
  const measured = added.length > 0 || bound.queries.some((q) => q.parsed.annotations.metrics.length > 0);
  const header =
    application === undefined || statements.length === 0 ? [headerOf(app, bound, { measured, version: options.version ?? '1.0.0' })] : [];
  const levels = /@sla\./.test(sql) ? [] : ['-- @sla.latency.p99: 1000ms', '-- @sla.availability: 99.9%'];
  // A blank line: the comments of the file must not be taken for those of its first statement.
  return { sql: `${[[...header, ...levels].join('\n'), body.trim()].filter((part) => part !== '').join('\n\n')}\n`, added };
}

/** The statement as it is written, without the comments in front of it. */
function textOf(query: BoundAppQuery, { index }: AppStatement): string {
  const span = query.parsed.statements[index]?.span;
  return span === undefined ? '' : query.sql.slice(span.start, span.end).replace(/;\s*$/, '');
}

const windowOfStatement = ({ bound }: AppStatement): boolean => bound !== null && windowOf(bound.query) !== null;
const isGrouped = ({ bound }: AppStatement): boolean => bound?.query.kind === 'select' && bound.query.group !== null;

function proposedMetrics(query: BoundAppQuery, statement: AppStatement): Proposed[] {
  const { bound } = statement;
  if (bound === null) return [];
  const prefix = safeName(slugOf(query.name)).toLowerCase();
  const labels = groupColumnsOf(bound.query)
    .filter((name) => /^\w+$/.test(name) && !/^window_(start|end)$/i.test(name))
    .slice(0, LABELS_MAX);
  const found: Proposed[] = [];
  const isFinal = bound.query.kind === 'select' && windowOf(bound.query) !== null && bound.query.emit !== 'changes';
  for (const { name, call } of aggregatesOf(statement)) {
    // An update of a running total is a value, not an amount to add; only a closed window adds up.
    const type =
      IS_TIME.test(name) && !/^(AVG|COUNT)$/.test(call) ? 'histogram' : isFinal && /^(SUM|COUNT)$/.test(call) ? 'counter' : 'gauge';
    found.push({ name: `${prefix}_${name}`, type, labels, field: name });
  }
  if (windowOf(bound.query) !== null) found.push({ name: `${prefix}_window_output_count`, type: 'counter', labels: [] });
  if (found.length === 0) found.push({ name: `${prefix}_records`, type: 'counter', labels: [] });
  return found;
}

const AGGREGATES = new Set(['COUNT', 'SUM', 'AVG', 'MIN', 'MAX', 'STDDEV', 'VARIANCE', 'MEDIAN', 'PERCENTILE_CONT', 'COUNT_DISTINCT']);

/** Output columns that are an aggregate, with its name. */
function aggregatesOf({ statement, bound }: AppStatement): { readonly name: string; readonly call: string }[] {
  const query: Query | undefined = statement.kind === 'create' || statement.kind === 'query' ? statement.query : undefined;
  if (query?.kind !== 'select') return [];
  return query.items.flatMap((item, i) => {
    if (item.kind !== 'expression' || item.expression.kind !== 'call' || item.expression.over !== undefined) return [];
    const call = item.expression.name.text.toUpperCase();
    const name = item.alias?.text ?? bound?.query.fields[i]?.name ?? '';
    return AGGREGATES.has(call) && /^\w+$/.test(name) ? [{ name, call }] : [];
  });
}

const metricLines = ({ name, type, labels, field }: Proposed): string[] => [
  `-- @metric: ${name}`,
  `-- @metric_type: ${type}`,
  ...(labels.length === 0 ? [] : [`-- @metric_labels: ${labels.join(', ')}`]),
  ...(field === undefined ? [] : [`-- @metric_field: ${field}`]),
];
