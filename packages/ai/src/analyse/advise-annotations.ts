import type { ValidationReport } from '@velostream/core/protocol/studio';
import { extractAnnotations } from '@velostream/core/sql';
import { joinParts, partsOf, type SqlItem, type SqlParts } from '../offline/sql-parts.ts';
import { translate } from '../offline/translate.ts';
import type { ToolContext } from '../tools/tool.ts';
import { quantile, roundTo, sorted } from './statistics.ts';

export interface MetricAdvice {
  readonly name: string;
  readonly type: 'counter' | 'gauge' | 'histogram';
  readonly field?: string;
  readonly labels: readonly string[];
  readonly why: string;
}

export interface AlertAdvice {
  readonly condition: string;
  readonly why: string;
}

export interface AnnotationAdvice {
  readonly sql: string;
  readonly metrics: readonly string[];
  readonly alerts: readonly string[];
  readonly rationale: readonly string[];
}

const LABELS_MAX = 2;
const clean = (text: string): string =>
  text
    .toLowerCase()
    .replace(/[^a-z0-9_]+/g, '_')
    .replace(/^_+|_+$/g, '');
const nameOf = (item: SqlItem): string => item.alias ?? item.sql.split('.').at(-1) ?? item.sql;

/** Metrics that the columns of a query call for: counts count, sums of amounts count up, averages and ratios are gauges, latencies spread. */
export function metricsFor(parts: SqlParts): MetricAdvice[] {
  const keys = parts.items.filter(
    (i) =>
      !i.isAggregate && !i.isStar && parts.groupBy.some((g) => g === i.sql || g.split('.').at(-1) === nameOf(i)) && !/window/i.test(i.sql),
  );
  const labels = keys
    .map(nameOf)
    .filter((n) => /^\w+$/.test(n))
    .slice(0, LABELS_MAX);
  const found: MetricAdvice[] = [];
  for (const item of parts.items) {
    if (!item.isAggregate) continue;
    const field = nameOf(item);
    if (!/^\w+$/.test(field)) continue;
    const suffix = labels.length > 0 ? `_per_${labels.join('_')}` : '';
    const name = clean(`${field}${field.includes(labels[0] ?? '\u0000') ? '' : suffix}`);
    const isPlain = /^\w+\([^()]*\)$/.test(item.sql.trim());
    if (/^COUNT\(/i.test(item.sql) && isPlain)
      found.push({
        name,
        type: parts.emit === 'FINAL' || parts.window !== undefined ? 'gauge' : 'counter',
        field,
        labels,
        why: `${field} counts rows`,
      });
    else if (/^SUM\(/i.test(item.sql) && isPlain && parts.emit === 'FINAL')
      found.push({ name, type: 'counter', field, labels, why: `${field} adds up amounts once per window` });
    else if (/latency|duration|elapsed|response|_ms\b|_seconds\b/i.test(field) && !/^(AVG|MIN|MAX|COUNT)/i.test(item.sql))
      found.push({ name, type: 'histogram', field, labels, why: `${field} is a time that spreads` });
    else found.push({ name, type: 'gauge', field, labels, why: `${field} goes up and down` });
  }
  if (found.length === 0)
    found.push({
      name: clean(`${parts.base.split('/').at(-1) ?? 'rows'}_output_count`),
      type: 'counter',
      labels: [],
      why: 'counts the rows that come out',
    });
  return found;
}

/** Alerts with thresholds from values: the 99th percentile, rounded so that people would write it. */
export function alertsFor(parts: SqlParts, values: Readonly<Record<string, readonly number[]>>): AlertAdvice[] {
  const found: AlertAdvice[] = [];
  for (const item of parts.items) {
    if (!item.isAggregate) continue;
    const field = nameOf(item);
    const numbers = sorted((values[field] ?? []).filter((n) => Number.isFinite(n)));
    if (!/^\w+$/.test(field) || numbers.length < 5) continue;
    const threshold = roundTo(quantile(numbers, 0.99) * 1.05);
    const above = numbers.filter((n) => n > threshold).length;
    found.push({
      condition: `${field} > ${threshold}`,
      why: `the 99th percentile of ${field} is ${roundTo(quantile(numbers, 0.99), 3)}; ${above} of ${numbers.length} results would fire`,
    });
  }
  const interesting = found.filter((a) => !/count/i.test(a.condition));
  return (interesting.length > 0 ? interesting : found).slice(0, 1);
}

export function annotate(parts: SqlParts, metrics: readonly MetricAdvice[], alerts: readonly AlertAdvice[]): string {
  const lines = [
    ...metrics.flatMap((m) => [
      `@metric: ${m.name}`,
      `@metric_type: ${m.type}`,
      ...(m.labels.length > 0 ? [`@metric_labels: ${m.labels.join(', ')}`] : []),
      ...(m.field === undefined ? [] : [`@metric_field: ${m.field}`]),
    ]),
    ...alerts.flatMap((a) => [`@alert: ${a.condition}`, '@alert_severity: warning']),
  ];
  return joinParts({ ...parts, comments: [...parts.comments, ...lines] });
}

const LATENCY = 'processing_latency_ms';

/**
 * A windowed query that also tells how long after the end of its window each result came out. Events of the past that are read again have an age,
 * not a delay: what is older than a day has no value, so that a replay does not stand on a dashboard as a lag of months.
 */
function withLatency(parts: SqlParts): SqlParts {
  if (parts.window === undefined || parts.items.some((i) => i.isStar || nameOf(i) === LATENCY)) return parts;
  const sql = "CASE WHEN window_end > NOW() - INTERVAL '1' DAY THEN DATEDIFF('milliseconds', window_end, NOW()) END";
  const item: SqlItem = { sql, alias: LATENCY, isAggregate: false, isStar: false };
  return { ...parts, items: [...parts.items, item] };
}

/** How much comes out of a windowed query, and how late. */
function flowMetrics(parts: SqlParts): MetricAdvice[] {
  if (parts.window === undefined) return [];
  const counter: MetricAdvice = { name: 'window_output_count', type: 'counter', labels: [], why: 'counts the results of windows' };
  const hasLatency = parts.items.some((i) => nameOf(i) === LATENCY);
  return hasLatency
    ? [
        counter,
        {
          name: LATENCY,
          type: 'histogram',
          field: LATENCY,
          labels: [],
          why: 'tells how long results take after their window, where events are of the last day',
        },
      ]
    : [counter];
}

/** An alert in somebody's own terms: a condition as it stands, or words that are read as an edit of the query. */
function ownAlert(alert: string, sql: string, context: ToolContext): AlertAdvice[] {
  const why = 'the condition was given';
  const plain = /^\s*[A-Za-z_]\w*\s*(?:>=|<=|>|<|=)\s*-?[\d.]+\s*$/.exec(alert)?.[0]?.trim();
  if (plain !== undefined) return [{ condition: plain, why }];
  const made = translate({ prompt: `alert when ${alert}`, schemas: context.session.context.schemas, previousSql: sql });
  return made.kind === 'sql' ? extractAnnotations(made.sql).alerts.map((a) => ({ condition: a.condition.text, why })) : [];
}

/** Annotates a query; thresholds come from a run on generated rows where the query has none of its own. */
export async function adviseAnnotations(sql: string, context: ToolContext, tier: number, alert?: string): Promise<AnnotationAdvice> {
  const parts = partsOf(sql);
  if (!parts) return { sql, metrics: [], alerts: [], rationale: ['only a single query can be annotated'] };
  const present = extractAnnotations(sql);
  const hasMetrics = new Set(present.metrics.map((m) => m.name));
  const fields = new Set(present.metrics.map((m) => m.field));
  const whole = tier >= 3 ? withLatency(parts) : parts;
  const metrics = [...metricsFor(parts), ...(tier >= 3 ? flowMetrics(whole) : [])].filter(
    (m) => !hasMetrics.has(m.name) && !(m.field !== undefined && fields.has(m.field)),
  );
  let alerts: readonly AlertAdvice[] = alert === undefined ? [] : ownAlert(alert, sql, context);
  if (alerts.length === 0 && tier >= 2 && present.alerts.length === 0) {
    const report = await context.session.test(sql, { records: 500, analyse: false }).catch(() => undefined);
    const values: Record<string, number[]> = {};
    for (const row of report?.output.rows ?? [])
      for (const [key, value] of Object.entries(row))
        if (value !== null && Number.isFinite(Number(value))) values[key] = [...(values[key] ?? []), Number(value)].slice(-2_000);
    alerts = alertsFor(parts, values);
  }
  const { format } = await import('@velostream/core/sql');
  const annotated = metrics.length + alerts.length === 0 ? sql : format(annotate(whole, metrics, alerts)).trim();
  const checked: ValidationReport = await context.session.validate(annotated);
  if (!checked.valid) return { sql, metrics: [], alerts: [], rationale: ['the annotated query did not validate'] };
  return {
    sql: annotated,
    metrics: metrics.map((m) => m.name),
    alerts: alerts.map((a) => a.condition),
    rationale: [...metrics.map((m) => m.why), ...alerts.map((a) => a.why)],
  };
}
