import { alertsOf } from '../apps/alerts-of.ts';
import { metricsOf } from '../apps/metrics-of.ts';
import { inputOf } from '../apps/update-app.ts';
import { createDeployments, type DeploymentService, type DeploySubject, embedded } from '../deploy/index.ts';
import { invalidRequest, notFound } from '../diagnostics/codes/studio.ts';
import { dashboardFor } from '../observability/dashboard.ts';
import type { App, AppInput, DashboardPlan } from '../protocol/studio/app.ts';
import type { Deployment, DeployOptions, DeployPlan } from '../protocol/studio/deployment.ts';
import type { Cell, CellTestConfig } from '../protocol/studio/notebook.ts';
import { isSameOwner, type Owner } from '../protocol/studio/owner.ts';
import type { GenerateDataRequest, GeneratedData } from '../protocol/studio/session.ts';
import type { SqlContext, ValidationReport } from '../protocol/studio/sql-service.ts';
import type { SuiteReport, TestReport, TestRequest } from '../protocol/studio/testing.ts';
import type { TableSchema } from '../protocol/table-schema.ts';
import type { SessionServices, ThreadSession } from '../sessions/session.ts';
import type { SessionRuntime } from '../sessions/session-runtime.ts';
import { queriesWithSecrets } from '../sessions/session-secrets.ts';
import { QUOTAS } from './quotas.ts';
import { restoredApp, restoredInputs } from './restored-inputs.ts';
import type { StudioSessions } from './sessions.ts';
import { validationReport } from './sql-service.ts';
import type { StudioOptions } from './studio-options.ts';
import { TestService } from './test-service.ts';

interface Surroundings {
  readonly sessions: StudioSessions;
  /** Schemas that whoever owns a session knows. */
  known(owner: Owner | undefined): Readonly<Record<string, TableSchema>>;
}

/** What sessions, apps and deployments share: tests, dashboards, plans. Parts that only some need are loaded when they are first used. */
export class StudioServices implements SessionServices {
  readonly deployments: DeploymentService;
  private readonly runtime: SessionRuntime;
  private readonly tests: TestService;
  private around: Surroundings | undefined;

  constructor(runtime: SessionRuntime, options: StudioOptions) {
    this.runtime = runtime;
    this.tests = new TestService(runtime);
    this.deployments = createDeployments({
      targets: options.targets ?? [embedded({ connectors: runtime.connectors })],
      store: runtime.store,
      clock: runtime.clock,
      bringSecrets: (subject) => restoredApp(subject, this.restoring(subject)),
      jobs: { ...QUOTAS, ...options.quotas },
      allowUnapproved: options.allowUnapprovedDeploys ?? false,
      ...(options.leaseMs === undefined ? {} : { leaseMs: options.leaseMs }),
    });
  }

  /** Sessions and apps use the services, and the services use them. */
  connectTo(around: Surroundings): void {
    this.around = around;
  }

  async validate(
    session: ThreadSession,
    sql: string,
    schemas: Readonly<Record<string, TableSchema>>,
    context: SqlContext,
  ): Promise<ValidationReport> {
    return validationReport(sql, { ...this.surroundings().known(session.owner), ...schemas }, context);
  }

  test(session: ThreadSession, sql: string, request: TestRequest): Promise<TestReport> {
    return this.tests.test(session, sql, request);
  }

  testNotebook(
    session: ThreadSession,
    cells: readonly Cell[],
    request: TestRequest,
    config: CellTestConfig | undefined,
  ): Promise<SuiteReport> {
    return this.tests.testNotebook(session, cells, request, config);
  }

  generateData(request: GenerateDataRequest): Promise<GeneratedData> {
    return this.tests.generateData(request);
  }

  async dashboard(session: ThreadSession, options: { readonly name?: string; readonly sql?: readonly string[] }): Promise<DashboardPlan> {
    const { metrics, alerts } = session.context;
    const own = options.sql ? { metrics: options.sql.flatMap(metricsOf), alerts: options.sql.flatMap(alertsOf) } : { metrics, alerts };
    return dashboardFor(options.name ?? session.name, own.metrics, own.alerts);
  }

  async plan(session: ThreadSession, options: DeployOptions): Promise<DeployPlan> {
    return this.deployments.plan(await this.subject(session, options), options);
  }

  async deploy(session: ThreadSession, options: DeployOptions): Promise<Deployment> {
    return this.deployments.deploy(await this.subject(session, options), options);
  }

  testApp(session: ThreadSession | undefined, app: App, request: TestRequest): Promise<SuiteReport> {
    return this.tests.testApp(session, app, request);
  }

  /** What was running when the host ended runs again. Nobody waits for it: `deployments.list` tells how it stands. */
  restore(): void {
    void this.deployments
      .restore((subject) => restoredInputs(subject, this.restoring(subject)))
      .catch((error: unknown) => this.runtime.logger.log('error', `deployments could not be restored: ${String(error)}`));
  }

  async close(): Promise<void> {
    await this.deployments.close();
  }

  /** What is to be deployed, with the sources that its SQL reads as this session reads them. */
  private async subject(session: ThreadSession, options: DeployOptions): Promise<DeploySubject> {
    // How it is tested is nothing that runs.
    const { test: _test, ...app } =
      options.appId === undefined ? (options.app ?? notebookApp(session)) : inputOf(await this.app(options.appId));
    if (app.queries.length === 0) throw invalidRequest('there is nothing to deploy', 'Add a query first.');
    const queries = queriesWithSecrets(app.queries, session.secretsFor);
    const ids = {
      ...(options.appId === undefined ? {} : { appId: options.appId }),
      ...(options.notebookId === undefined ? {} : { notebookId: options.notebookId }),
    };
    const { owner } = session;
    const reads = queries.map((q) => q.sql).join(';\n\n');
    return {
      ...ids,
      ...(owner === undefined ? {} : { owner }),
      app: { ...app, queries },
      schemas: await session.schemasFor(reads),
      sources: session.inputsFor(reads),
    };
  }

  /** What a deployment may be started again with: not with what another caller has connected. */
  private restoring({ owner }: DeploySubject) {
    const opened = this.surroundings().sessions.opened();
    const sessions = opened.filter((session) => owner === undefined || session.owner === undefined || isSameOwner(session.owner, owner));
    return { runtime: this.runtime, sessions };
  }

  private async app(id: string): Promise<App> {
    const app = (await this.runtime.store.get('apps', id)) as App | undefined;
    if (app === undefined) throw notFound('app', id);
    return app;
  }

  private surroundings(): Surroundings {
    if (!this.around) throw new Error('the services are used before the studio is made');
    return this.around;
  }
}

/** Every SQL cell of a notebook as one application; cells without a name go by their place, and people call them as their editor is called. */
function notebookApp({ name, notebook }: ThreadSession): AppInput {
  const cells = notebook.cells.filter((cell) => cell.type === 'sql' && cell.sql);
  const titleOf = ({ id }: Cell): string | undefined =>
    notebook.artifacts.findLast((artifact) => artifact.kind === 'sql-editor' && artifact.data.cellId === id)?.title;
  const queries = cells.map((cell, i) => {
    const title = cell.name ?? titleOf(cell);
    return {
      id: `q${i + 1}`,
      name: cell.name ?? `query ${i + 1}`,
      ...(title === undefined || title === cell.name ? {} : { title }),
      sql: cell.sql as string,
    };
  });
  return { name, queries };
}
