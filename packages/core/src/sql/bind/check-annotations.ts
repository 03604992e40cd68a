import { configProblem } from '../../diagnostics/codes/config.ts';
import type { Problem } from '../../diagnostics/define-codes.ts';
import type { Span } from '../../diagnostics/span.ts';
import type { Field } from '../../values/column.ts';
import { typeText } from '../../values/type-text.ts';
import { isDynamic, isNumeric, isTime } from '../../values/unify-types.ts';
import type { AnnotationCondition, MetricAnnotation, SqlAnnotations } from '../syntax/annotations.ts';
import { bindPredicate } from './bind-predicate.ts';
import type { BindOptions } from './binder.ts';
import { nearestName } from './nearest-name.ts';

export interface AnnotationProblem extends Problem {
  readonly statement: number;
}

/** Output columns of a statement; undefined where they are not known. */
export type OutputOf = (statement: number) => readonly Field[] | undefined;

/** Metrics, alerts and charts against the output that they speak of (§11 (14)). */
export function checkAnnotations(annotations: SqlAnnotations, outputOf: OutputOf, options: BindOptions): AnnotationProblem[] {
  const problems: AnnotationProblem[] = [];
  const add = (statement: number, found: readonly Problem[]): void => {
    for (const p of found) problems.push({ ...p, statement });
  };
  for (const metric of annotations.metrics) {
    const fields = outputOf(metric.statement);
    if (fields !== undefined) add(metric.statement, checkMetric(metric, fields, options));
  }
  add(-1, checkMetricTypes(annotations.metrics));
  for (const alert of annotations.alerts) {
    const fields = outputOf(alert.statement);
    if (fields !== undefined) add(alert.statement, checkCondition(alert.condition, fields, options));
  }
  for (const viz of annotations.vizHints) {
    const fields = outputOf(viz.statement);
    if (fields === undefined) continue;
    for (const [what, name] of [['chart axis', viz.xAxis] as const, ['chart axis', viz.yAxis] as const]) {
      if (name !== undefined) add(viz.statement, missingColumn(what, name, fields, viz.span));
    }
  }
  return problems.map((p) => (p.statement === -1 ? { ...p, statement: metricStatement(annotations, p) } : p));
}

const metricStatement = (annotations: SqlAnnotations, p: Problem): number =>
  annotations.metrics.find((m) => m.span.start === p.span.start)?.statement ?? -1;

function checkMetric(metric: MetricAnnotation, fields: readonly Field[], options: BindOptions): Problem[] {
  const { span } = metric;
  const labels = metric.labels.flatMap((label) => missingColumn('metric label', label, fields, span));
  const condition = metric.condition === undefined ? [] : checkCondition(metric.condition, fields, options);
  return [...labels, ...checkField(metric, fields), ...condition];
}

function checkField(metric: MetricAnnotation, fields: readonly Field[]): Problem[] {
  const { field, span, name } = metric;
  if (field === undefined) {
    if (metric.type === 'counter' || metricField(metric, fields) !== undefined) return [];
    return [configProblem('VS2131', span, { metric: name, type: metric.type })];
  }
  const missing = missingColumn('metric field', field, fields, span);
  const type = fields.find((f) => f.name === field)?.type;
  if (missing.length > 0 || type === undefined || isNumeric(type) || isTime(type) || isDynamic(type)) return missing;
  return [configProblem('VS2133', span, { metric: name, field, type: typeText(type) })];
}

/** The output column that a metric measures: the one named, else the one inferred from the metric's name, else the only numeric one (observability §1.2). */
export function metricField(metric: Pick<MetricAnnotation, 'name' | 'labels' | 'field'>, fields: readonly Field[]): string | undefined {
  if (metric.field !== undefined) return metric.field;
  const measurable = fields.filter((f) => !metric.labels.includes(f.name) && (isNumeric(f.type) || isDynamic(f.type)));
  const same = measurable.find((f) => f.name === metric.name);
  if (same !== undefined) return same.name;
  const contained = measurable.filter((f) => metric.name.includes(f.name)).sort((a, b) => b.name.length - a.name.length)[0];
  if (contained !== undefined) return contained.name;
  return measurable.length === 1 ? measurable[0]!.name : undefined;
}

/** A dotted name reaches into a nested column. */
function missingColumn(what: string, name: string, fields: readonly Field[], span: Span): Problem[] {
  const known = fields.map((f) => f.name);
  if (known.includes(name) || known.includes(name.split('.')[0] ?? '')) return [];
  return [configProblem('VS2130', span, { what, name, known, nearest: nearestName(name, known) })];
}

/** One metric name must have one type in a file. */
function checkMetricTypes(metrics: readonly MetricAnnotation[]): Problem[] {
  const types = new Map<string, string>();
  return metrics.flatMap((m) => {
    const other = types.get(m.name);
    types.set(m.name, other ?? m.type);
    return other === undefined || other === m.type ? [] : [configProblem('VS2132', m.span, { metric: m.name, type: m.type, other })];
  });
}

/** What is wrong with a condition. Its parts are placed within its text, which stands in one piece in the file. */
function checkCondition(condition: AnnotationCondition, fields: readonly Field[], options: BindOptions): Problem[] {
  const { text, span } = condition;
  const { problems } = bindPredicate(condition.expression, fields, { ...options, sql: text });
  if (span.end - span.start !== text.length) return problems.map((p) => ({ ...p, span }));
  return problems.map((p) => ({ ...p, span: { start: span.start + p.span.start, end: span.start + p.span.end } }));
}
