import type { MetricInfo } from '../protocol/studio/app.ts';
import { labelName, type MetricTarget, prometheusName } from './prometheus-name.ts';

/** `typed`: by what the metric is. `seed`: one rule for every type, as the earliest dashboards had it. */
export type PromqlStyle = 'typed' | 'seed';

/** The query of a panel that shows a metric. */
export function metricPromql(metric: MetricInfo, style: PromqlStyle = 'typed', target: MetricTarget = 'embedded'): string {
  const name = prometheusName(metric, target);
  const labels = metric.labels.map(labelName).join(', ');
  if (style === 'typed' && metric.type === 'histogram')
    return `sum by (${['le', ...metric.labels.map(labelName)].join(', ')}) (rate(${name}_bucket[5m]))`;
  if (labels === '') return name;
  if (style === 'typed' && metric.type === 'gauge') return `avg by (${labels}) (${name})`;
  return `sum(rate(${name}[5m])) by (${labels})`;
}

/** How a series is called in a legend: its labels, or the metric. */
export const metricLegend = (metric: MetricInfo): string =>
  metric.labels.length === 0 ? metric.name : metric.labels.map((label) => `{{${labelName(label)}}}`).join(', ');

/** A quantile of a histogram, by its labels. */
export function quantilePromql(metric: MetricInfo, quantile: number, target: MetricTarget = 'embedded'): string {
  const by = ['le', ...metric.labels.map(labelName)].join(', ');
  return `histogram_quantile(${quantile}, sum by (${by}) (rate(${prometheusName(metric, target)}_bucket[5m])))`;
}
