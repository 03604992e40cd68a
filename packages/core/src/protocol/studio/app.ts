import type { Diagnostic } from '../../diagnostics/diagnostic.ts';
import type { Owner } from './owner.ts';

/** A metric as an application lists it. */
export interface MetricInfo {
  readonly name: string;
  readonly type: 'counter' | 'gauge' | 'histogram';
  readonly labels: readonly string[];
  readonly help?: string;
  readonly field?: string;
  /** Name on the wire. */
  readonly prometheusName: string;
  /** Query that updates it. */
  readonly query?: string;
  /** Upper bounds of a histogram, ascending; absent: the default set. */
  readonly buckets?: readonly number[];
  /** It looks at some of the output rows only: it has a condition, or samples. */
  readonly conditional?: boolean;
  /** Nobody declared it: an alert needs it. */
  readonly synthesised?: boolean;
}

/** An alert as an application lists it. */
export interface AlertInfo {
  readonly name: string;
  /** SQL text over the output columns. */
  readonly condition: string;
  readonly severity: 'critical' | 'warning' | 'info';
  readonly forMs: number;
  readonly channel?: string;
  readonly query?: string;
  /** Rule expression, where one could be made. */
  readonly promql?: string;
  /** Why there is no rule expression: the condition is then evaluated on output records alone. */
  readonly promqlProblem?: string;
  readonly summary?: string;
  readonly description?: string;
}

export interface AppQuery {
  /** `q1`, `q2`, … */
  readonly id: string;
  readonly name: string;
  readonly description?: string;
  readonly sql: string;
  /** Relations it reads, in order of first mention. */
  readonly sources: readonly string[];
  /** Relation, topic or URI it writes. */
  readonly sink?: string;
  readonly metrics: readonly MetricInfo[];
  readonly alerts: readonly AlertInfo[];
}

export interface TopologyNode {
  readonly id: string;
  readonly type: 'source' | 'transform' | 'sink';
  readonly label: string;
  /** What it does in a few words, e.g. `5-min tumble by symbol`. */
  readonly verb?: string;
  readonly queryId?: string;
  readonly columns?: readonly string[];
}

export interface TopologyEdge {
  readonly from: string;
  readonly to: string;
}

/** `to` is computed from `from`: `<node>.<column>`. */
export interface ColumnLineage {
  readonly from: string;
  readonly to: string;
}

/** Graph of an application: a relation that is sink of one query and source of another is one node. */
export interface Topology {
  readonly nodes: readonly TopologyNode[];
  readonly edges: readonly TopologyEdge[];
  readonly lineage: readonly ColumnLineage[];
}

export type PanelType = 'timeseries' | 'barchart' | 'table' | 'stat' | 'gauge' | 'heatmap' | 'alertlist' | 'piechart' | 'bargauge';

export interface DashboardPanel {
  readonly id: number;
  readonly title: string;
  readonly type: PanelType;
  /** Metric it shows. */
  readonly metric?: string;
  readonly promql?: string;
  /** Relation a table panel shows. */
  readonly source?: string;
  readonly unit?: string;
  readonly position: { readonly x: number; readonly y: number; readonly w: number; readonly h: number };
}

export interface DashboardPlan {
  readonly uid: string;
  readonly title: string;
  readonly refresh: string;
  readonly panels: readonly DashboardPanel[];
  /** Complete classic Grafana JSON. */
  readonly grafanaJson: Readonly<Record<string, unknown>>;
  /** Where it can be opened, once it was pushed. */
  readonly url?: string;
}

export interface App {
  readonly id: string;
  readonly owner?: Owner;
  readonly name: string;
  readonly slug: string;
  readonly description?: string;
  readonly queries: readonly AppQuery[];
  readonly metrics: readonly MetricInfo[];
  readonly alerts: readonly AlertInfo[];
  readonly topology: Topology;
  readonly dashboard?: DashboardPlan;
  readonly templateId?: string;
  /** Panels that were asked for; absent: one per metric. */
  readonly panels?: readonly Omit<DashboardPanel, 'id'>[];
  /** How the rows look that it is tested with; see `AppInput`. */
  readonly test?: Readonly<Record<string, unknown>>;
  readonly createdAt: number;
  readonly updatedAt: number;
  readonly version: number;
  readonly diagnostics: readonly (Diagnostic & { readonly queryId: string })[];
}

/** What a caller gives to make or replace an application: SQL with annotations; the rest is derived. */
export interface AppInput {
  readonly id?: string;
  readonly name: string;
  readonly description?: string;
  readonly queries: readonly {
    readonly id?: string;
    readonly name: string;
    /** What people call it; its name by default. */
    readonly title?: string;
    readonly description?: string;
    readonly sql: string;
    readonly sink?: string;
  }[];
  readonly templateId?: string;
  readonly panels?: readonly Omit<DashboardPanel, 'id'>[];
  /** How the rows look that it is tested with, as templates say it: `records`, `seed`, and `data` by source. */
  readonly test?: Readonly<Record<string, unknown>>;
}

export type AppUpdate =
  | { readonly action: 'add_query'; readonly query: AppInput['queries'][number] }
  | { readonly action: 'modify_query'; readonly queryId: string; readonly query: Partial<AppInput['queries'][number]> }
  | { readonly action: 'remove_query'; readonly queryId: string }
  | { readonly action: 'replace'; readonly app: AppInput };

export interface AppChanges {
  readonly added: readonly string[];
  readonly modified: readonly string[];
  readonly removed: readonly string[];
  readonly dashboardPanelsAdded: number;
  readonly topologyEdgesAdded: number;
}
