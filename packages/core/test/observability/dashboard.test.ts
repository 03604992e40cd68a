import { parser } from '@prometheus-io/lezer-promql';
import { describe, expect, test } from 'vitest';
import { analyzeApp, inputSchemas, loadTemplates, templateApp } from '../../src/apps/index.ts';
import { dashboardFor, dashboardV2, monitoringDashboard } from '../../src/observability/index.ts';
import type { DashboardPlan, MetricInfo } from '../../src/protocol/studio/app.ts';
import { grafanaProblems, grafanaV2Problems } from './grafana-types.ts';

const metric = (name: string, type: MetricInfo['type'], labels: readonly string[] = []): MetricInfo => ({
  name,
  type,
  labels,
  prometheusName: name,
});
const METRICS = [
  metric('volume', 'counter', ['symbol']),
  metric('hits', 'counter'),
  metric('price', 'gauge', ['symbol']),
  metric('open', 'gauge'),
  metric('took', 'histogram', ['service']),
];
const plan = dashboardFor('Trading', METRICS);

const isPromql = (text: string): boolean => {
  let ok = true;
  parser.parse(text).iterate({
    enter: (node) => {
      if (node.type.isError) ok = false;
    },
  });
  return ok;
};
type Panel = { id: number; type: string; title: string; gridPos: object; targets: { expr: string; legendFormat: string }[] };
const panelsOf = ({ grafanaJson }: DashboardPlan) => grafanaJson['panels'] as Panel[];

describe('a dashboard', () => {
  test('has a panel per metric in two columns, in order, with ids from 1', () => {
    expect(panelsOf(plan).map(({ id, type, gridPos }) => [id, type, gridPos])).toEqual([
      [1, 'timeseries', { x: 0, y: 0, w: 12, h: 8 }],
      [2, 'timeseries', { x: 12, y: 0, w: 12, h: 8 }],
      [3, 'gauge', { x: 0, y: 8, w: 12, h: 8 }],
      [4, 'gauge', { x: 12, y: 8, w: 12, h: 8 }],
      [5, 'heatmap', { x: 0, y: 16, w: 12, h: 8 }],
    ]);
    expect(plan.grafanaJson).toMatchObject({
      title: 'Velostream: Trading',
      uid: 'trading',
      refresh: '5s',
      time: { from: 'now-1h', to: 'now' },
      tags: ['velostream', 'auto-generated', 'trading'],
    });
    expect(Number(plan.grafanaJson['schemaVersion'])).toBeGreaterThanOrEqual(37);
  });

  test('asks by type, and by the one rule when wanted', () => {
    expect(panelsOf(plan).map((p) => [p.targets[0]?.expr, p.targets[0]?.legendFormat])).toEqual([
      ['sum(rate(velostream_volume_total[5m])) by (symbol)', '{{symbol}}'],
      ['velostream_hits_total', 'hits'],
      ['avg by (symbol) (velostream_price)', '{{symbol}}'],
      ['velostream_open', 'open'],
      ['sum by (le, service) (rate(velostream_took_bucket[5m]))', '{{service}}'],
    ]);
    const seed = dashboardFor('Trading', METRICS, [], { promqlStyle: 'seed', graphType: 'graph' });
    expect(panelsOf(seed)[2]?.targets[0]?.expr).toBe('sum(rate(velostream_price[5m])) by (symbol)');
    expect(panelsOf(seed)[0]?.type).toBe('graph');
  });

  test('uses names verbatim for a Velostream server', () => {
    const server = dashboardFor('x', METRICS, [], { target: 'velostream-server' });
    expect(panelsOf(server)[1]?.targets[0]?.expr).toBe('hits');
  });

  test('shows alerts and throughput when asked', () => {
    const alert = { name: 'a', condition: 'x > 1', severity: 'warning', forMs: 0 } as const;
    expect(
      dashboardFor('x', METRICS, [alert], { throughput: true })
        .panels.map((p) => p.type)
        .slice(-2),
    ).toEqual(['alertlist', 'timeseries']);
  });

  test('of the command line has the rows of the engine and a trend per metric', () => {
    const monitoring = monitoringDashboard('trading', METRICS);
    expect(monitoring).toMatchObject({ uid: 'velostream-trading', title: 'Velostream trading', refresh: '5s' });
    expect(panelsOf(monitoring)).toHaveLength(6 + 3 + METRICS.length);
    expect(panelsOf(monitoring).every((p) => p.targets.every((t) => isPromql(t.expr)))).toBe(true);
  });

  test('of an application with joins shows what they find and hold', () => {
    const panels = panelsOf(monitoringDashboard('trading', METRICS, { hasJoins: true })).slice(-3);
    expect(panels.map((p) => p.title)).toEqual(['Join matches', 'Join rows without a partner', 'Rows held by joins']);
    expect(panels.every((p) => p.targets.every((t) => isPromql(t.expr) && t.expr.includes('velo_join_')))).toBe(true);
  });
});

describe('every dashboard', () => {
  test("of a template fits Grafana's published types, and every query is PromQL", async () => {
    const templates = await loadTemplates();
    const plans = templates.map(
      (t) => [t.id, analyzeApp(templateApp(t), { now: 0, schemas: inputSchemas(t) }).dashboard as DashboardPlan] as const,
    );
    const all = [...plans, ['metrics', plan] as const, ['monitoring', monitoringDashboard('x', METRICS, { hasJoins: true })] as const];
    expect(grafanaProblems(Object.fromEntries(all.map(([name, each]) => [name, each.grafanaJson])))).toEqual([]);
    for (const [name, each] of all)
      for (const panel of panelsOf(each)) {
        for (const target of panel.targets) expect([name, target.expr, isPromql(target.expr)]).toEqual([name, target.expr, true]);
        if (panel.type !== 'alertlist') expect([name, panel.title, panel.targets.length]).toEqual([name, panel.title, expect.any(Number)]);
        if (panel.type !== 'alertlist' && panel.type !== 'table') expect(panel.targets.length).toBeGreaterThan(0);
      }
  });

  test('fits the second schema too, and no visualisation is without a version', async () => {
    const templates = await loadTemplates();
    const specs = templates.map(
      (t) =>
        [t.id, dashboardV2(analyzeApp(templateApp(t), { now: 0, schemas: inputSchemas(t) }).dashboard as DashboardPlan)['spec']] as const,
    );
    expect(grafanaV2Problems(Object.fromEntries(specs))).toEqual([]);
    expect(JSON.stringify(specs)).not.toContain('"version":""');
    const { elements, layout } = specs[0]![1] as { elements: object; layout: { spec: { items: unknown[] } } };
    expect(Object.keys(elements)).toHaveLength(layout.spec.items.length);
  });

  test('that is wrong is found', () => {
    const json = structuredClone(plan.grafanaJson) as { panels: { options: Record<string, unknown>; gridPos: unknown }[] };
    json.panels[2]!.options['sizing'] = 'huge';
    json.panels[0]!.gridPos = { x: 'left' };
    expect(grafanaProblems({ json })).toHaveLength(2);
  });
});
