import { testingError } from '../../diagnostics/codes/testing.ts';
import type { EngineOptions } from '../../engine/api.ts';
import { createConnectors } from '../../engine/connector-source.ts';
import { systemScheduler } from '../../engine/default-ports.ts';
import { createExecution, type Execution } from '../../engine/execution.ts';
import { explainSilence } from '../../engine/explain-silence.ts';
import { createMailbox, type Mailbox } from '../../engine/feeds/push-feed.ts';
import type { GraphNode } from '../../engine/graph.ts';
import { metricsOf } from '../../engine/metrics.ts';
import { type Prepared, prepare } from '../../engine/prepare.ts';
import { changesOf } from '../../engine/result-rows.ts';
import type { DeclaredSource } from '../../engine/source-input.ts';
import type { Change, QueryMetrics, Row, Silence, Value } from '../../protocol/query.ts';
import type { TableSchema } from '../../protocol/table-schema.ts';
import { DEFAULT_LIMITS } from '../../runtime/limits.ts';
import { makeRowWriter } from '../../runtime/row-writer.ts';
import { columnSchema } from '../../sql/catalog/column-schema.ts';
import { parseStatements } from '../../sql/syntax/parse-statements.ts';
import { apiWriter } from '../../values/api-value.ts';
import { scalarAt } from '../../values/column-read.ts';
import type { RecordBatch } from '../../values/record-batch.ts';
import { foldChanges } from '../run/execute.ts';

/** A source of a live run: open ones take rows step by step, tables are filled before the start. */
export interface LiveSource {
  readonly name: string;
  readonly kind: 'open' | 'table';
  readonly schema: TableSchema;
  readonly rows: readonly object[];
  readonly watermarkDelayMs: number | undefined;
}

/** What one statement has given so far. */
export interface LiveOutput {
  readonly name: string;
  readonly changes: Change[];
  readonly schema: TableSchema;
  readonly keyed: boolean;
  metrics(): QueryMetrics;
  silence(): Silence;
}

/** A run that goes on by steps: push, move time, wait until all of it is worked off, look. */
export interface LiveRun {
  readonly outputs: ReadonlyMap<string, LiveOutput>;
  readonly last: LiveOutput;
  push(source: string, rows: readonly object[]): void;
  watermark(source: string, time: number): void;
  end(): void;
  /** Resolves once all that was pushed is worked off. */
  settle(): Promise<void>;
  /** Stops as a crash would, right here, and goes on from a checkpoint. */
  restart(): Promise<void>;
  stop(): Promise<void>;
}

export interface LiveOptions {
  readonly sql: string;
  readonly wanted: 'last' | 'all';
  readonly sources: readonly LiveSource[];
  readonly engine: Omit<EngineOptions, 'sources' | 'tables'>;
  now(): number;
}

const rowsOf = (changes: readonly Change[]): Row[] => changes.flatMap((c) => (c.op === 'delete' ? [] : [c.row]));
export const liveRows = rowsOf;
export const liveFinal = (output: LiveOutput): Row[] => foldChanges(output.changes, output.keyed);

export async function startLiveRun(o: LiveOptions): Promise<LiveRun> {
  const run = new Live(o);
  await run.begin();
  return run;
}

class Live implements LiveRun {
  readonly outputs = new Map<string, LiveOutput>();
  private readonly o: LiveOptions;
  private mailboxes = new Map<string, Mailbox>();
  private execution: Execution | null = null;
  private sequence = 0;
  private failure: unknown = null;
  private started = false;
  private ended = false;
  private names: string[] = [];

  constructor(options: LiveOptions) {
    this.o = options;
  }

  get last(): LiveOutput {
    return this.outputs.get(this.names.at(-1) ?? '') as LiveOutput;
  }

  async begin(from?: Awaited<ReturnType<Execution['checkpoint']>>): Promise<void> {
    this.mailboxes = new Map(
      this.o.sources.filter((s) => s.kind === 'open').map((s) => [s.name, createMailbox(s.name, DEFAULT_LIMITS.maxBufferedRows)]),
    );
    const prepared = await this.prepare();
    const { engine } = this.o;
    const execution = createExecution({
      prepared: { ...prepared, statements: prepared.statements.map((s) => ({ ...s, output: null })) },
      limits: { ...DEFAULT_LIMITS, ...engine.limits },
      connectors: this.connectors(),
      signal: undefined,
      from,
      sequence: () => this.sequence++,
      clock: engine.clock ?? { now: () => this.o.now() },
      rng: engine.rng ?? { next: () => 0.5 },
      scheduler: engine.scheduler ?? systemScheduler,
      batchRows: 4096,
      codegen: engine.codegen ?? true,
      compat: engine.compat ?? 'standard',
      changes: engine.changes ?? 'per-record',
    });
    this.execution = execution;
    const nodes = execution.graph.nodes.filter((n) => !n.statement.internal);
    this.names = nodes.map((n) => n.statement.name);
    for (const node of nodes) this.watch(execution, node);
    if (from) {
      this.started = true;
      execution.start();
    }
  }

  push(source: string, rows: readonly object[]): void {
    if (rows.length > 0) this.mailbox(source).put({ kind: 'rows', sequence: this.sequence++, rows });
  }

  watermark(source: string, time: number): void {
    this.mailbox(source).put({ kind: 'watermark', sequence: this.sequence++, time });
  }

  end(): void {
    this.ended = true;
    for (const mailbox of this.mailboxes.values()) mailbox.put({ kind: 'end', sequence: this.sequence++ });
  }

  async settle(): Promise<void> {
    const execution = this.execution as Execution;
    if (!this.started) {
      this.started = true;
      execution.start();
    }
    if (execution.status === 'failed') throw this.failure;
    if (this.ended) await this.drained(execution);
    // A checkpoint is taken when nothing that was pushed waits any more.
    else await execution.checkpoint().catch((error: unknown) => this.rethrow(error));
    if (this.failure !== null) throw this.failure;
  }

  async restart(): Promise<void> {
    await this.settle();
    const execution = this.execution as Execution;
    const checkpoint = await execution.checkpoint();
    await execution.cancel('a simulated crash');
    await this.begin(checkpoint);
  }

  async stop(): Promise<void> {
    await this.execution?.cancel('the test is over');
  }

  private rethrow(error: unknown): never {
    throw this.failure ?? error;
  }

  private async drained(execution: Execution): Promise<void> {
    for (const queue of execution.queues.values()) {
      try {
        while ((await queue.take()) !== null);
      } catch (error) {
        this.failure ??= error;
      }
    }
  }

  private mailbox(source: string): Mailbox {
    const mailbox = this.mailboxes.get(source);
    if (!mailbox)
      throw testingError(
        'VS5407',
        { text: `"${source}" is no source of this test` },
        { hint: `Sources: ${[...this.mailboxes.keys()].join(', ')}.` },
      );
    if (this.ended)
      throw testingError('VS5407', { text: `nothing can be given to "${source}" after end()` }, { hint: 'Move end() behind it.' });
    return mailbox;
  }

  private connectors() {
    return createConnectors(this.o.engine.connectors ?? [], { warn: () => {}, now: () => this.o.now() });
  }

  private prepare(): Promise<Prepared> {
    const { sql, wanted, engine, sources } = this.o;
    const compat = engine.compat ?? 'standard';
    const declared = sources.map((s): [string, DeclaredSource] => [
      s.name,
      {
        name: s.name,
        kind: s.kind === 'table' ? 'table' : 'stream',
        data: s.kind === 'table' ? { kind: 'array', rows: s.rows } : { kind: 'open' },
        schema: s.schema,
        eventTime: s.schema.eventTime,
        watermarkDelayMs: s.watermarkDelayMs,
        key: s.schema.key,
      },
    ]);
    return prepare({
      sql,
      parsed: parseStatements(sql, { maxSqlBytes: DEFAULT_LIMITS.maxSqlBytes, compat }),
      wanted,
      declared: new Map(declared),
      mailboxes: this.mailboxes,
      connectors: this.connectors(),
      compat,
      divisionByZero: engine.divisionByZero ?? 'null',
      missingFields: engine.missingFields ?? 'null',
      codegen: engine.codegen ?? true,
      signal: new AbortController().signal,
    });
  }

  private watch(execution: Execution, node: GraphNode): void {
    const { plan, name } = node.statement;
    const fields = plan.root.fields.slice(0, plan.visible);
    const decimals = this.o.engine.decimals ?? 'string';
    const write = makeRowWriter(fields, decimals);
    const writers = plan.root.fields.map((f) => apiWriter(f.type, { decimals }));
    const keyValue = (batch: RecordBatch, column: number, row: number): Value =>
      writers[column]?.(scalarAt(batch.columns[column] as RecordBatch['columns'][number], row)) ?? null;
    const queue = execution.queues.get(name);
    const known = this.outputs.get(name);
    const changes = known?.changes ?? [];
    node.listeners.push((batch) => {
      for (const change of changesOf(batch, plan, write, keyValue, plan.root.changes === 'append')) changes.push(change);
      // What was looked at need not wait for a reader.
      queue?.takeNow();
    });
    this.outputs.set(name, {
      name,
      changes,
      schema: { columns: fields.map(columnSchema) },
      keyed: plan.key !== null,
      metrics: () => metricsOf(execution, node),
      silence: () => explainSilence(metricsOf(execution, node), node),
    });
  }
}
