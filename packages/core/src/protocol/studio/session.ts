import type { Artifact } from '../artifacts/artifact.ts';
import type { Limits } from '../limits.ts';
import type { Query, Row } from '../query.ts';
import type { TableSchema } from '../table-schema.ts';
import type { DashboardPlan } from './app.ts';
import type { Deployment, DeployOptions, DeployPlan } from './deployment.ts';
import type { Cell, CellTestConfig, ChatMessage, Choices, Connection, NotebookDocument, ThreadContext } from './notebook.ts';
import type { Owner } from './owner.ts';
import type { SqlContext, ValidationReport } from './sql-service.ts';
import type { Studio } from './studio.ts';
import type { DataSchema, SuiteReport, TestReport, TestRequest } from './testing.ts';

/** A running query of a session. */
export interface Execution extends Query {
  readonly id: string;
  readonly sql: string;
}

export interface ConnectOptions {
  readonly as?: string;
  readonly type?: string;
  readonly format?: string;
  readonly options?: Readonly<Record<string, unknown>>;
  readonly signal?: AbortSignal;
}

export interface ExecuteOptions {
  readonly signal?: AbortSignal;
  readonly timeoutMs?: number;
  readonly maxRows?: number;
  readonly limits?: Partial<Limits>;
  /** Run on generated rows where a source cannot be read; the execution says so in `metrics().warnings`. */
  readonly synthetic?: boolean;
}

export interface GenerateDataRequest {
  readonly schema: DataSchema | readonly DataSchema[];
  readonly records?: number;
  readonly seed?: number;
  readonly foreignKeys?: readonly { readonly table: string; readonly field: string; readonly values: readonly (string | number)[] }[];
}

export interface GeneratedData {
  readonly records: Readonly<Record<string, readonly Row[]>>;
  readonly schemaUsed: readonly DataSchema[];
  readonly generationTimeMs: number;
}

/** Cells, messages and artifacts of one thread. Each change is saved by itself. */
export interface ChangeOptions {
  /** `revision` of the cell that the change was made from; another one now is a conflict. A remote session says it by itself. */
  readonly ifRevision?: number;
}

export interface Notebook {
  readonly cells: readonly Cell[];
  readonly messages: readonly ChatMessage[];
  readonly artifacts: readonly Artifact[];
  readonly testConfig: CellTestConfig | undefined;
  addCell(cell: Partial<Omit<Cell, 'id'>> & Pick<Cell, 'type'>): Promise<Cell>;
  /** @throws {VeloError} `conflict` where the cell, or the same cell in another studio on the store, was changed in the meantime */
  updateCell(id: string, change: Partial<Omit<Cell, 'id'>>, options?: ChangeOptions): Promise<Cell>;
  /** Takes its sources, sinks, metrics and alerts out of the context. */
  removeCell(id: string, options?: ChangeOptions): Promise<void>;
  moveCell(id: string, index: number): Promise<void>;
  addMessage(message: Omit<ChatMessage, 'id' | 'at'>): Promise<ChatMessage>;
  /** Keeps what an answer offers with the newest message, where that is the answer. Absent where the other side does so by itself. */
  offer?(choices: Choices): Promise<void>;
  putArtifact(artifact: Artifact): Promise<void>;
  setTestConfig(config: CellTestConfig | undefined): Promise<void>;
  /** Every SQL cell in dependency order with one set of generated data. */
  test(request?: TestRequest): Promise<SuiteReport>;
  save(): Promise<void>;
  export(): Promise<NotebookDocument>;
}

/** One thread of work: connections, context, notebook. */
export interface Session {
  readonly id: string;
  readonly name: string;
  readonly owner?: Owner | undefined;
  readonly notebook: Notebook;
  /** The studio as whoever opened this session sees it; what acts for that person, as an assistant does, acts on this one. */
  readonly studio?: Studio;
  readonly context: ThreadContext;
  connect(uri: string, options?: ConnectOptions): Promise<Connection>;
  disconnect(id: string): Promise<void>;
  /** Declares what a name means without connecting: a schema for editors, tests and generated data. */
  declare(name: string, schema: TableSchema): Promise<void>;
  validate(sql: string, context?: SqlContext): Promise<ValidationReport>;
  execute(sql: string, options?: ExecuteOptions): Execution;
  /** A running or recently finished execution of this session. */
  execution(id: string): Execution | undefined;
  test(sql: string, request?: TestRequest): Promise<TestReport>;
  generateData(request: GenerateDataRequest): Promise<GeneratedData>;
  dashboard(options?: { readonly name?: string; readonly sql?: readonly string[] }): Promise<DashboardPlan>;
  plan(options: DeployOptions): Promise<DeployPlan>;
  deploy(options: DeployOptions): Promise<Deployment>;
  close(): Promise<void>;
}
