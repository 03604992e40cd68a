import type { DashboardPanel, PanelType } from '../protocol/studio/app.ts';

/** One query of a panel. */
export interface PanelQuery {
  readonly expr: string;
  readonly legend: string;
  readonly format?: 'time_series' | 'table' | 'heatmap';
  /** The latest value only. */
  readonly instant?: boolean;
}

type Json = Readonly<Record<string, unknown>>;

/** Version that the panel options are written for; Grafana migrates them onwards from here. */
export const PANEL_VERSION = '11.0.0';

/** A panel as classic dashboard JSON has it. */
export function grafanaPanel(
  panel: DashboardPanel,
  queries: readonly PanelQuery[],
  datasourceUid: string,
  graph: 'timeseries' | 'graph',
): Json {
  const datasource = { type: 'prometheus', uid: datasourceUid };
  const type = panel.type === 'timeseries' ? graph : panel.type;
  const { x, y, w, h } = panel.position;
  return {
    id: panel.id,
    type,
    title: panel.title,
    pluginVersion: PANEL_VERSION,
    gridPos: { h, w, x, y },
    ...(panel.type === 'alertlist' ? {} : { datasource }),
    targets: queries.map((query, i) => target(query, i, datasource)),
    fieldConfig: { defaults: { ...(panel.unit === undefined ? {} : { unit: panel.unit }), ...defaultsOf(panel.type) }, overrides: [] },
    options: optionsOf(panel),
  };
}

function target(query: PanelQuery, index: number, datasource: Json): Json {
  return {
    refId: String.fromCharCode(65 + index),
    datasource,
    expr: query.expr,
    legendFormat: query.legend,
    editorMode: 'code',
    format: query.format ?? 'time_series',
    ...(query.instant === true ? { instant: true, range: false } : { range: true }),
  };
}

function defaultsOf(type: PanelType): Json {
  switch (type) {
    case 'timeseries':
      return { custom: { drawStyle: 'line', lineWidth: 1, fillOpacity: 10, showPoints: 'never', spanNulls: true } };
    case 'gauge':
    case 'stat':
    case 'bargauge':
      return {
        color: { mode: 'thresholds' },
        thresholds: { mode: 'absolute', steps: [{ color: 'green', value: null }] },
      };
    default:
      return { custom: {} };
  }
}

const REDUCE = { values: false, calcs: ['lastNotNull'], fields: '' };
const LEGEND = { displayMode: 'list', placement: 'bottom', showLegend: true, calcs: [] };

function optionsOf(panel: DashboardPanel): Json {
  switch (panel.type) {
    case 'timeseries':
      return { legend: LEGEND, tooltip: { mode: 'multi', sort: 'desc' } };
    case 'gauge':
      return {
        showThresholdLabels: false,
        showThresholdMarkers: true,
        sizing: 'auto',
        minVizWidth: 75,
        minVizHeight: 75,
        orientation: 'auto',
        reduceOptions: REDUCE,
      };
    case 'stat':
      return {
        graphMode: 'area',
        colorMode: 'value',
        justifyMode: 'auto',
        textMode: 'auto',
        wideLayout: true,
        showPercentChange: false,
        percentChangeColorMode: 'standard',
        orientation: 'auto',
        reduceOptions: REDUCE,
      };
    case 'bargauge':
      return {
        displayMode: 'gradient',
        valueMode: 'color',
        namePlacement: 'auto',
        showUnfilled: true,
        sizing: 'auto',
        minVizWidth: 8,
        minVizHeight: 16,
        maxVizHeight: 300,
        orientation: 'horizontal',
        legend: { ...LEGEND, showLegend: false },
        reduceOptions: REDUCE,
      };
    case 'barchart':
      return {
        orientation: 'auto',
        xTickLabelRotation: 0,
        xTickLabelSpacing: 0,
        xTickLabelMaxLength: 0,
        stacking: 'none',
        groupWidth: 0.7,
        barWidth: 0.97,
        barRadius: 0,
        showValue: 'auto',
        fullHighlight: false,
        legend: LEGEND,
        tooltip: { mode: 'single', sort: 'none' },
      };
    case 'piechart':
      return {
        pieType: 'pie',
        displayLabels: [],
        tooltip: { mode: 'single', sort: 'none' },
        legend: { ...LEGEND, values: [] },
        reduceOptions: REDUCE,
        orientation: 'auto',
      };
    case 'heatmap':
      return {
        calculate: false,
        color: { mode: 'scheme', scheme: 'Oranges', fill: 'dark-orange', exponent: 0.5, steps: 64, reverse: false },
        filterValues: { le: 1e-9 },
        showValue: 'auto',
        cellGap: 1,
        yAxis: { axisPlacement: 'left', reverse: false, ...(panel.unit === undefined ? {} : { unit: panel.unit }) },
        legend: { show: true },
        tooltip: { mode: 'single', yHistogram: false, showColorScale: false },
        exemplars: { color: 'rgba(255,0,255,0.7)' },
        rowsFrame: { layout: 'auto' },
      };
    case 'table':
      return { frameIndex: 0, showHeader: true, cellHeight: 'sm' };
    case 'alertlist':
      return {
        viewMode: 'list',
        groupMode: 'default',
        groupBy: [],
        maxItems: 20,
        sortOrder: 1,
        dashboardAlerts: false,
        alertName: '',
        alertInstanceLabelFilter: '',
        stateFilter: { firing: true, pending: true, noData: false, normal: false, error: true },
      };
  }
}
