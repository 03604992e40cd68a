import { alertName } from '../observability/alert-name.ts';
import { conditionToPromql } from '../observability/condition-to-promql.ts';
import type { QueryShape } from '../observability/metric-shape.ts';
import type { AlertInfo, MetricInfo } from '../protocol/studio/app.ts';
import { type AppStatement, type BoundAppQuery, bindApp } from './bind-app.ts';
import { metricsOfQuery } from './metrics-of.ts';
import { groupColumnsOf, windowMsOf } from './query-traits.ts';

/** Alerts of a query, and the gauges that their rules need beside the declared metrics. */
export interface QueryAlerts {
  readonly alerts: readonly AlertInfo[];
  readonly synthesised: readonly MetricInfo[];
}

/** The alerts that the annotations of a script declare, each with its rule expression. */
export function alertsOf(sql: string): AlertInfo[] {
  return bindApp([{ name: 'query', sql }]).queries.flatMap((query) => [...alertsOfQuery(query, metricsOfQuery(query)).alerts]);
}

/** What a statement offers to conditions: its metrics, window, group columns and columns. */
export function shapeOf(query: BoundAppQuery, statement: AppStatement | undefined, metrics: readonly MetricInfo[]): QueryShape {
  const bound = statement?.bound?.query;
  return {
    query: query.name,
    metrics,
    windowMs: bound === undefined ? null : windowMsOf(bound),
    groupColumns: bound === undefined ? [] : groupColumnsOf(bound),
    ...(bound === undefined ? {} : { columns: bound.fields.map((field) => field.name) }),
  };
}

export function alertsOfQuery(query: BoundAppQuery, metrics: readonly MetricInfo[]): QueryAlerts {
  const synthesised = new Map<string, MetricInfo>();
  const alerts = query.parsed.annotations.alerts.map((annotation): AlertInfo => {
    const statement = query.statements.find((s) => s.index === annotation.statement);
    const { condition, severity, forMs, channel, summary, description, message } = annotation;
    const shape = shapeOf(query, statement, [...metrics, ...synthesised.values()]);
    const rule = conditionToPromql(condition.expression, shape);
    for (const metric of rule.synthesised) synthesised.set(metric.name, metric);
    const about = description ?? message;
    return {
      name: annotation.name ?? alertName(condition.text),
      condition: condition.text,
      severity,
      forMs,
      ...(channel === undefined ? {} : { channel }),
      query: query.name,
      ...(rule.promql === undefined ? {} : { promql: rule.promql }),
      ...(rule.problem === undefined ? {} : { promqlProblem: rule.problem }),
      ...(summary === undefined ? {} : { summary }),
      ...(about === undefined ? {} : { description: about }),
    };
  });
  return { alerts, synthesised: [...synthesised.values()] };
}
