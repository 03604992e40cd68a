import type { ConnectorDefinition } from '../../connect/connector.ts';
import { VeloError } from '../../diagnostics/velo-error.ts';
import type { EngineOptions, SourceInput } from '../../engine/api.ts';
import { createEngine } from '../../engine/create-engine.ts';
import { type Job as EngineJob, runJob } from '../../engine/run-job.ts';
import type { AlertEvaluator } from '../../observability/alert-evaluator.ts';
import type { TraceContext } from '../../observability/trace-context.ts';
import { type Tracing, traced } from '../../observability/tracing/tracing.ts';
import type { QueryMetrics } from '../../protocol/query.ts';
import type { ActiveAlert, Job, JobMetrics, JobStatus, LogLine } from '../../protocol/studio/deployment.ts';
import type { TableSchema } from '../../protocol/table-schema.ts';
import type { Clock, Fs, Rng, Scheduler } from '../../runtime/ports.ts';
import type { RecordBatch } from '../../values/record-batch.ts';
import { type Expectation, type HealthLimits, healthOf } from './job-health.ts';
import type { JobScript } from './job-script.ts';
import { checkpointFs, JobTrace } from './job-trace.ts';
import { type LatencyHistogram, LatencyMeter } from './latency.ts';
import { measuredConnectors, measuredRows, type SourceMeter } from './measured-sources.ts';
import { type RestartPolicy, restartDelay } from './restart-policy.ts';

export interface JobPorts {
  readonly fs: Fs;
  readonly clock: Clock;
  readonly rng: Rng;
  readonly scheduler: Scheduler;
}

export interface EmbeddedJobOptions extends JobPorts {
  readonly name: string;
  readonly queryId: string;
  /** As written by the user. */
  readonly sql: string;
  readonly script: JobScript;
  readonly guarantee: string;
  readonly sources: Readonly<Record<string, SourceInput>>;
  readonly tables: Readonly<Record<string, SourceInput>>;
  readonly connectors: readonly ConnectorDefinition[];
  readonly engine: Pick<
    EngineOptions,
    'compat' | 'decimals' | 'divisionByZero' | 'missingFields' | 'codegen' | 'changes' | 'limits' | 'network'
  >;
  readonly directory: string;
  readonly checkpointEveryMs: number;
  readonly restart: RestartPolicy;
  readonly health: HealthLimits;
  readonly expected: Expectation;
  /** Made anew at each start, because counters begin at zero with a job. */
  observe(schemaOf: (statement: string) => TableSchema): JobObserver;
  /** Rows that it has not read yet, where that is known. */
  lag?(): number | undefined;
  readonly tracing?: Tracing;
  /** Of the deployment: starts of the job are part of it. */
  readonly trace?: TraceContext;
}

/** Sees the output of a job. */
export interface JobObserver {
  onBatch(statement: string, batch: RecordBatch): void;
  readonly alerts: readonly AlertEvaluator[];
  /** The job is over: its counters go. */
  close(): void;
}

const LOG_LINES_MAX = 500;

/** One query that runs, is watched, and is started again when it fails. It goes on from its last commit. */
export class EmbeddedJob {
  readonly name: string;
  /** Where its checkpoints are. */
  readonly directory: string;
  private readonly o: EmbeddedJobOptions;
  private readonly createdAt: number;
  private readonly trace: JobTrace;
  private status: JobStatus = 'stopped';
  private running: EngineJob | null = null;
  private engine: ReturnType<typeof createEngine> | null = null;
  private observer: JobObserver | null = null;
  private error: { readonly code: string; readonly message: string } | undefined;
  private startedAt: number | undefined;
  private lastInputAt: number | undefined;
  private lastOutputAt: number | undefined;
  private checkpointAt: number | undefined;
  private rowsOut = 0;
  private restarts = 0;
  private failures = 0;
  private latency = new LatencyMeter();
  private sourceLags: (() => number | undefined)[] = [];
  private last: QueryMetrics | null = null;
  private cancelRestart: (() => void) | null = null;
  private readonly lines: LogLine[] = [];
  /** Counts starts, so that what a former run still says is not taken for the present one. */
  private run = 0;

  constructor(options: EmbeddedJobOptions) {
    this.o = options;
    this.name = options.name;
    this.directory = options.directory;
    this.createdAt = options.clock.now();
    this.trace = new JobTrace(options);
  }

  /** Resolves when it reads, rejects with what is wrong with it. */
  async start(): Promise<void> {
    if (this.status === 'running' || this.status === 'starting' || this.status === 'paused') return;
    this.cancelRestart?.();
    this.failures = 0;
    await this.launch();
  }

  async stop(): Promise<void> {
    this.cancelRestart?.();
    this.cancelRestart = null;
    if (this.running === null) {
      if (this.status !== 'finished') this.status = 'stopped';
      return;
    }
    const job = this.running;
    this.run++;
    job.resume();
    this.log('info', 'stopping');
    await job
      .stop()
      .catch((error: unknown) =>
        this.log('warn', `the last commit failed: ${messageOf(error)}; the next start goes on from the one before`),
      );
    await this.tearDown();
    this.status = 'stopped';
    this.log('info', 'stopped');
  }

  pause(): void {
    if (this.status !== 'running' || this.running === null) return;
    this.running.pause();
    this.status = 'paused';
    this.log('info', 'paused; state and positions are kept');
  }

  resume(): void {
    if (this.status !== 'paused') return;
    this.running?.resume();
    this.status = 'running';
    this.log('info', 'resumed');
  }

  async restart(): Promise<void> {
    await this.stop();
    this.status = 'stopped';
    await this.start();
  }

  /** Ends at once, without a last commit: for targets that give up. */
  async abandon(): Promise<void> {
    this.cancelRestart?.();
    this.run++;
    await this.tearDown();
    this.status = 'stopped';
  }

  alerts(): readonly ActiveAlert[] {
    return (this.observer?.alerts ?? []).flatMap((evaluator) => evaluator.active());
  }

  logs(): readonly LogLine[] {
    return this.lines;
  }

  metrics(): JobMetrics {
    const m = this.engineMetrics();
    const now = this.o.clock.now();
    const { average } = this.latency;
    const p99 = this.latency.quantile(0.99);
    const lag = this.unread();
    return {
      recordsIn: m?.rowsIn ?? 0,
      recordsProcessed: this.rowsOut,
      recordsPerSecond: this.status === 'running' ? (m?.rowsPerSecond ?? 0) : 0,
      errors: (m?.rowErrors ?? 0) + (m?.sources ?? []).reduce((n, source) => n + source.badRecords, 0),
      lateDropped: m?.rowsLate ?? 0,
      ...(average === undefined ? {} : { latencyAvgMs: average }),
      ...(p99 === undefined ? {} : { latencyP99Ms: p99 }),
      ...(lag === undefined ? {} : { consumerLag: lag }),
      stateBytes: m?.stateBytes ?? 0,
      stateEntries: (m?.operators ?? []).reduce((n, operator) => n + operator.stateEntries, 0),
      ...joinsOf(m),
      restarts: this.restarts,
      uptimeSeconds: this.startedAt === undefined || this.running === null ? 0 : (now - this.startedAt) / 1000,
      watermark: m?.watermark ?? null,
      ...(this.lastInputAt === undefined ? {} : { lastInputAt: this.lastInputAt }),
      ...(this.lastOutputAt === undefined ? {} : { lastOutputAt: this.lastOutputAt }),
      ...(this.checkpointAt === undefined ? {} : { checkpointAt: this.checkpointAt }),
    };
  }

  snapshot(): Job {
    const metrics = this.metrics();
    const { health, reasons } = healthOf({ status: this.status, metrics, ...this.o.expected }, this.o.clock.now(), this.o.health);
    return {
      id: this.name,
      name: this.name,
      queryId: this.o.queryId,
      sql: this.o.sql,
      status: this.status,
      health,
      healthReasons: reasons,
      ...(this.error === undefined ? {} : { error: this.error }),
      guarantee: this.o.guarantee,
      metrics,
      createdAt: this.createdAt,
      ...(this.startedAt === undefined ? {} : { startedAt: this.startedAt }),
    };
  }

  /** Time to take in a batch, counted per record; bounds in ms. */
  latencyHistogram(boundsMs: readonly number[]): LatencyHistogram {
    return this.latency.histogram(boundsMs);
  }

  /** Last record errors, for the page of errors. */
  lastErrors(): QueryMetrics['lastErrors'] {
    return this.engineMetrics()?.lastErrors ?? [];
  }

  /** Of streams of the deployment and of sources outside, as far as they know. */
  private unread(): number | undefined {
    const known = [this.o.lag?.(), ...this.sourceLags.map((lag) => lag())].filter((lag) => lag !== undefined);
    return known.length === 0 ? undefined : known.reduce((sum, lag) => sum + lag, 0);
  }

  private engineMetrics(): QueryMetrics | null {
    if (this.running?.script.names.includes(this.o.script.main)) this.last = this.running.script.query(this.o.script.main).metrics();
    return this.last;
  }

  private launch(): Promise<void> {
    const { tracing, trace } = this.o;
    const attributes = { 'velo.job': this.name, 'velo.restarts': this.restarts };
    return traced(tracing, 'velo.job.start', { attributes, ...(trace ? { parent: trace } : {}) }, () => this.begin());
  }

  private async begin(): Promise<void> {
    const run = ++this.run;
    this.status = 'starting';
    this.error = undefined;
    this.latency = new LatencyMeter();
    this.sourceLags = [];
    this.rowsOut = 0;
    const { o } = this;
    const elapsed = () => o.scheduler.elapsed();
    const meter: SourceMeter = { taken: (rows, ms) => this.taken(rows, ms), opened: (lag) => this.sourceLags.push(lag) };
    this.engine = createEngine({
      ...o.engine,
      sources: measuredRows(o.sources, meter, elapsed),
      tables: o.tables,
      connectors: measuredConnectors(o.connectors, meter, elapsed),
      clock: o.clock,
      rng: o.rng,
      scheduler: o.scheduler,
      onWarning: (message) => this.log('warn', message),
    });
    const job = runJob(this.engine, o.script.sql, {
      fs: checkpointFs(o.fs, this.trace, () => {
        this.checkpointAt = o.clock.now();
      }),
      directory: o.directory,
      everyMs: o.checkpointEveryMs,
      clock: o.clock,
      rng: o.rng,
      scheduler: o.scheduler,
      onBatch: (name, batch) => this.onBatch(run, name, batch),
    });
    this.running = job;
    job.done.then(
      () => this.onDone(run),
      (error: unknown) => this.onFailed(run, error),
    );
    try {
      await job.script.ready;
      await Promise.all(job.script.names.map((name) => job.script.query(name).ready));
      await job.opened;
    } catch (error) {
      this.onFailed(run, error);
      throw error;
    }
    if (run !== this.run) return;
    this.observe(job);
    this.startedAt = o.clock.now();
    if (this.status !== 'starting') return;
    this.status = 'running';
    this.log('info', this.restarts === 0 ? 'running' : `running again (start ${this.restarts + 1})`);
  }

  private taken(rows: number, ms: number): void {
    if (rows === 0) return;
    this.lastInputAt = this.o.clock.now();
    this.latency.add(ms, rows);
    this.trace.batch(rows, ms);
  }

  private onBatch(run: number, name: string, batch: RecordBatch): void {
    if (run !== this.run) return;
    if (name === this.o.script.main) this.rowsOut += batch.length;
    if (batch.length > 0) this.lastOutputAt = this.o.clock.now();
    if (this.running !== null) this.observe(this.running).onBatch(name, batch);
  }

  /** Made when the schemas are known: at the first batch at the latest. */
  private observe({ script }: EngineJob): JobObserver {
    this.observer ??= this.o.observe((name) => script.query(name).schema);
    return this.observer;
  }

  private onDone(run: number): void {
    if (run !== this.run) return;
    this.engineMetrics();
    this.status = 'finished';
    this.log('info', 'finished: all input has ended');
  }

  private onFailed(run: number, error: unknown): void {
    if (run !== this.run) return;
    const { o } = this;
    const code = VeloError.is(error) ? error.code : 'VS5313';
    this.error = { code, message: messageOf(error) };
    this.engineMetrics();
    this.log('error', `${code}: ${messageOf(error)}`);
    if (this.startedAt !== undefined && o.clock.now() - this.startedAt > (o.restart.healthyAfterMs ?? 60_000)) this.failures = 0;
    this.failures++;
    const delay = restartDelay(o.restart, this.failures, code);
    const next = ++this.run;
    void this.tearDown();
    this.status = 'failed';
    if (delay === null) {
      this.log('error', 'it stays failed: another start would meet the same');
      return;
    }
    this.log('info', `starting again in ${delay} ms`);
    this.cancelRestart = o.scheduler.after(delay, () => {
      if (next !== this.run) return;
      this.restarts++;
      this.launch().catch(() => {
        // `onFailed` has noted it and decides about the next start.
      });
    });
  }

  private async tearDown(): Promise<void> {
    const { engine, observer } = this;
    this.engineMetrics();
    this.running = null;
    this.engine = null;
    this.observer = null;
    observer?.close();
    await engine?.close();
  }

  private log(level: LogLine['level'], message: string): void {
    this.lines.push({ at: this.o.clock.now(), level, job: this.name, message });
    if (this.lines.length > LOG_LINES_MAX) this.lines.shift();
  }
}

const messageOf = (error: unknown): string => (error instanceof Error ? error.message : String(error));

/** Joins of a job; absent where it has none. */
function joinsOf(metrics: QueryMetrics | null): Pick<JobMetrics, 'joins'> {
  const joins = (metrics?.operators ?? []).flatMap(({ join }) => join ?? []);
  return joins.length > 0 ? { joins } : {};
}
