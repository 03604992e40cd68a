import { alertsOfQuery } from '../../apps/alerts-of.ts';
import type { BoundAppQuery } from '../../apps/bind-app.ts';
import { metricsOfQuery } from '../../apps/metrics-of.ts';
import { groupColumnsOf } from '../../apps/query-traits.ts';
import { type AlertEvaluator, createAlertEvaluator } from '../../observability/alert-evaluator.ts';
import { createMetricRecorder, type MetricRecorder, type RecordedMetric } from '../../observability/metric-recorder.ts';
import type { MetricRegistry } from '../../observability/metric-registry.ts';
import { slugOf } from '../../observability/prometheus-name.ts';
import type { RemoteWriter } from '../../observability/remote-write.ts';
import { fieldsOfSchema } from '../../observability/row-context.ts';
import type { TableSchema } from '../../protocol/table-schema.ts';
import type { JobObserver } from './embedded-job.ts';

export interface ObserverOptions {
  readonly registry: MetricRegistry;
  /** Name of the application. */
  readonly app: string;
  readonly now: () => number;
  readonly onWarning: (text: string) => void;
  readonly push?: RemoteWriter;
}

/** Metrics and alerts of one query, fed by what its statements put out. */
export function observeQuery(query: BoundAppQuery, schemaOf: (statement: string) => TableSchema, options: ObserverOptions): JobObserver {
  const declared = metricsOfQuery(query);
  const { alerts: infos, synthesised } = alertsOfQuery(query, declared);
  const constant = { job: slugOf(options.app), query: slugOf(query.name) };
  const recorders = new Map<string, MetricRecorder>();
  const evaluators = new Map<string, AlertEvaluator>();
  for (const statement of query.statements) {
    const name = statement.statement.kind === 'create' ? statement.statement.name.text : `stmt_${statement.index}`;
    const fields = fieldsOfSchema(schemaOf(name));
    const recorded = query.parsed.annotations.metrics.flatMap((annotation): RecordedMetric[] => {
      const info = declared.find((metric) => metric.name === annotation.name);
      if (annotation.statement !== statement.index || info === undefined) return [];
      return [
        { info, sampleRate: annotation.sampleRate, ...(annotation.condition === undefined ? {} : { condition: annotation.condition }) },
      ];
    });
    const added = statement.isMain ? synthesised.map((info): RecordedMetric => ({ info, sampleRate: 1 })) : [];
    const { registry, onWarning, now, push } = options;
    recorders.set(
      name,
      createMetricRecorder([...recorded, ...added], fields, {
        registry,
        constant,
        onWarning,
        now,
        ...(push === undefined ? {} : { push }),
      }),
    );
    const alerts = query.parsed.annotations.alerts.flatMap((annotation, i) => {
      const info = infos[i];
      return annotation.statement === statement.index && info !== undefined ? [{ info, condition: annotation.condition }] : [];
    });
    const labels = statement.bound === null ? [] : groupColumnsOf(statement.bound.query);
    if (alerts.length > 0) evaluators.set(name, createAlertEvaluator(alerts, fields, { labels, now: options.now, onWarning }));
  }
  const names = [...declared, ...synthesised].map((metric) => metric.prometheusName);
  return {
    onBatch(statement, batch) {
      recorders.get(statement)?.record(batch);
      evaluators.get(statement)?.evaluate(batch);
    },
    alerts: [...evaluators.values()],
    close() {
      for (const name of names) options.registry.forget(name, constant);
    },
  };
}
