import type { Span } from '../../diagnostics/span.ts';
import type { JoinMetrics, Row } from '../query.ts';
import type { TableSchema } from '../table-schema.ts';
import type { AlertInfo, AppInput, DashboardPlan, MetricInfo } from './app.ts';
import type { Owner } from './owner.ts';

export interface DeployOptions {
  readonly name: string;
  /** One of the three: an application by id, an application as it stands, or a whole notebook. */
  readonly appId?: string;
  readonly app?: AppInput;
  readonly notebookId?: string;
  /** W3C trace context of whoever asks: spans of the deployment go on from it. */
  readonly traceparent?: string;
  /** Target by name; `embedded` by default. */
  readonly target?: string;
  readonly deployDashboard?: boolean;
  readonly deployAlerts?: boolean;
  readonly grafanaUrl?: string;
  readonly prometheusUrl?: string;
  readonly parallelism?: number;
  readonly checkpointIntervalMs?: number;
  /** All jobs or none; otherwise a failure leaves the earlier ones running and is reported as partial. */
  readonly atomic?: boolean;
  /** Hash of the plan that was approved. Required unless the host lets `approve: 'auto'` through. */
  readonly planHash?: string;
  readonly approve?: 'auto';
  readonly signal?: AbortSignal;
}

/** What a deployment would do, found without doing it. */
export interface DeployPlan {
  readonly name: string;
  readonly target: string;
  readonly hash: string;
  readonly jobs: readonly {
    readonly name: string;
    /** What its query is called by people. */
    readonly title?: string;
    readonly queryId: string;
    readonly action: 'create' | 'replace' | 'keep' | 'remove';
    readonly state: 'none' | 'kept' | 'rebuilt' | 'incompatible';
    readonly reason?: string;
    readonly guarantee: string;
    readonly stateRowsEstimate?: number;
    readonly stateBytesEstimate?: number;
    readonly outputPerSecondEstimate?: number;
  }[];
  readonly metrics: readonly (MetricInfo & { readonly seriesEstimate?: number })[];
  readonly alerts: readonly AlertInfo[];
  readonly dashboard?: DashboardPlan;
  readonly warnings: readonly string[];
  readonly blockers: readonly string[];
  /** What the target makes of each statement, where it runs them in a language of its own. */
  readonly statements?: readonly StatementReview[];
}

/** `same`: equal results. `different`: runs, with the differences that `reasons` state. `refused`: does not run there; `reasons` say why. */
export interface StatementReview {
  readonly queryId: string;
  /** Where the statement stands in the SQL of its query. */
  readonly span: Span;
  readonly verdict: 'same' | 'different' | 'refused';
  /** Full sentences. */
  readonly reasons: readonly string[];
}

export type JobStatus = 'starting' | 'running' | 'paused' | 'stopped' | 'failed' | 'finished';

export interface JobMetrics {
  readonly recordsIn: number;
  readonly recordsProcessed: number;
  readonly recordsPerSecond: number;
  readonly errors: number;
  readonly lateDropped: number;
  readonly latencyAvgMs?: number;
  readonly latencyP99Ms?: number;
  readonly consumerLag?: number;
  readonly stateBytes: number;
  readonly stateEntries: number;
  readonly memoryMb?: number;
  readonly restarts: number;
  readonly uptimeSeconds: number;
  readonly watermark: number | null;
  readonly lastInputAt?: number;
  readonly lastOutputAt?: number;
  readonly checkpointAt?: number;
  /** Of its joins, the first in the plan first. */
  readonly joins?: readonly JoinMetrics[];
}

export interface Job {
  readonly id: string;
  /** As it is known to the target, to metrics and to commands: `<deployment>_<query id>`. */
  readonly name: string;
  /** What its query is called by people. */
  readonly title?: string;
  readonly queryId: string;
  readonly sql: string;
  readonly status: JobStatus;
  readonly health: 'healthy' | 'warning' | 'critical' | 'unknown';
  readonly healthReasons: readonly string[];
  /** `span` is the place in `sql`, where the failure has one. */
  readonly error?: { readonly code: string; readonly message: string; readonly span?: Span };
  readonly guarantee: string;
  readonly metrics: JobMetrics;
  readonly createdAt: number;
  readonly startedAt?: number;
}

export interface ActiveAlert {
  readonly name: string;
  readonly severity: 'critical' | 'warning' | 'info';
  readonly state: 'pending' | 'firing';
  readonly since: number;
  readonly condition: string;
  readonly labels: Readonly<Record<string, string>>;
  readonly value?: number;
}

export interface DeploymentStep {
  readonly kind: 'job' | 'metric' | 'alert' | 'dashboard';
  readonly name: string;
  /** What people call it, where that is not its name. */
  readonly title?: string;
  readonly status: 'pending' | 'done' | 'failed' | 'skipped';
  readonly message?: string;
  /** Of the error behind a failure, such as `VS5901`. */
  readonly code?: string;
}

export interface Deployment {
  readonly id: string;
  readonly owner?: Owner;
  readonly name: string;
  readonly target: string;
  readonly version: number;
  readonly status: 'starting' | 'running' | 'partial' | 'paused' | 'stopped' | 'failed';
  readonly health: Job['health'];
  readonly appId?: string;
  readonly notebookId?: string;
  readonly jobs: readonly Job[];
  readonly steps: readonly DeploymentStep[];
  readonly metrics: readonly MetricInfo[];
  readonly alerts: readonly AlertInfo[];
  readonly activeAlerts: readonly ActiveAlert[];
  readonly dashboard?: DashboardPlan;
  readonly dashboardUrl?: string;
  readonly planHash: string;
  readonly deployedAt: number;
  readonly capabilities: TargetCapabilities;
  /** Files that a bundle target wrote. */
  readonly files?: readonly string[];
}

/** What a target can do; what it cannot is disabled with a reason, never pretended. */
export interface TargetCapabilities {
  readonly pause: boolean;
  readonly resume: boolean;
  readonly restart: boolean;
  readonly stop: boolean;
  readonly rollback: boolean;
  readonly shadow: boolean;
  readonly metrics: boolean;
  readonly logs: boolean;
  readonly savepoint: boolean;
}

export interface LogLine {
  readonly at: number;
  readonly level: 'debug' | 'info' | 'warn' | 'error';
  readonly job?: string;
  readonly message: string;
}

/** How the outputs of two versions of a query compare, row by row under their keys. */
export interface ShadowComparison {
  readonly query: string;
  /** Keys that both put out with the same last row. */
  readonly equal: number;
  readonly different: number;
  readonly onlyOld: number;
  readonly onlyNew: number;
  /** At most ten of what differs. */
  readonly samples: readonly { readonly key: string; readonly old?: Row; readonly new?: Row; readonly columns: readonly string[] }[];
}

export interface ShadowOptions {
  /** Percent of the keys that are compared, each always or never; 100 by default. */
  readonly share?: number;
}

/** Two versions side by side on the same input; nothing of either is written anywhere. */
export interface ShadowRun {
  /** Per query that both have, by id. */
  compare(): readonly ShadowComparison[];
  /** Settles when the input has ended, or with what stopped it. */
  readonly done: Promise<void>;
  stop(): Promise<void>;
}

/** A version that runs beside the one of a deployment, to be promoted or given up. */
export interface Shadow {
  readonly deploymentId: string;
  /** What `promote` carries out; it asks for the hash. */
  readonly plan: DeployPlan;
  readonly status: 'running' | 'finished' | 'failed';
  readonly error?: string;
  readonly startedAt: number;
  readonly comparisons: readonly ShadowComparison[];
  /** Both put out the same so far, and something. */
  readonly isEqual: boolean;
}

/** A target as a page offers it. */
export type TargetInfo = Pick<DeployTarget, 'name' | 'capabilities'>;

export type ShadowSide = Pick<TargetRequest, 'app' | 'schemas' | 'sources'>;

/** Where an application runs. `deploy` gets the approved plan; everything else speaks of what it started. */
export interface DeployTarget {
  readonly name: string;
  readonly capabilities: TargetCapabilities;
  /** Jobs that may run at once; no limit when absent. */
  readonly maxJobs?: number;
  deploy(request: TargetRequest): Promise<TargetDeployment>;
  /** What the target has to say of a plan before anybody approves it. */
  review?(request: ReviewRequest): TargetReview;
  /** Runs two versions on the same input and compares what they put out; with the capability `shadow`. */
  shadow?(current: ShadowSide, next: ShadowSide, options?: ShadowOptions): ShadowRun;
}

export type ReviewRequest = Pick<TargetRequest, 'name' | 'app' | 'queries' | 'schemas' | 'sources'>;

export interface TargetReview {
  /** What cannot run there, and why. */
  readonly blockers: readonly string[];
  /** What runs there with a difference. */
  readonly warnings: readonly string[];
  /** What is promised there, by id of the query. */
  readonly guarantees: Readonly<Record<string, string>>;
  readonly statements?: readonly StatementReview[];
}

export interface TargetRequest {
  readonly id: string;
  readonly name: string;
  readonly plan: DeployPlan;
  /** 1 for the first version of a name, then counting up. */
  readonly version: number;
  readonly app: AppInput;
  readonly queries: readonly {
    readonly id: string;
    readonly name: string;
    readonly sql: string;
    readonly job: string;
    /** Equal for versions whose operators keep the same state. */
    readonly stateKey: string;
  }[];
  /** Schemas of what the queries read from outside. */
  readonly schemas: Readonly<Record<string, TableSchema>>;
  readonly options: DeployOptions;
  /** Sources of the session by name, as a connector would open them. */
  readonly sources: Readonly<Record<string, unknown>>;
  readonly previous?: TargetDeployment;
  readonly signal?: AbortSignal;
}

export interface TargetDeployment {
  jobs(): readonly Job[];
  start(job?: string): Promise<void>;
  stop(job?: string): Promise<void>;
  pause(job?: string): Promise<void>;
  resume(job?: string): Promise<void>;
  restart(job?: string): Promise<void>;
  /** Stops it and forgets what it kept. */
  remove(): Promise<void>;
  /** Stops it and keeps its state, for a roll-back or another start of the host. */
  close?(): Promise<void>;
  /** Lets go of jobs that run on elsewhere when the host ends; without it they are closed. */
  detach?(): Promise<void>;
  /** The steps of starting it, job by job. */
  readonly steps?: readonly DeploymentStep[];
  logs(options?: { readonly job?: string; readonly limit?: number }): Promise<readonly LogLine[]>;
  alerts(): readonly ActiveAlert[];
  /** Prometheus text of its jobs. */
  metricsText(): string;
  readonly files?: readonly string[];
}
