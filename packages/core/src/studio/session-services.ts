import { cannotDo } from '../diagnostics/codes/studio.ts';
import { dashboardFor } from '../observability/dashboard.ts';
import type { DashboardPlan } from '../protocol/studio/app.ts';
import type { Deployment, DeployOptions, DeployPlan } from '../protocol/studio/deployment.ts';
import type { Cell, CellTestConfig } from '../protocol/studio/notebook.ts';
import type { GenerateDataRequest, GeneratedData } from '../protocol/studio/session.ts';
import type { SqlContext, ValidationReport } from '../protocol/studio/sql-service.ts';
import type { Apps, Deployments, Templates } from '../protocol/studio/studio.ts';
import type { SuiteReport, TestReport, TestRequest } from '../protocol/studio/testing.ts';
import type { TableSchema } from '../protocol/table-schema.ts';
import type { SessionServices, ThreadSession } from '../sessions/session.ts';
import type { SessionRuntime } from '../sessions/session-runtime.ts';
import type { StudioSessions } from './sessions.ts';
import { validationReport } from './sql-service.ts';
import type { StudioOptions } from './studio-options.ts';

interface Surroundings {
  readonly sessions: StudioSessions;
  known(): Readonly<Record<string, TableSchema>>;
}

const missing = (what: string): never => {
  throw cannotDo(what, 'this build has no such part');
};

/** What sessions, apps and deployments share: tests, dashboards, plans. Parts that only some need are loaded when they are first used. */
export function sessionServices(runtime: SessionRuntime, options: StudioOptions) {
  return new StudioServices(runtime, options);
}

class StudioServices implements SessionServices {
  readonly templates: Templates = {
    list: async () => missing('listing templates'),
    get: async () => missing('templates'),
    preview: async () => missing('templates'),
    customize: async () => missing('templates'),
  };
  readonly deployments: Deployments = new Proxy({} as Deployments, { get: () => async () => missing('deployments') });
  private readonly runtime: SessionRuntime;
  private readonly options: StudioOptions;
  private around: Surroundings | undefined;

  constructor(runtime: SessionRuntime, options: StudioOptions) {
    this.runtime = runtime;
    this.options = options;
  }

  connectTo(around: Surroundings): void {
    this.around = around;
  }

  async validate(sql: string, schemas: Readonly<Record<string, TableSchema>>, context: SqlContext): Promise<ValidationReport> {
    return validationReport(sql, { ...this.around?.known(), ...schemas }, context);
  }

  async test(_session: ThreadSession, _sql: string, _request: TestRequest): Promise<TestReport> {
    return missing('testing');
  }

  async testNotebook(
    _session: ThreadSession,
    _cells: readonly Cell[],
    _request: TestRequest,
    _config: CellTestConfig | undefined,
  ): Promise<SuiteReport> {
    return missing('testing');
  }

  async generateData(_request: GenerateDataRequest): Promise<GeneratedData> {
    return missing('generating data');
  }

  async dashboard(session: ThreadSession, options: { readonly name?: string; readonly sql?: readonly string[] }): Promise<DashboardPlan> {
    const { metrics, alerts } = session.context;
    return dashboardFor(options.name ?? session.name, metrics, alerts);
  }

  async plan(_session: ThreadSession, _options: DeployOptions): Promise<DeployPlan> {
    return missing('planning');
  }

  async deploy(_session: ThreadSession, _options: DeployOptions): Promise<Deployment> {
    return missing('deploying');
  }

  readonly testApp: Apps['test'] = async () => missing('testing');
  readonly planApp: Apps['plan'] = async () => missing('planning');
  readonly deployApp: Apps['deploy'] = async () => missing('deploying');

  async close(): Promise<void> {
    void this.runtime;
    void this.options;
  }
}
