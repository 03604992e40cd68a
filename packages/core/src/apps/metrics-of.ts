import { prometheusName } from '../observability/prometheus-name.ts';
import type { MetricInfo } from '../protocol/studio/app.ts';
import { metricField } from '../sql/bind/check-annotations.ts';
import type { MetricAnnotation } from '../sql/syntax/index.ts';
import type { Field } from '../values/column.ts';
import { type BoundAppQuery, bindApp } from './bind-app.ts';

/** The metrics that the annotations of a script declare, with inferred fields filled in. */
export function metricsOf(sql: string): MetricInfo[] {
  return bindApp([{ name: 'query', sql }]).queries.flatMap(metricsOfQuery);
}

export function metricsOfQuery(query: BoundAppQuery): MetricInfo[] {
  return query.parsed.annotations.metrics.flatMap((annotation) => {
    const statement = query.statements.find((s) => s.index === annotation.statement);
    const name = query.parsed.info[annotation.statement]?.name;
    const owner = query.statements.length > 1 && name !== undefined ? name : query.name;
    return metricInfo(annotation, statement?.bound?.query.fields, owner) ?? [];
  });
}

/** Undefined: what it measures cannot be told (a diagnostic says so), and it is not emitted. */
export function metricInfo(annotation: MetricAnnotation, fields: readonly Field[] | undefined, query: string): MetricInfo | undefined {
  const { name, type, labels, help, condition, sampleRate, buckets } = annotation;
  const field = annotation.field ?? (type === 'counter' || fields === undefined ? undefined : metricField(annotation, fields));
  if (type !== 'counter' && field === undefined && fields !== undefined && fields.length > 0) return undefined;
  return {
    name,
    type,
    labels,
    help: help ?? generatedHelp(annotation, field, query),
    ...(field === undefined ? {} : { field }),
    prometheusName: prometheusName(annotation),
    query,
    ...(buckets === undefined ? {} : { buckets }),
    ...(condition === undefined && sampleRate === 1 ? {} : { conditional: true }),
  };
}

function generatedHelp({ type }: MetricAnnotation, field: string | undefined, query: string): string {
  if (field === undefined) return `Output records of ${query}`;
  if (type === 'counter') return `Sum of ${field} over the output of ${query}`;
  return type === 'gauge' ? `Latest ${field} of ${query}` : `Distribution of ${field} in ${query}`;
}
