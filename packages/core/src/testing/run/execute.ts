import { testingError } from '../../diagnostics/codes/testing.ts';
import { VeloError } from '../../diagnostics/velo-error.ts';
import type { EngineOptions, SourceInput } from '../../engine/api.ts';
import { createConnectors } from '../../engine/connector-source.ts';
import { systemScheduler } from '../../engine/default-ports.ts';
import { createExecution, type Execution } from '../../engine/execution.ts';
import type { GraphNode } from '../../engine/graph.ts';
import { type Prepared, prepare } from '../../engine/prepare.ts';
import { createQuery } from '../../engine/query.ts';
import { declareSource } from '../../engine/source-input.ts';
import { createToldWarnings, type ToldWarnings } from '../../engine/told-warnings.ts';
import type { Change, Checkpoint, QueryMetrics, Row, Silence } from '../../protocol/query.ts';
import type { PlanCoverage } from '../../protocol/studio/testing.ts';
import type { TableSchema } from '../../protocol/table-schema.ts';
import { DEFAULT_LIMITS } from '../../runtime/limits.ts';
import type { RecordErrorInfo } from '../../runtime/operator.ts';
import type { BoundOutput } from '../../sql/bind/bound.ts';
import type { QueryPlan } from '../../sql/plan/plan.ts';
import { parseStatements } from '../../sql/syntax/parse-statements.ts';
import { createRandom } from '../../values/generate/random.ts';
import type { ErrorType, RecordError } from '../assert/captured-output.ts';
import { instrument } from '../coverage/instrument.ts';

export interface ExecuteRequest {
  readonly sql: string;
  /** `last`: the script's last query; `all`: every stream and table by name. */
  readonly wanted: 'last' | 'all';
  readonly sources: Readonly<Record<string, SourceInput>>;
  readonly tables?: Readonly<Record<string, SourceInput>>;
  readonly engine?: Omit<EngineOptions, 'sources' | 'tables' | 'clock' | 'rng'>;
  readonly seed: number;
  /** Clock of the run, ms since the epoch. */
  readonly now: number;
  readonly timeoutMs?: number;
  readonly signal?: AbortSignal;
  readonly batchRows?: number;
  readonly coverage?: boolean;
  readonly changes?: boolean;
  readonly from?: Checkpoint;
  /** Where the last query is written to as well; nowhere by default. */
  readonly into?: string;
  /** Bytes in use now, where that is known. */
  readonly memory?: () => number;
}

export interface ExecutedQuery {
  readonly name: string;
  readonly rows: readonly Row[];
  readonly final: readonly Row[];
  readonly changes?: readonly Change[];
  readonly schema: TableSchema;
  readonly metrics: QueryMetrics;
  readonly silence: Silence;
  readonly plan: QueryPlan;
}

export interface Executed {
  readonly queries: readonly ExecutedQuery[];
  readonly errors: readonly RecordError[];
  readonly errorCount: number;
  readonly coverage?: PlanCoverage;
  readonly elapsedMs: number;
  readonly memoryPeakBytes?: number;
  readonly memoryGrowthBytes?: number;
  readonly warnings: readonly string[];
  /** Names of the relations that were read from outside. */
  readonly relations: readonly string[];
}

/** Errors that are kept whole; the rest is counted. */
const ERRORS_MAX = 1000;

/** Runs SQL over given sources to their end: rows, changes, counters and, on request, which branches of the plan were reached. */
export async function execute(request: ExecuteRequest): Promise<Executed> {
  const engine = request.engine ?? {};
  // What connectors have to say is part of the report, like what is doubtful in the SQL.
  const told = createToldWarnings();
  const prepared = await prepareFor(request, told);
  const counters: { execution: Execution | null } = { execution: null };
  const rowsLate = (name: string): number => {
    const node = counters.execution?.graph.nodes.find((n) => n.statement.name === name);
    return node?.pipeline.operators.reduce((sum, o) => sum + o.metrics.rowsLate, 0) ?? 0;
  };
  const instrumented = request.coverage ? instrument(prepared.statements, { rowsLate }) : null;
  const random = createRandom(request.seed, 'engine');
  const started = systemScheduler.elapsed();
  // Sinks of the SQL are not written to: what would go there is what is tested.
  const all = instrumented?.statements ?? prepared.statements;
  const lastVisible = all.findLast((s) => !s.internal);
  const statements = all.map((s) => ({ ...s, output: s === lastVisible ? outputTo(request.into) : null }));
  const execution = createExecution({
    prepared: { ...prepared, statements },
    limits: { ...DEFAULT_LIMITS, ...engine.limits, ...(request.timeoutMs === undefined ? {} : { maxTimeMs: request.timeoutMs }) },
    connectors: createConnectors(engine.connectors ?? [], { warn: told.add, now: () => request.now }),
    signal: request.signal,
    from: request.from,
    sequence: counter(),
    clock: { now: () => request.now },
    rng: { next: () => random.next() },
    scheduler: engine.scheduler ?? systemScheduler,
    batchRows: request.batchRows ?? 4096,
    codegen: engine.codegen ?? true,
    compat: engine.compat ?? 'standard',
    changes: engine.changes ?? 'per-record',
  });
  counters.execution = execution;
  const errors = keepErrors(execution);
  const memory = memoryWatch(request.memory);
  const queries = await readAll(execution, request).catch((error: unknown) => {
    throw timedOut(error, request.timeoutMs);
  });
  instrumented?.points.finish();
  return {
    queries,
    errors,
    errorCount: execution.log.errors,
    ...(instrumented ? { coverage: instrumented.points.report() } : {}),
    elapsedMs: systemScheduler.elapsed() - started,
    ...memory(),
    warnings: [...prepared.warnings.filter((w) => w.severity !== 'info').map((w) => w.message), ...told.counts.keys()],
    relations: prepared.relations.map((r) => r.relation.name),
  };
}

const outputTo = (uri: string | undefined): BoundOutput | null => (uri === undefined ? null : { targets: [uri], properties: new Map() });

function counter(): () => number {
  let n = 0;
  return () => n++;
}

function prepareFor(request: ExecuteRequest, told: ToldWarnings): Promise<Prepared> {
  const { sql, wanted, engine = {} } = request;
  const sources = Object.entries(request.sources).map(([name, input]) => declareSource(name, 'stream', input));
  const tables = Object.entries(request.tables ?? {}).map(([name, input]) => declareSource(name, 'table', input));
  return prepare({
    sql,
    parsed: parseStatements(sql, { maxSqlBytes: DEFAULT_LIMITS.maxSqlBytes, compat: engine.compat ?? 'standard' }),
    wanted,
    declared: new Map([...sources, ...tables].map((s) => [s.name, s])),
    mailboxes: new Map(),
    connectors: createConnectors(engine.connectors ?? [], { warn: told.add, now: () => request.now }),
    compat: engine.compat ?? 'standard',
    divisionByZero: engine.divisionByZero ?? 'null',
    missingFields: engine.missingFields ?? 'null',
    codegen: engine.codegen ?? true,
    signal: request.signal ?? new AbortController().signal,
  });
}

/** Keeps what the log of the execution would only count. */
function keepErrors(execution: Execution): RecordError[] {
  const errors: RecordError[] = [];
  const { log } = execution;
  const add = log.add.bind(log);
  Object.assign(log, {
    add(info: RecordErrorInfo) {
      if (errors.length < ERRORS_MAX)
        errors.push({ errorType: errorTypeOf(info), message: info.error.message, operator: info.operator, payload: info.sample });
      add(info);
    },
  });
  return errors;
}

function errorTypeOf({ error, operator }: RecordErrorInfo): ErrorType {
  if (operator.startsWith('Source')) return error.code === 'VS5108' ? 'schema_validation' : 'deserialization';
  if (/^VS51/.test(error.code)) return 'type_conversion';
  return /null/.test(error.reason) ? 'null_value' : 'sql_execution';
}

function memoryWatch(memory: (() => number) | undefined): () => { memoryPeakBytes?: number; memoryGrowthBytes?: number } {
  if (!memory) return () => ({});
  const before = memory();
  return () => {
    const after = memory();
    return { memoryPeakBytes: Math.max(before, after), memoryGrowthBytes: Math.max(0, after - before) };
  };
}

const timedOut = (error: unknown, timeoutMs: number | undefined): unknown =>
  VeloError.is(error) && error.details?.['limit'] === 'maxTimeMs' && timeoutMs !== undefined
    ? testingError('VS5408', { ms: timeoutMs }, { cause: error })
    : error;

async function readAll(execution: Execution, request: ExecuteRequest): Promise<ExecutedQuery[]> {
  const visible = execution.graph.nodes.filter((n) => !n.statement.internal);
  const nodes = request.wanted === 'last' ? visible.slice(-1) : visible;
  return Promise.all(nodes.map((node) => readOne(execution, node, request)));
}

async function readOne(execution: Execution, node: GraphNode, request: ExecuteRequest): Promise<ExecutedQuery> {
  const queue = execution.queues.get(node.statement.name);
  if (!queue) throw new Error(`internal: expected a queue of "${node.statement.name}"`);
  const query = createQuery(Promise.resolve({ execution, node, queue }), {
    decimals: request.engine?.decimals ?? 'string',
    giveUp: () => {},
  });
  const { rows, final, changes } = request.changes
    ? await readChanges(query.changes(), node.statement.plan)
    : { rows: await query.rows(), final: await query.table() };
  await query.ready;
  return {
    name: node.statement.name,
    rows,
    final,
    ...(changes ? { changes } : {}),
    schema: query.schema,
    metrics: query.metrics(),
    silence: query.explainSilence(),
    plan: node.statement.plan,
  };
}

async function readChanges(stream: AsyncIterable<Change>, plan: QueryPlan): Promise<{ rows: Row[]; final: Row[]; changes: Change[] }> {
  const changes: Change[] = [];
  const rows: Row[] = [];
  for await (const change of stream) {
    changes.push(change);
    if (change.op !== 'delete') rows.push(change.row);
  }
  return { rows, final: foldChanges(changes, plan.key !== null), changes };
}

/** The last row per key and window; without a key every row stands. */
export function foldChanges(changes: readonly Change[], keyed: boolean): Row[] {
  const last = new Map<string, Row>();
  for (const [i, c] of changes.entries()) {
    const key = keyed
      ? JSON.stringify([c.key.map((v) => `${typeof v}:${String(v)}`), c.window?.start ?? null, c.window?.end ?? null])
      : String(i);
    if (c.op === 'delete') last.delete(key);
    else last.set(key, c.row);
  }
  return [...last.values()];
}
