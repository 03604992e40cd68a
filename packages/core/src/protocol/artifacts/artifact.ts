import type { Diagnostic } from '../../diagnostics/diagnostic.ts';
import type { Row, Silence } from '../query.ts';
import type { App, DashboardPlan, Topology } from '../studio/app.ts';
import type { Deployment, JobMetrics } from '../studio/deployment.ts';
import type { Peek, SourceInfo, SourceSchema } from '../studio/exploration.ts';
import type { MappingProposal, Template, TemplateSummary } from '../studio/template.ts';
import type { SuiteReport, TestReport } from '../studio/testing.ts';
import type { ColumnSchema } from '../table-schema.ts';
import type { ChartRecommendation } from './chart.ts';

/** What an artifact shows, by kind. Large or live data travels by handle (`executionId`), never inside. */
export interface ArtifactData {
  'sql-editor': {
    readonly sql: string;
    readonly diagnostics: readonly Diagnostic[];
    readonly explanation?: string;
    readonly assumptions?: readonly string[];
    readonly alternatives?: readonly { readonly label: string; readonly sql: string }[];
    readonly metrics: readonly string[];
    readonly alerts: readonly string[];
    readonly chart?: ChartRecommendation;
    readonly cellId?: string;
  };
  'query-results': {
    readonly sql: string;
    /** Live rows come from the execution; absent for a finished, stored result. */
    readonly executionId?: string;
    readonly columns: readonly ColumnSchema[];
    /** First rows, at most 200, for hosts that cannot stream. */
    readonly rows: readonly Row[];
    readonly rowCount: number;
    readonly chart?: ChartRecommendation;
    readonly silence?: Silence;
    readonly elapsedMs?: number;
  };
  'schema-viewer': {
    readonly schemas: readonly SourceSchema[];
    /** Present when versions are compared. */
    readonly diff?: readonly {
      readonly source: string;
      readonly change: 'field_added' | 'field_removed' | 'type_changed' | 'field_renamed';
      readonly field: string;
      readonly oldType?: string;
      readonly newType?: string;
      readonly impact: readonly string[];
      readonly severity: 'info' | 'low' | 'medium' | 'high';
      readonly suggestion?: string;
    }[];
  };
  'test-results': { readonly report: TestReport } | { readonly suite: SuiteReport };
  'deploy-summary': { readonly deployment: Deployment };
  topology: { readonly topology: Topology; readonly deploymentId?: string; readonly metrics?: Readonly<Record<string, JobMetrics>> };
  'grafana-embed': {
    readonly dashboard: DashboardPlan;
    readonly url?: string;
    readonly sql?: readonly string[];
    /** The application it is of, where one was made with it. */
    readonly appId?: string;
  };
  'topic-list': { readonly sources: readonly SourceInfo[]; readonly connectionId?: string };
  'data-preview': { readonly peeks: readonly Peek[] };
  'app-preview': {
    readonly app: App;
    readonly readOnly: boolean;
    readonly template?: Template;
    readonly mappings?: readonly MappingProposal[];
  };
  'template-browser': {
    readonly templates: readonly TemplateSummary[];
    readonly categories: readonly { readonly name: string; readonly count: number }[];
  };
}

export type ArtifactKind = keyof ArtifactData;

/** Names of actions a host may offer on an artifact. */
export type ArtifactActionName =
  | 'run'
  | 'test'
  | 'deploy'
  | 'edit'
  | 'apply-fix'
  | 'regenerate-data'
  | 'ignore'
  | 'view-report'
  | 'add-assertions'
  | 'test-all'
  | 'deploy-app'
  | 'view-sql'
  | 'refresh'
  | 'inspect'
  | 'peek'
  | 'use-template'
  | 'pause'
  | 'resume'
  | 'export';

export interface ArtifactAction {
  readonly name: ArtifactActionName;
  readonly label: string;
  readonly primary?: boolean;
}

/** What an artifact rests on, in one line. */
export interface ArtifactProvenance {
  /** Relations or sources read. */
  readonly sources: readonly string[];
  readonly scanned?: number;
  readonly available?: number;
  /** Event or wall time up to which it speaks. */
  readonly asOf?: number;
  readonly tookMs?: number;
  /** Tool or person that made it. */
  readonly by: string;
}

export type ArtifactState = 'waiting' | 'live' | 'paused' | 'stale' | 'done' | 'empty' | 'failed';

/** One version of one artifact of one kind. */
export interface ArtifactOf<K extends ArtifactKind> {
  readonly kind: K;
  readonly id: string;
  /** 1, 2, …; the same id with a higher version replaces. */
  readonly version: number;
  readonly title: string;
  readonly state: ArtifactState;
  readonly error?: { readonly code: string; readonly message: string; readonly hint?: string };
  readonly data: ArtifactData[K];
  readonly actions: readonly ArtifactAction[];
  readonly provenance: ArtifactProvenance;
  readonly createdAt: number;
}

/** Any artifact; `kind` tells which. Plain JSON. */
export type Artifact = { [K in ArtifactKind]: ArtifactOf<K> }[ArtifactKind];
