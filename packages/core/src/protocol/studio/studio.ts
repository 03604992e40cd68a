import type { App, AppChanges, AppInput, AppUpdate } from './app.ts';
import type { Assistant } from './assistant.ts';
import type {
  ActiveAlert,
  Deployment,
  DeployOptions,
  DeployPlan,
  JobMetrics,
  LogLine,
  Shadow,
  ShadowOptions,
  TargetInfo,
} from './deployment.ts';
import type { ConsumerInfo, InspectRequest, ListRequest, Peek, PeekRequest, SourceInfo, SourceSchema, SourceStats } from './exploration.ts';
import type { NotebookDocument, NotebookSummary } from './notebook.ts';
import type { Viewer } from './owner.ts';
import type { Session } from './session.ts';
import type { SqlService } from './sql-service.ts';
import type { CustomizedApp, CustomizeOptions, MappingProposal, Template, TemplateSummary } from './template.ts';
import type { SuiteReport, TestRequest } from './testing.ts';

export interface Sessions {
  create(options?: { readonly name?: string; readonly id?: string }): Promise<Session>;
  open(id: string): Promise<Session>;
  list(): Promise<readonly NotebookSummary[]>;
  rename(id: string, name: string): Promise<void>;
  delete(id: string): Promise<boolean>;
  import(document: NotebookDocument): Promise<Session>;
}

/** Looking around in what a session has connected. Ids come from `list`; a URI is taken as well. */
export interface Sources {
  list(options?: ListRequest & { readonly sessionId?: string; readonly connectionId?: string }): Promise<readonly SourceInfo[]>;
  inspect(id: string, options?: InspectRequest & { readonly sessionId?: string }): Promise<SourceSchema>;
  peek(id: string, options?: PeekRequest & { readonly sessionId?: string }): Promise<Peek>;
  stats(id: string, options?: { readonly sessionId?: string; readonly signal?: AbortSignal }): Promise<SourceStats>;
  consumers(id?: string, options?: { readonly sessionId?: string; readonly signal?: AbortSignal }): Promise<readonly ConsumerInfo[]>;
  tail(id: string, options?: PeekRequest & { readonly sessionId?: string }): AsyncIterable<Peek>;
}

export interface Templates {
  list(options?: { readonly category?: string; readonly search?: string }): Promise<{
    readonly templates: readonly TemplateSummary[];
    readonly categories: readonly { readonly name: string; readonly count: number }[];
  }>;
  get(id: string): Promise<Template>;
  /** Best mapping onto a real source; nothing is kept. */
  preview(
    id: string,
    options: { readonly source: string; readonly sessionId?: string; readonly topic?: string },
  ): Promise<{ readonly mapping: MappingProposal; readonly sampleSql: string }>;
  customize(id: string, options: CustomizeOptions & { readonly sessionId?: string }): Promise<CustomizedApp>;
}

export interface Apps {
  create(app: AppInput): Promise<App>;
  get(id: string): Promise<App>;
  list(): Promise<readonly App[]>;
  update(id: string, update: AppUpdate): Promise<{ readonly app: App; readonly changes: AppChanges }>;
  delete(id: string): Promise<boolean>;
  test(id: string, options?: TestRequest & { readonly sessionId?: string }): Promise<SuiteReport>;
  plan(
    id: string,
    options?: Omit<DeployOptions, 'appId' | 'name'> & { readonly name?: string; readonly sessionId?: string },
  ): Promise<DeployPlan>;
  deploy(
    id: string,
    options: Omit<DeployOptions, 'appId' | 'name'> & { readonly name?: string; readonly sessionId?: string },
  ): Promise<Deployment>;
}

export interface Deployments {
  /** Where can be deployed to. A deployment that names no target goes to the one called `embedded`. */
  targets(): Promise<readonly TargetInfo[]>;
  list(): Promise<readonly Deployment[]>;
  get(id: string): Promise<Deployment>;
  start(id: string, job?: string): Promise<Deployment>;
  stop(id: string, job?: string): Promise<Deployment>;
  pause(id: string, job?: string): Promise<Deployment>;
  resume(id: string, job?: string): Promise<Deployment>;
  restart(id: string, job?: string): Promise<Deployment>;
  /** Back to the version before; its state comes with it. */
  rollback(id: string): Promise<Deployment>;
  delete(id: string): Promise<boolean>;
  /**
   * Runs another version beside the one that runs: it reads the same and writes nothing, and what both put out is compared. One that runs already
   * makes way. The input has to be one that can be read twice. With `share`, only so many percent of the keys are compared.
   */
  startShadow(id: string, app: AppInput, options?: ShadowOptions): Promise<Shadow>;
  shadow(id: string): Promise<Shadow>;
  /** The version of the shadow takes over; asks for the hash of its plan. */
  promote(id: string, planHash: string): Promise<Deployment>;
  /** Gives it up. False: there was none. */
  endShadow(id: string): Promise<boolean>;
  metrics(id: string): Promise<Readonly<Record<string, JobMetrics>>>;
  alerts(id: string): Promise<readonly ActiveAlert[]>;
  logs(id: string, options?: { readonly job?: string; readonly limit?: number }): Promise<readonly LogLine[]>;
  /** Prometheus text over all deployments. */
  metricsText(): Promise<string>;
}

/** The product as one interface: `createStudio` runs it in process, `createStudioClient` over HTTP. */
export interface Studio {
  readonly sql: SqlService;
  readonly sessions: Sessions;
  readonly sources: Sources;
  readonly templates: Templates;
  readonly apps: Apps;
  readonly deployments: Deployments;
  readonly assistant?: Assistant;
  /** The same studio as one caller may see it: what belongs to others is not there. Closing it closes nothing. */
  as?(viewer: Viewer): Studio;
  close(): Promise<void>;
}
