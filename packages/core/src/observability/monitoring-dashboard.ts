import type { DashboardPlan, MetricInfo } from '../protocol/studio/app.ts';
import { dashboardFor, type PanelRequest } from './dashboard.ts';
import { metricPromql } from './metric-promql.ts';
import { prometheusName } from './prometheus-name.ts';

const at = (x: number, y: number, w: number, h: number) => ({ x, y, w, h });

/** The overview that `velo` writes beside an application: state of the engine in the first rows, then a trend per metric. */
export function monitoringDashboard(
  app: string,
  metrics: readonly MetricInfo[],
  options: { readonly hasJoins?: boolean } = {},
): DashboardPlan {
  const counters = metrics.filter((m) => m.type === 'counter');
  const histogram = metrics.find((m) => m.type === 'histogram');
  const name = (m: MetricInfo): string => prometheusName(m);
  const first: PanelRequest[] = [
    { title: 'Error status', type: 'stat', promql: 'velo_sql_query_errors_total OR on() vector(0)', position: at(0, 0, 6, 4) },
    { title: 'Active queries', type: 'stat', promql: 'velo_sql_active_queries', position: at(6, 0, 6, 4) },
    { title: 'Records processed', type: 'stat', promql: 'sum(velo_streaming_records_total)', position: at(12, 0, 6, 4) },
    { title: 'Throughput', type: 'gauge', promql: 'sum(rate(velo_streaming_records_total[5m]))', unit: 'reqps', position: at(18, 0, 6, 4) },
    { title: 'Service health', type: 'timeseries', promql: 'up', position: at(0, 4, 12, 8) },
    counters.length > 0
      ? { title: 'Counters', type: 'piechart', promql: counters.map((m) => `sum(${name(m)})`).join(' or '), position: at(12, 4, 12, 8) }
      : { title: 'Throughput by job', type: 'timeseries', promql: 'velo_streaming_throughput_by_job_rps', position: at(12, 4, 12, 8) },
  ];
  const [leading] = counters;
  const row: PanelRequest[] =
    metrics.length < 2
      ? []
      : [
          ...(leading === undefined
            ? []
            : [
                {
                  title: `Top 5 of ${leading.name}`,
                  type: 'bargauge' as const,
                  promql: `topk(5, ${name(leading)})`,
                  position: at(0, 12, 12, 6),
                },
              ]),
          ...(histogram === undefined
            ? []
            : [0.95, 0.99].map((q, i) => ({
                title: `${histogram.name} P${q * 100}`,
                type: 'gauge' as const,
                promql: `histogram_quantile(${q}, rate(${name(histogram)}_bucket[5m]))`,
                position: at(12 + i * 6, 12, 6, 6),
              }))),
        ];
  const top = row.length > 0 ? 18 : 12;
  const trends = metrics.map((metric, i): PanelRequest => {
    const promql =
      metric.type === 'counter'
        ? `rate(${name(metric)}[5m])`
        : metric.type === 'gauge'
          ? metricPromql({ ...metric, labels: [] })
          : `histogram_quantile(0.95, rate(${name(metric)}_bucket[5m]))`;
    const isTime = /seconds|latency|time_lag/.test(metric.name);
    const unit = metric.type === 'counter' ? 'reqps' : metric.type === 'histogram' && isTime ? 's' : 'short';
    return {
      title: metric.name,
      type: 'timeseries',
      metric: metric.name,
      promql,
      unit,
      position: at((i % 2) * 12, top + Math.floor(i / 2) * 8, 12, 8),
    };
  });
  return dashboardFor(app, metrics, [], {
    uid: `velostream-${app}`,
    title: `Velostream ${app}`,
    from: 'now-15m',
    panels: [...first, ...row, ...trends, ...(options.hasJoins ? joinPanels(top + Math.ceil(trends.length / 2) * 8) : [])],
  });
}

/** What joins find, and what they hold. */
function joinPanels(y: number): PanelRequest[] {
  const found = ['matches', 'missing_keys'].map((name) => `sum by (join_name) (rate(velo_join_${name}_total[5m]))`);
  const held = ['left', 'right'].map((side) => `sum by (join_name) (velo_join_${side}_store_size)`);
  return [
    { title: 'Join matches', type: 'timeseries', promql: found[0] as string, unit: 'reqps', position: at(0, y, 8, 8) },
    { title: 'Join rows without a partner', type: 'timeseries', promql: found[1] as string, unit: 'reqps', position: at(8, y, 8, 8) },
    { title: 'Rows held by joins', type: 'timeseries', promql: held.join(' + '), unit: 'short', position: at(16, y, 8, 8) },
  ];
}
