import { alertsOf } from '../apps/alerts-of.ts';
import { metricsOf } from '../apps/metrics-of.ts';
import { topologyOf } from '../apps/topology.ts';
import { unknownStudioSource } from '../diagnostics/codes/studio.ts';
import { VeloError } from '../diagnostics/velo-error.ts';
import type { SourceInput } from '../engine/api.ts';
import { createEngine } from '../engine/create-engine.ts';
import { maskedColumns } from '../protocol/mask-rows.ts';
import type { Query } from '../protocol/query.ts';
import type { DashboardPlan } from '../protocol/studio/app.ts';
import type { Deployment, DeployOptions, DeployPlan } from '../protocol/studio/deployment.ts';
import type { Cell, CellTestConfig, Connection, NotebookDocument, ThreadContext } from '../protocol/studio/notebook.ts';
import type { Owner } from '../protocol/studio/owner.ts';
import type { ConnectOptions, ExecuteOptions, Execution, GenerateDataRequest, GeneratedData, Session } from '../protocol/studio/session.ts';
import type { SqlContext, ValidationReport } from '../protocol/studio/sql-service.ts';
import type { SuiteReport, TestReport, TestRequest } from '../protocol/studio/testing.ts';
import type { TableSchema } from '../protocol/table-schema.ts';
import { outlineScript } from '../sql/bind/outline-script.ts';
import { type SecretsFor, withSecrets } from './bring-secrets.ts';
import { connectionOf, connectorHost, type OpenConnection, openConnection, within } from './connections.ts';
import { dividerOf, isDividerOpen } from './divider.ts';
import { engineExplorer } from './engine-explorer.ts';
import { Executions } from './executions.ts';
import { HOST_CONNECTION, type SessionExplorer, sessionExplorer } from './explore.ts';
import { newId } from './new-id.ts';
import { ThreadNotebook } from './notebook.ts';
import { sessionCatalog } from './session-catalog.ts';
import { SessionExecution } from './session-execution.ts';
import type { HostSource, SessionRuntime } from './session-runtime.ts';
import { type HostSecrets, hostSecrets, secretsOf } from './session-secrets.ts';
import { type SourceBinding, SourceRegistry } from './source-registry.ts';
import { syntheticRows } from './synthetic-rows.ts';
import { threadContext, withUpstream } from './thread-context.ts';

/** What a session leaves to the studio around it. */
export interface SessionServices {
  validate(
    session: ThreadSession,
    sql: string,
    schemas: Readonly<Record<string, TableSchema>>,
    context: SqlContext,
  ): Promise<ValidationReport>;
  test(session: ThreadSession, sql: string, request: TestRequest): Promise<TestReport>;
  testNotebook(
    session: ThreadSession,
    cells: readonly Cell[],
    request: TestRequest,
    config: CellTestConfig | undefined,
  ): Promise<SuiteReport>;
  generateData(request: GenerateDataRequest): Promise<GeneratedData>;
  dashboard(session: ThreadSession, options: { readonly name?: string; readonly sql?: readonly string[] }): Promise<DashboardPlan>;
  plan(session: ThreadSession, options: DeployOptions): Promise<DeployPlan>;
  deploy(session: ThreadSession, options: DeployOptions): Promise<Deployment>;
}

const INSPECT_MS = 3_000;
const MAX_ROWS = 1_000_000;
const LOOK_MAX = 12;
const LOOK_WAIT_MS = 1_500;

/** A thread of work in this process: what it has connected, what its names mean, what runs in it. */
export class ThreadSession implements Session {
  readonly id: string;
  readonly owner: Owner | undefined;
  readonly notebook: ThreadNotebook;
  readonly explorer: SessionExplorer;
  readonly registry = new SourceRegistry();
  private readonly runtime: SessionRuntime;
  private readonly services: SessionServices;
  private readonly connections = new Map<string, OpenConnection>();
  private readonly executions = new Executions();
  private title: string;
  private app: ThreadContext['app'];
  private broughtByHost: SecretsFor = () => [];

  constructor(document: NotebookDocument, runtime: SessionRuntime, services: SessionServices) {
    this.id = document.id;
    this.owner = document.owner;
    this.title = document.name;
    this.app = document.context.app;
    this.runtime = runtime;
    this.services = services;
    for (const [name, source] of runtime.hostSources) registerHost(this.registry, name, source);
    for (const [name, schema] of Object.entries(document.context.schemas)) if (!this.registry.find(name)) this.register(name, schema);
    this.notebook = new ThreadNotebook({
      runtime,
      document,
      name: () => this.title,
      renamed: (name) => {
        this.title = name;
      },
      context: () => this.context,
      test: (cells, request = {}, config) => services.testNotebook(this, cells, request, config),
    });
    const host = engineExplorer({
      sources: this.registry.all().map((b) => b.info),
      run: (sql, signal) => this.query(sql, signal),
      schemaOf: (name) => this.registry.find(name)?.schema,
    });
    this.explorer = sessionExplorer({ registry: this.registry, connections: this.connections, host });
  }

  get name(): string {
    return this.title;
  }

  /** Nothing runs in it and nothing is connected: read from the store again, it is as it was. */
  get isIdle(): boolean {
    return this.connections.size === 0 && !this.executions.isRunning;
  }

  get context(): ThreadContext {
    return threadContext({
      cells: this.notebook.cells,
      registry: this.registry,
      connections: [...this.connections.values()].map((c) => c.connection),
      ...(this.app ? { app: this.app } : {}),
      metricsOf,
      alertsOf,
    });
  }

  async rename(name: string): Promise<void> {
    this.title = name;
    await this.notebook.changed();
  }

  async setApp(app: ThreadContext['app']): Promise<void> {
    this.app = app;
    await this.notebook.changed();
  }

  async connect(uri: string, options: ConnectOptions = {}): Promise<Connection> {
    this.executions.checkOpen();
    const same = [...this.connections.values()].find((c) => options.as !== undefined && c.connection.alias === options.as);
    const opened = await this.openedConnection(uri, options);
    if (same) await this.drop(same);
    const found = await this.enter(opened);
    const divider = isDividerOpen(uri, options) ? dividerOf(found) : undefined;
    const { connection } = divider === undefined ? opened : await this.divided(opened, uri, options, divider);
    await this.notebook.changed();
    return connection;
  }

  private openedConnection(uri: string, options: ConnectOptions): Promise<OpenConnection> {
    const { runtime, registry } = this;
    return openConnection({ runtime, registry, run: (sql, signal) => this.query(sql, signal) }, uri, options);
  }

  /** Takes a connection in and looks at what it holds. */
  private async enter(opened: OpenConnection): Promise<readonly SourceBinding[]> {
    this.connections.set(opened.connection.id, opened);
    return this.lookAround(opened.connection.id);
  }

  /** Opens files anew whose columns are divided by something else than commas; where that cannot be, they stay as they were read. */
  private async divided(opened: OpenConnection, uri: string, options: ConnectOptions, delimiter: string): Promise<OpenConnection> {
    await this.drop(opened);
    const again = await this.openedConnection(uri, { ...options, options: { ...options.options, delimiter } }).catch(() =>
      this.openedConnection(uri, options),
    );
    await this.enter(again);
    return again;
  }

  async disconnect(id: string): Promise<void> {
    await this.drop(connectionOf(this.connections, id));
    await this.notebook.changed();
  }

  async declare(name: string, schema: TableSchema): Promise<void> {
    const known = this.registry.find(name);
    if (known) known.schema = schema;
    else this.register(name, schema);
    await this.notebook.changed();
  }

  async validate(sql: string, context: SqlContext = {}): Promise<ValidationReport> {
    const script = withUpstream(sql, this.notebook.cells);
    const schemas = { ...(await this.schemasFor(script)), ...context.schemas };
    return this.services.validate(this, sql, { ...schemas, ...(script === sql ? {} : madeSchemas(script, schemas)) }, context);
  }

  execute(sql: string, options: ExecuteOptions = {}): Execution {
    this.executions.admit();
    const id = newId('exec', this.runtime.rng);
    const script = withSecrets(withUpstream(sql, this.notebook.cells), this.secretsFor);
    const generated = new Set<string>();
    const engine = this.engineFor(script, options.synthetic === true ? generated : undefined);
    const limits = { ...this.runtime.limits, ...options.limits };
    const query = engine.run(script, { limits, ...(options.signal ? { signal: options.signal } : {}) });
    const execution = new SessionExecution({
      id,
      sql,
      engine,
      query,
      maxRows: options.maxRows ?? MAX_ROWS,
      timeoutMs: options.timeoutMs,
      generated: [...generated],
      masked: (schema) => this.maskedOutputs(script, schema),
      readsMasked: () => outlineScript(script).statements.some((s) => s.reads.some((name) => this.isMasked(name))),
      ended: () => {
        this.executions.end(id);
        void engine.close();
      },
    });
    this.executions.add(execution);
    return execution;
  }

  /** Secrets of addresses in stored SQL: those of open connections to the same server, else what the host has brought. */
  readonly secretsFor: SecretsFor = (place) => [
    ...secretsOf([...this.connections.values()].map(({ secrets }) => secrets))(place),
    ...this.broughtByHost(place),
  ];

  /** Asks the host for what the store did not keep; for a notebook of a caller, what that caller may have. */
  async bringSecrets(): Promise<void> {
    const { owner } = this;
    const { secrets, callerSecrets } = this.runtime;
    const ask: HostSecrets | undefined = owner === undefined ? secrets : callerSecrets && ((origin) => callerSecrets(origin, owner));
    const texts = this.notebook.cells.flatMap(({ sql }) => sql ?? []);
    try {
      this.broughtByHost = await hostSecrets(texts, ask);
    } catch (error) {
      // The notebook opens without them; what needs one says so when it is run.
      this.runtime.logger.log('warn', `secrets of notebook "${this.id}" could not be brought: ${String(error)}`);
    }
  }

  execution(id: string): Execution | undefined {
    return this.executions.find(id);
  }

  test(sql: string, request: TestRequest = {}): Promise<TestReport> {
    return this.services.test(this, withUpstream(sql, this.notebook.cells), request);
  }

  generateData(request: GenerateDataRequest): Promise<GeneratedData> {
    return this.services.generateData(request);
  }

  dashboard(options: { readonly name?: string; readonly sql?: readonly string[] } = {}): Promise<DashboardPlan> {
    return this.services.dashboard(this, options);
  }

  plan(options: DeployOptions): Promise<DeployPlan> {
    return this.services.plan(this, options);
  }

  deploy(options: DeployOptions): Promise<Deployment> {
    return this.services.deploy(this, options);
  }

  /** Stops what runs and lets go of connections; what is stored stays. */
  async close(): Promise<void> {
    await this.executions.close();
    await Promise.all([...this.connections.values()].map((c) => c.explorer.close?.()));
    this.connections.clear();
    await this.notebook.save().catch((error: unknown) => {
      // Deleted by another studio on the store: there is nothing left to keep.
      if (!VeloError.is(error) || error.reason !== 'notebook-not-found') throw error;
    });
  }

  /** Schemas of the relations that `sql` reads: known ones, else found by a short look at the source. */
  async schemasFor(sql: string): Promise<Record<string, TableSchema>> {
    const schemas: Record<string, TableSchema> = {};
    for (const b of this.registry.all()) if (b.schema) schemas[b.name] = b.schema;
    const reads = [...new Set(outlineScript(sql).statements.flatMap((s) => s.reads))];
    await Promise.all(
      reads.map(async (name) => {
        const b = this.registry.find(name);
        if (!b) return;
        if (!b.schema) await this.look(b.info.id);
        if (b.schema) schemas[name] = b.schema;
      }),
    );
    return schemas;
  }

  /**
   * What the engine of a run or a deployment gets for the names that `sql` reads. With `generated`, names that nothing is connected under get
   * seeded rows of the shape that the SQL expects, and are noted there.
   */
  inputsFor(sql: string, generated?: Set<string>): Record<string, SourceInput> {
    const script = outlineScript(sql);
    const made = new Set(script.statements.flatMap((s) => (s.makes === undefined ? [] : [s.makes])));
    const declared = new Set(script.statements.flatMap((s) => (s.kind === 'declare' && s.name !== undefined ? [s.name] : [])));
    const inputs: Record<string, SourceInput> = {};
    for (const name of new Set(script.statements.flatMap((s) => s.reads))) {
      if (made.has(name) || declared.has(name)) continue;
      const b = this.registry.find(name);
      if (b?.input) inputs[name] = withSchema(b.input() as SourceInput, b.schema);
      else if (generated && !name.includes('://')) {
        inputs[name] = syntheticRows(sql, name, b?.schema);
        generated.add(name);
      } else if (b) throw unknownStudioSource(name, this.readableNames());
    }
    return inputs;
  }

  private readableNames(): readonly string[] {
    return [...new Set(this.registry.all().flatMap((b) => (b.input ? [b.name] : [])))];
  }

  private query(sql: string, signal: AbortSignal | undefined): Query {
    return this.engineFor(sql).run(sql, signal ? { signal } : {});
  }

  private engineFor(sql: string, generated?: Set<string>) {
    const { connectors, engine, clock, rng } = this.runtime;
    const inputs = Object.entries(this.inputsFor(sql, generated));
    const isTable = (name: string): boolean => this.registry.find(name)?.schema?.kind === 'table';
    return createEngine({
      ...engine,
      connectors,
      clock,
      rng,
      onWarning: connectorHost(this.runtime).warn,
      sources: Object.fromEntries(inputs.filter(([name]) => !isTable(name))),
      tables: Object.fromEntries(inputs.filter(([name]) => isTable(name))),
    });
  }

  /** Looks into the few sources of a new connection, so that what is asked next is asked of real fields. Waits a moment, not for the last one. */
  private async lookAround(connectionId: string): Promise<readonly SourceBinding[]> {
    const found = this.registry.all().filter((b) => b.info.connectionId === connectionId && !b.info.isTest);
    if (found.length === 0 || found.length > LOOK_MAX) return [];
    const looks = Promise.all(found.map((b) => this.look(b.info.id)));
    await Promise.race([looks, new Promise<void>((resolve) => setTimeout(resolve, LOOK_WAIT_MS))]);
    return found;
  }

  private async look(id: string): Promise<void> {
    try {
      await within(INSPECT_MS, undefined, (signal) => this.explorer.inspect(id, { maxRecords: 100, timeoutMs: INSPECT_MS, signal }));
    } catch (error) {
      // Not knowing a schema is no failure of whoever asked: names are then taken as written, and the run itself says what is wrong.
      connectorHost(this.runtime).warn(
        `the schema of "${id}" could not be found: ${error instanceof Error ? error.message : String(error)}`,
      );
    }
  }

  private register(name: string, schema: TableSchema): void {
    const info = { id: `declared/${name}`, name, kind: 'stream', connectionId: 'declared', uri: name } as const;
    this.registry.add({ name, info, input: null, schema, inspected: undefined });
  }

  private isMasked(name: string): boolean {
    return maskedColumns(this.registry.find(name)?.schema?.columns ?? []).length > 0;
  }

  private async drop(open: OpenConnection): Promise<void> {
    this.connections.delete(open.connection.id);
    this.registry.removeConnection(open.connection.id);
    await open.explorer.close?.();
  }

  /** Output columns that were computed from a tagged column, by lineage; none are looked for where nothing is tagged. */
  private maskedOutputs(sql: string, output: TableSchema): readonly string[] {
    const schemas: Record<string, TableSchema> = {};
    const tainted = new Set<string>();
    for (const b of this.registry.all()) {
      if (!b.schema) continue;
      schemas[b.name] = b.schema;
      for (const column of maskedColumns(b.schema.columns)) tainted.add(`${b.name}.${column}`);
    }
    if (tainted.size === 0) return [];
    const { lineage } = topologyOf(sql, schemas);
    for (let before = -1; before !== tainted.size; ) {
      before = tainted.size;
      for (const { from, to } of lineage) if (tainted.has(from)) tainted.add(to);
    }
    const names = new Set([...tainted].map((path) => path.slice(path.lastIndexOf('.') + 1)));
    return output.columns.flatMap((c) => (names.has(c.name) ? [c.name] : []));
  }
}

function registerHost(registry: SourceRegistry, name: string, source: HostSource): void {
  const { input, schema, uri = `host:${name}`, kind = schema?.kind ?? 'stream' } = source;
  registry.add({
    name,
    info: { id: `${HOST_CONNECTION}/${name}`, name, kind, connectionId: HOST_CONNECTION, uri },
    input: () => (typeof input === 'function' ? (input as () => SourceInput)() : input),
    schema,
    inspected: undefined,
  });
}

/** Connectors find their own types; rows of the host take the declared ones. */
export function withSchema(input: SourceInput, schema: TableSchema | undefined): SourceInput {
  if (schema === undefined || typeof input !== 'object' || input === null || 'uri' in input || 'schema' in input) return input;
  if (Array.isArray(input) || Symbol.iterator in input || Symbol.asyncIterator in input)
    return { rows: input as readonly object[], schema };
  return { ...input, schema } as SourceInput;
}

/** Schemas of the streams that upstream cells make, for the binding of one cell alone. */
function madeSchemas(script: string, schemas: Readonly<Record<string, TableSchema>>): Record<string, TableSchema> {
  const made: Record<string, TableSchema> = {};
  for (const s of outlineScript(script, { catalog: sessionCatalog(schemas, script) }).statements) {
    if (s.makes !== undefined && s.columns.length > 0) made[s.makes] = { columns: s.columns.map(({ isGroupKey: _k, ...c }) => c) };
  }
  return made;
}
