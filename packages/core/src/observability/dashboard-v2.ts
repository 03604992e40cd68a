import type { DashboardPlan } from '../protocol/studio/app.ts';
import { PANEL_VERSION } from './grafana-panel.ts';

type Json = Readonly<Record<string, unknown>>;

interface ClassicPanel {
  readonly id: number;
  readonly type: string;
  readonly title: string;
  readonly gridPos: { readonly x: number; readonly y: number; readonly w: number; readonly h: number };
  readonly targets: readonly Json[];
  readonly options: Json;
  readonly fieldConfig: Json;
}

interface Classic {
  readonly title: string;
  readonly tags: readonly string[];
  readonly refresh: string;
  readonly time: { readonly from: string; readonly to: string };
  readonly panels: readonly ClassicPanel[];
  readonly links: readonly Json[];
  readonly annotations: { readonly list: readonly Json[] };
}

/**
 * The dashboard as a resource of Grafana's second schema (`dashboard.grafana.app/v2beta1`), for Grafana 12 and later: elements and layout
 * apart, every visualisation with the version it was written for.
 */
export function dashboardV2(plan: DashboardPlan): Json {
  // `dashboardFor` is what writes this JSON.
  const classic = plan.grafanaJson as unknown as Classic;
  return {
    apiVersion: 'dashboard.grafana.app/v2beta1',
    kind: 'Dashboard',
    metadata: { name: plan.uid },
    spec: {
      title: classic.title,
      tags: classic.tags,
      cursorSync: 'Crosshair',
      editable: true,
      preload: false,
      links: classic.links,
      variables: [],
      annotations: classic.annotations.list.map(annotation),
      timeSettings: {
        timezone: 'browser',
        ...classic.time,
        autoRefresh: classic.refresh,
        autoRefreshIntervals: ['5s', '10s', '30s', '1m', '5m'],
        hideTimepicker: false,
        fiscalYearStartMonth: 0,
      },
      elements: Object.fromEntries(classic.panels.map((panel) => [elementName(panel), element(panel)])),
      layout: { kind: 'GridLayout', spec: { items: classic.panels.map(place) } },
    },
  };
}

const elementName = ({ id }: ClassicPanel): string => `panel-${id}`;

const place = (panel: ClassicPanel) => {
  const { x, y, w: width, h: height } = panel.gridPos;
  return { kind: 'GridLayoutItem', spec: { x, y, width, height, element: { kind: 'ElementReference', name: elementName(panel) } } };
};

function element({ id, title, type, targets, options, fieldConfig }: ClassicPanel) {
  const queries = targets.map(({ refId, datasource, ...spec }) => ({
    kind: 'PanelQuery',
    spec: { refId, hidden: false, query: dataQuery(datasource, spec) },
  }));
  return {
    kind: 'Panel',
    spec: {
      id,
      title,
      links: [],
      data: { kind: 'QueryGroup', spec: { queries, transformations: [], queryOptions: {} } },
      vizConfig: { kind: 'VizConfig', group: type, version: PANEL_VERSION, spec: { options, fieldConfig } },
    },
  };
}

const dataQuery = (datasource: unknown, spec: Json) => ({
  kind: 'DataQuery',
  group: 'prometheus',
  version: 'v0',
  datasource: { name: (datasource as { readonly uid: string }).uid },
  spec,
});

function annotation({ name, enable, hide, iconColor, datasource, expr }: Json) {
  return { kind: 'AnnotationQuery', spec: { name, enable, hide, iconColor, query: dataQuery(datasource, { expr }) } };
}
