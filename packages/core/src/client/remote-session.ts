import { VeloError } from '../diagnostics/velo-error.ts';
import type { Artifact } from '../protocol/artifacts/artifact.ts';
import type { DashboardPlan } from '../protocol/studio/app.ts';
import type { Deployment, DeployOptions, DeployPlan } from '../protocol/studio/deployment.ts';
import type { Cell, CellTestConfig, ChatMessage, Connection, NotebookDocument, ThreadContext } from '../protocol/studio/notebook.ts';
import type {
  ChangeOptions,
  ConnectOptions,
  ExecuteOptions,
  Execution,
  GenerateDataRequest,
  GeneratedData,
  Notebook,
  Session,
} from '../protocol/studio/session.ts';
import type { SqlContext, ValidationReport } from '../protocol/studio/sql-service.ts';
import type { SuiteReport, TestReport, TestRequest } from '../protocol/studio/testing.ts';
import type { TableSchema } from '../protocol/table-schema.ts';
import { RemoteExecution } from './remote-execution.ts';
import type { Transport } from './transport.ts';

/** What the other side sends of a session with each change. */
export interface SessionState {
  readonly id: string;
  readonly name: string;
  readonly cells: readonly Cell[];
  readonly messages: readonly ChatMessage[];
  readonly testConfig: CellTestConfig | null;
  readonly context: ThreadContext;
}
interface WithState {
  readonly state: SessionState;
}

/** A session of a studio elsewhere: a copy of its notebook and context, renewed by every answer that changes them. */
export class RemoteSession implements Session {
  readonly notebook: Notebook;
  private state: SessionState;
  private kept: readonly Artifact[];
  private readonly transport: Transport;
  /** Changes of cells go one after the other: each is made from what the one before it left. */
  private cellChanges: Promise<unknown> = Promise.resolve();
  private readonly executions = new Map<string, RemoteExecution>();

  constructor(transport: Transport, state: SessionState, artifacts: readonly Artifact[] = []) {
    this.transport = transport;
    this.state = state;
    this.kept = artifacts;
    this.notebook = this.remoteNotebook();
  }

  get id(): string {
    return this.state.id;
  }
  get name(): string {
    return this.state.name;
  }
  get context(): ThreadContext {
    return this.state.context;
  }

  /** Counts up with each state that was taken: what was asked for before one may be older than it. */
  taken = 0;

  /** Takes a newer state, e.g. one that came at the end of a chat. */
  take(state: SessionState, artifacts?: readonly Artifact[]): void {
    this.taken++;
    this.state = state;
    if (artifacts) this.kept = artifacts;
  }

  async connect(uri: string, { signal, ...options }: ConnectOptions = {}): Promise<Connection> {
    const answer = await this.changing<{ connection: Connection }>('POST', '/connect', { uri, ...options }, signal);
    return answer.connection;
  }

  async disconnect(id: string): Promise<void> {
    await this.renew(
      this.transport.call<WithState>('DELETE', `/connections/${encodeURIComponent(id)}`, { query: { session_id: this.id } }),
    );
  }

  async declare(name: string, schema: TableSchema): Promise<void> {
    await this.changing('POST', '/declare', { name, schema });
  }

  async validate(sql: string, context: SqlContext = {}): Promise<ValidationReport> {
    const { report } = await this.transport.call<{ report: ValidationReport }>('POST', '/validate', {
      body: { sql, context, sessionId: this.id },
    });
    return report;
  }

  execute(sql: string, options: ExecuteOptions = {}): Execution {
    const execution = RemoteExecution.start(this.transport, this.id, sql, options);
    void execution.ready.then(
      () => this.executions.set(execution.id, execution),
      () => {},
    );
    return execution;
  }

  /** Also one that the other side started by itself; whether it is still there shows in its `ready`. */
  execution(id: string): Execution | undefined {
    let execution = this.executions.get(id);
    if (!execution) {
      execution = RemoteExecution.attach(this.transport, this.id, id);
      this.executions.set(id, execution);
    }
    return execution;
  }

  async test(sql: string, { signal, ...request }: TestRequest = {}): Promise<TestReport> {
    const { report } = await this.transport.call<{ report: TestReport }>('POST', '/test', {
      body: { sql, ...request, sessionId: this.id },
      signal,
    });
    return report;
  }

  async generateData(request: GenerateDataRequest): Promise<GeneratedData> {
    const answer = (await this.transport.raw('POST', '/generate-data', { body: request })) as {
      records_by_source: GeneratedData['records'];
      schema_used: unknown;
      metadata: { generation_time_ms: number };
    };
    const { fromWire } = await import('../protocol/wire.ts');
    return {
      records: answer.records_by_source,
      schemaUsed: fromWire(answer.schema_used) as GeneratedData['schemaUsed'],
      generationTimeMs: answer.metadata.generation_time_ms,
    };
  }

  async dashboard(options: { readonly name?: string; readonly sql?: readonly string[] } = {}): Promise<DashboardPlan> {
    const body = { ...(options.name ? { dashboardName: options.name } : {}), ...(options.sql ? { sql: options.sql } : {}) };
    return (await this.changing<{ dashboard: DashboardPlan }>('POST', '/dashboards/generate', body)).dashboard;
  }

  async plan({ signal, ...options }: DeployOptions): Promise<DeployPlan> {
    return (await this.transport.call<{ plan: DeployPlan }>('POST', '/plan', { body: { ...options, sessionId: this.id }, signal })).plan;
  }

  async deploy({ signal, ...options }: DeployOptions): Promise<Deployment> {
    return (await this.transport.call<{ deployment: Deployment }>('POST', '/deploy', { body: { ...options, sessionId: this.id }, signal }))
      .deployment;
  }

  /** Stops what this client runs here; the session itself stays on the other side. */
  async close(): Promise<void> {
    await Promise.all([...this.executions.values()].map((e) => e.cancel()));
    this.executions.clear();
  }

  private async renew<T extends WithState>(answer: Promise<T>): Promise<T> {
    const value = await answer;
    this.take(value.state);
    return value;
  }

  private changing<T>(method: string, path: string, body: object, signal?: AbortSignal): Promise<T & WithState> {
    return this.renew(this.transport.call<T & WithState>(method, path, { body: { ...body, sessionId: this.id }, signal }));
  }

  /** Says which revision of the cell the change was made from; after a conflict, what is there now is shown. */
  private changeCell<T>(method: 'PUT' | 'DELETE', id: string, body: unknown, { ifRevision }: ChangeOptions = {}): Promise<T & WithState> {
    const base = `/notebooks/${encodeURIComponent(this.id)}`;
    const change = this.cellChanges.then(async () => {
      const if_revision = ifRevision ?? this.state.cells.find((c) => c.id === id)?.revision;
      const call = this.transport.call<T & WithState>(method, `${base}/cells/${encodeURIComponent(id)}`, {
        query: { if_revision },
        ...(body === undefined ? {} : { body }),
      });
      try {
        return await this.renew(call);
      } catch (error) {
        if (VeloError.is(error) && error.reason === 'conflict')
          await this.renew(this.transport.call<WithState>('GET', base)).catch(() => {});
        throw error;
      }
    });
    this.cellChanges = change.catch(() => {});
    return change;
  }

  private remoteNotebook(): Notebook {
    const base = () => `/notebooks/${encodeURIComponent(this.id)}`;
    const cell = (id: string) => `${base()}/cells/${encodeURIComponent(id)}`;
    const send = <T = object>(method: string, path: string, body?: unknown) =>
      this.renew(this.transport.call<T & WithState>(method, path, body === undefined ? {} : { body }));
    const state = () => this.state;
    const artifacts = () => this.kept;
    return {
      get cells() {
        return state().cells;
      },
      get messages() {
        return state().messages;
      },
      get artifacts() {
        return artifacts();
      },
      get testConfig() {
        return state().testConfig ?? undefined;
      },
      addCell: async (c) => (await send<{ cell: Cell }>('POST', `${base()}/cells`, c)).cell,
      updateCell: (id, change, o) => this.changeCell<{ cell: Cell }>('PUT', id, change, o).then((answer) => answer.cell),
      removeCell: async (id, o) => void (await this.changeCell('DELETE', id, undefined, o)),
      moveCell: async (id, index) => void (await send('POST', `${cell(id)}/move`, { index })),
      addMessage: async (message) => (await send<{ message: ChatMessage }>('POST', `${base()}/messages`, message)).message,
      putArtifact: async (artifact) => {
        await send('PUT', `${base()}/artifacts`, artifact);
        this.kept = [...this.kept.filter((a) => a.id !== artifact.id || a.version !== artifact.version), artifact];
      },
      setTestConfig: async (config) => void (await send('PUT', `${base()}/test-config`, config ?? {})),
      test: async ({ signal, ...request } = {}) =>
        (await this.transport.call<{ report: SuiteReport }>('POST', `${base()}/test`, { body: request, signal })).report,
      save: async () => {},
      export: async () => (await this.transport.raw('GET', `${base()}/export`)) as NotebookDocument,
    };
  }
}
