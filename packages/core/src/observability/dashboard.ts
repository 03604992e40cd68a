import type { AlertInfo, DashboardPanel, DashboardPlan, MetricInfo, PanelType } from '../protocol/studio/app.ts';
import { grafanaPanel, type PanelQuery } from './grafana-panel.ts';
import { metricLegend, metricPromql, type PromqlStyle, quantilePromql } from './metric-promql.ts';
import { type MetricTarget, prometheusName, slugOf } from './prometheus-name.ts';

/** A panel as an application asks for it; without `position` it is placed behind those before it. */
export type PanelRequest = Omit<DashboardPanel, 'id' | 'position'> & { readonly position?: DashboardPanel['position'] };

export interface DashboardOptions {
  /** Title; `Velostream: <name>` by default. */
  readonly title?: string;
  /** Slug of the name by default. */
  readonly uid?: string;
  /** Panels wanted instead of one per metric. */
  readonly panels?: readonly PanelRequest[];
  readonly promqlStyle?: PromqlStyle;
  readonly target?: MetricTarget;
  /** Adds a panel of the jobs' throughput. */
  readonly throughput?: boolean;
  /** Adds a panel of firing alerts when there are alerts; true by default. */
  readonly alertList?: boolean;
  /** Name of the job label in the built-in metrics; the application's slug by default. */
  readonly job?: string;
  /** `graph`: the panel type of Grafana before 7.4. */
  readonly graphType?: 'timeseries' | 'graph';
  readonly datasourceUid?: string;
  readonly refresh?: string;
  readonly from?: string;
  /** Metrics of the query that writes a relation, for table panels that show the relation. */
  readonly metricsBySource?: Readonly<Record<string, readonly MetricInfo[]>>;
  /** Shown as a link back, e.g. to the application in the Studio. */
  readonly link?: { readonly title: string; readonly url: string };
}

/** Version of the classic dashboard schema that is written. */
const SCHEMA_VERSION = 39;
/** How a metric is shown unless somebody says otherwise. */
export const PANEL_OF = { counter: 'timeseries', gauge: 'gauge', histogram: 'heatmap' } as const;

/**
 * A Grafana dashboard for metrics and alerts: one panel per metric in two columns, or the panels that are asked for.
 *
 * @example dashboardFor('trading', metrics, alerts).grafanaJson // import it, or POST it to /api/dashboards/db
 */
export function dashboardFor(
  name: string,
  metrics: readonly MetricInfo[],
  alerts: readonly AlertInfo[] = [],
  options: DashboardOptions = {},
): DashboardPlan {
  const { promqlStyle = 'typed', target = 'embedded', datasourceUid = 'prometheus', refresh = '5s' } = options;
  const uid = (options.uid ?? slugOf(name)).slice(0, 40);
  const title = options.title ?? `Velostream: ${name}`;
  const known = new Map(metrics.map((metric) => [metric.name, metric]));
  const wanted = options.panels ?? metrics.filter((m) => m.synthesised !== true).map((metric) => panelOf(metric));
  const requests = [...wanted, ...extras(alerts, options)];
  const layout = placer();
  const panels = requests.map((request, i): DashboardPanel => {
    const metric = request.metric === undefined ? undefined : known.get(request.metric);
    const promql = request.promql ?? (metric === undefined ? undefined : metricPromql(metric, promqlStyle, target));
    return { ...request, id: i + 1, position: layout(request.position), ...(promql === undefined ? {} : { promql }) };
  });
  const json = panels.map((panel) => {
    const queries = queriesOf(panel, known, options);
    return grafanaPanel(panel, queries, datasourceUid, options.graphType ?? 'timeseries');
  });
  return {
    uid,
    title,
    refresh,
    panels,
    grafanaJson: {
      uid,
      title,
      tags: [...new Set(['velostream', 'auto-generated', slugOf(name)])],
      schemaVersion: SCHEMA_VERSION,
      version: 1,
      editable: true,
      graphTooltip: 1,
      timezone: 'browser',
      fiscalYearStartMonth: 0,
      time: { from: options.from ?? 'now-1h', to: 'now' },
      refresh,
      templating: { list: [] },
      annotations: { list: [deployAnnotation(datasourceUid, options.job ?? slugOf(name))] },
      links: options.link === undefined ? [] : [linkOf(options.link)],
      panels: json,
    },
  };
}

const panelOf = (metric: MetricInfo): PanelRequest => ({ title: metric.name, type: PANEL_OF[metric.type], metric: metric.name });

function extras(alerts: readonly AlertInfo[], options: DashboardOptions): PanelRequest[] {
  const list: PanelRequest[] = [];
  const has = (type: PanelType): boolean => options.panels?.some((panel) => panel.type === type) === true;
  if (alerts.length > 0 && options.alertList !== false && options.panels === undefined && !has('alertlist'))
    list.push({ title: 'Active alerts', type: 'alertlist' });
  if (options.throughput === true) {
    const promql = 'sum by (job_name) (velo_streaming_throughput_by_job_rps)';
    list.push({ title: 'Throughput', type: 'timeseries', promql, unit: 'reqps' });
  }
  return list;
}

/** Two columns of 12 × 8; what has a place keeps it, and the rest goes below. */
function placer(): (given: DashboardPanel['position'] | undefined) => DashboardPanel['position'] {
  let next = 0;
  let below = 0;
  return (given) => {
    if (given !== undefined) {
      below = Math.max(below, given.y + given.h);
      return given;
    }
    const at = next++;
    return { x: (at % 2) * 12, y: below + Math.floor(at / 2) * 8, w: 12, h: 8 };
  };
}

function queriesOf(panel: DashboardPanel, known: ReadonlyMap<string, MetricInfo>, options: DashboardOptions): PanelQuery[] {
  if (panel.type === 'alertlist') return [];
  const metric = panel.metric === undefined ? undefined : known.get(panel.metric);
  const table = panel.type === 'table';
  const latest = table || panel.type === 'barchart' || panel.type === 'piechart';
  if (panel.promql !== undefined) {
    const format = table || panel.type === 'barchart' ? 'table' : panel.type === 'heatmap' ? 'heatmap' : 'time_series';
    const main: PanelQuery = {
      expr: panel.promql,
      legend: metric === undefined ? '' : metricLegend(metric),
      format,
      ...(latest && { instant: true }),
    };
    const isTrend = metric?.type === 'histogram' && panel.type === 'timeseries';
    return isTrend ? [{ ...main, expr: quantilePromql(metric, 0.95, options.target), format: 'time_series' }] : [main];
  }
  if (panel.source === undefined) return [];
  const gauges = (options.metricsBySource?.[panel.source] ?? []).filter((m) => m.type === 'gauge');
  return gauges.map((m) => ({ expr: `topk(10, ${prometheusName(m, options.target)})`, legend: m.name, format: 'table', instant: true }));
}

/** A mark wherever the application was deployed. */
const deployAnnotation = (uid: string, job: string) => ({
  name: 'Deployments',
  enable: true,
  hide: false,
  iconColor: 'blue',
  datasource: { type: 'prometheus', uid },
  expr: `changes(velo_deployment_version{app=${JSON.stringify(job)}}[1m]) > 0`,
});

const linkOf = ({ title, url }: { readonly title: string; readonly url: string }) => ({
  title,
  url,
  type: 'link',
  icon: 'external link',
  tooltip: '',
  tags: [],
  asDropdown: false,
  targetBlank: true,
  includeVars: false,
  keepTime: true,
});
