import type { ChartKind, ChartRecommendation } from '@velostream/core/protocol';
import type { DashboardPanel, MetricInfo, PanelType } from '@velostream/core/protocol/deploy';
import type { LiveColumn, LiveRow } from '../../query/live-query.ts';
import { isTimeColumn as isTime } from '../../query-results/cell-text.ts';

/** Rows behind a panel, ready to be drawn. */
export interface PanelData {
  readonly columns: readonly LiveColumn[];
  readonly rows: readonly LiveRow[];
  readonly chart: ChartRecommendation;
}

const KINDS: Readonly<Record<PanelType, ChartKind>> = {
  timeseries: 'line',
  barchart: 'bar',
  table: 'table',
  stat: 'stat',
  gauge: 'gauge',
  heatmap: 'heatmap',
  alertlist: 'table',
  piechart: 'pie',
  bargauge: 'bar',
};

/** How many rows of each label came up to each row: what a counter without a field shows. */
function counted(rows: readonly LiveRow[], name: string, label: string | undefined): readonly LiveRow[] {
  const totals = new Map<unknown, number>();
  return rows.map((row) => {
    const key = label === undefined ? '' : row[label];
    const total = (totals.get(key) ?? 0) + 1;
    totals.set(key, total);
    return { ...row, [name]: total };
  });
}

/** A share of one, in per cent: what the unit of its panel says. */
function inPercent(rows: readonly LiveRow[], name: string): readonly LiveRow[] {
  return rows.map((row) => {
    const value = row[name];
    return typeof value === 'number' ? { ...row, [name]: Number((value * 100).toPrecision(12)) } : row;
  });
}

/** Rows without a time cannot be drawn over it, and one number cannot stand for several labels: bars say what they hold. */
function drawable(kind: ChartKind, { hasTime, hasLabel }: { readonly hasTime: boolean; readonly hasLabel: boolean }): ChartKind {
  if (kind === 'line' && !hasTime) return hasLabel ? 'bar' : 'stat';
  return (kind === 'gauge' || kind === 'stat') && hasLabel ? 'bar' : kind;
}

/** Draws a panel from rows of the query that its metric belongs to. */
export function panelData(
  panel: DashboardPanel,
  metric: Pick<MetricInfo, 'name' | 'field' | 'labels'> | undefined,
  { columns, rows }: { readonly columns: readonly LiveColumn[]; readonly rows: readonly LiveRow[] },
): PanelData {
  const time = columns.find(isTime)?.name;
  const wanted = KINDS[panel.type];
  const label = columns.find(({ name }) => name === metric?.labels[0])?.name;
  const kind = drawable(wanted, { hasTime: time !== undefined, hasLabel: label !== undefined });
  const base = { kind, title: panel.title, score: 1, reason: `panel of type ${panel.type}` } as const;
  if (kind === 'table' || !metric) return { columns, rows, chart: { ...base, kind: metric || panel.source ? kind : 'table', y: [] } };
  const field = columns.find(({ name }) => name.toLowerCase() === metric.field?.toLowerCase())?.name;
  const y = field ?? metric.name;
  const isOverTime = kind === 'line' || kind === 'heatmap';
  const x = isOverTime ? (time ?? label) : kind === 'bar' || kind === 'pie' ? (label ?? time) : undefined;
  const valued = field === undefined ? counted(rows, y, label) : rows;
  return {
    columns: field === undefined ? [...columns, { name: y, type: 'INTEGER' }] : columns,
    rows: panel.unit === 'percentunit' ? inPercent(valued, y) : valued,
    chart: { ...base, y: [y], ...(x !== undefined && { x }), ...(isOverTime && label !== undefined && label !== x && { series: label }) },
  };
}
