import { flinkJobFailed, flinkStateMissing } from '../../diagnostics/codes/deploy-flink.ts';
import type { Span } from '../../diagnostics/span.ts';
import { VeloError } from '../../diagnostics/velo-error.ts';
import type { Job, JobStatus, LogLine } from '../../protocol/studio/deployment.ts';
import type { Clock, Scheduler } from '../../runtime/ports.ts';
import { type HealthLimits, healthOf } from '../embedded/job-health.ts';
import type { Gateway } from './client/gateway.ts';
import { type FlinkJobDetail, type FlinkJobs, hasEnded } from './client/jobs.ts';
import { waitFor } from './client/wait-for.ts';
import type { FlinkJobPlan } from './compose-jobs.ts';
import { guaranteeOn } from './guarantee.ts';
import { type JobMeasures, measure } from './job-measures.ts';
import { redactor } from './redact.ts';
import type { SavedJob, SavedState } from './saved-state.ts';
import { type JobSettings, sinkTables, submitJob } from './submit-job.ts';

export interface FlinkJobOptions {
  readonly plan: FlinkJobPlan;
  readonly gateway: Gateway;
  readonly jobs: FlinkJobs;
  readonly saved: SavedState;
  readonly settings: JobSettings;
  readonly savepointDirectory: string;
  readonly startTimeoutMs: number;
  readonly health: HealthLimits;
  readonly clock: Clock;
  readonly scheduler: Scheduler;
}

const LOG_LINES_MAX = 500;
const NOTHING: JobMeasures = {
  recordsIn: 0,
  recordsProcessed: 0,
  recordsPerSecond: 0,
  errors: 0,
  lateDropped: 0,
  stateBytes: 0,
  restarts: 0,
  uptimeSeconds: 0,
  watermark: null,
  checkpointProblem: undefined,
};

/** One job on the cluster: started, looked at, stopped with a savepoint, started again from it. */
export class FlinkJob {
  readonly name: string;
  private readonly o: FlinkJobOptions;
  private readonly state: SavedJob;
  private readonly redact: (text: string) => string;
  private readonly createdAt: number;
  private status: JobStatus = 'stopped';
  private measures: JobMeasures = NOTHING;
  private lastInputAt: number | undefined;
  private lastOutputAt: number | undefined;
  private guarantee: string;
  private error: { readonly code: string; readonly message: string } | undefined;
  /** Where the error is, in the SQL of one of the queries. */
  private errorAt: { readonly queryId: string; readonly span: Span } | undefined;
  private restarts = 0;
  private readonly lines: LogLine[] = [];
  /** Changes and looks come one after the other. */
  private turn: Promise<unknown> = Promise.resolve();

  constructor(options: FlinkJobOptions) {
    this.o = options;
    this.name = options.plan.name;
    this.state = options.saved.job(options.plan.name);
    this.redact = redactor(options.plan.script.secrets.values());
    this.createdAt = options.clock.now();
    this.guarantee = 'not known before it runs';
    if (this.state.wanted === 'paused') this.status = 'paused';
  }

  get key(): string {
    return this.o.plan.stateKey;
  }

  start = (): Promise<void> => this.inTurn(() => this.run());

  /** Stops with a savepoint; `resume` goes on from there. */
  pause = (): Promise<void> => this.inTurn(() => this.halt('paused'));
  resume = (): Promise<void> => this.inTurn(() => this.run());
  stop = (): Promise<void> => this.inTurn(() => this.halt('stopped'));

  restart = (): Promise<void> =>
    this.inTurn(async () => {
      await this.halt('stopped');
      await this.run();
      this.restarts++;
    });

  /** Ends it without a savepoint. */
  abandon = (): Promise<void> =>
    this.inTurn(async () => {
      if (this.state.jobId !== undefined) await this.o.jobs.cancel(this.state.jobId);
      delete this.state.jobId;
      this.status = 'stopped';
    });

  /** Looks at the cluster. One that does not answer is no failure of the job. */
  refresh = (): Promise<void> => this.inTurn(() => this.look());

  logs(): readonly LogLine[] {
    return this.lines;
  }

  /** One for each query that the job stands for. */
  snapshots(): readonly Job[] {
    const { checkpointProblem, ...measured } = this.measures;
    const metrics = {
      ...measured,
      restarts: measured.restarts + this.restarts,
      stateEntries: 0,
      ...(this.lastInputAt === undefined ? {} : { lastInputAt: this.lastInputAt }),
      ...(this.lastOutputAt === undefined ? {} : { lastOutputAt: this.lastOutputAt }),
    };
    const { health, reasons } = healthOf({ status: this.status, metrics, ...this.o.plan.expected }, this.o.clock.now(), this.o.health);
    const failing =
      checkpointProblem !== undefined && this.status === 'running' ? [`the last checkpoint failed: ${this.redact(checkpointProblem)}`] : [];
    const again = this.status === 'starting' && this.error !== undefined ? [`it fails and is started again: ${this.error.message}`] : [];
    return this.o.plan.queries.map((query) => ({
      id: query.job,
      name: query.job,
      queryId: query.id,
      sql: query.sql,
      status: this.status,
      health: again.length > 0 ? 'critical' : failing.length > 0 && health === 'healthy' ? 'warning' : health,
      healthReasons: [...reasons, ...failing, ...again],
      ...(this.error === undefined ? {} : { error: { ...this.error, ...this.placeIn(query.id) } }),
      guarantee: this.guarantee,
      metrics,
      createdAt: this.createdAt,
      ...(this.state.startedAt === undefined ? {} : { startedAt: this.state.startedAt }),
    }));
  }

  private placeIn(queryId: string): { readonly span?: Span } {
    return this.errorAt?.queryId === queryId ? { span: this.errorAt.span } : {};
  }

  private async run(): Promise<void> {
    const { plan, jobs, saved, clock } = this.o;
    const running = this.state.jobId === undefined ? undefined : await jobs.detail(this.state.jobId);
    this.state.wanted = 'running';
    if (running !== undefined && !hasEnded(running.state)) {
      if (this.state.hash === plan.hash) {
        this.log('info', `it runs already as ${running.jid}`);
        return this.settle(running.jid);
      }
      await this.halt('stopped');
      this.state.wanted = 'running';
    } else if (running?.state === 'FAILED') await this.keepCheckpoint(running.jid);
    this.status = 'starting';
    this.error = undefined;
    this.measures = NOTHING;
    const from = this.state.states[this.key];
    for (const { sql } of plan.script.statements) this.log('debug', sql);
    try {
      const { jobId, sinks } = await submitJob(this.o, from?.path, this.redact);
      this.state.jobId = jobId;
      this.state.hash = plan.hash;
      this.state.startedAt = clock.now();
      await saved.save();
      this.log('info', from === undefined ? `started as ${jobId}` : `started as ${jobId} from ${from.path}`);
      await this.settle(jobId, sinks);
    } catch (error) {
      await this.fail(this.coded(error, from?.path));
    }
  }

  /** Waits until every task runs; one that fails before is a failure to start. `sinks` are read back from where it was just submitted. */
  private async settle(jobId: string, sinks?: readonly string[]): Promise<void> {
    const { jobs, scheduler, startTimeoutMs: timeoutMs } = this.o;
    const isUp = ({ state, vertices }: FlinkJobDetail): boolean =>
      hasEnded(state) || (state === 'RUNNING' && vertices.every((vertex) => vertex.status === 'RUNNING' || vertex.status === 'FINISHED'));
    const look = async (): Promise<FlinkJobDetail | undefined> => {
      const detail = await jobs.detail(jobId);
      // It restarts on and on where it cannot start at all.
      if (detail?.state === 'RESTARTING' || detail?.state === 'FAILING') {
        const [last] = await jobs.exceptions(jobId);
        if (last !== undefined) throw flinkJobFailed(this.name, this.redact(last.message));
      }
      return detail !== undefined && isUp(detail) ? detail : undefined;
    };
    const detail = await waitFor(look, { scheduler, timeoutMs, what: `the start of job "${this.name}"` });
    if (detail.state === 'FAILED') throw await this.failureOf(jobId);
    this.guarantee = await guaranteeOn(jobs, jobId, sinks ?? sinkTables(this.o.plan.script));
    this.take(detail);
    this.status = statusOf(detail);
  }

  private async halt(to: 'paused' | 'stopped'): Promise<void> {
    const { jobs, saved, savepointDirectory: directory } = this.o;
    const id = this.state.jobId;
    this.state.wanted = to;
    const detail = id === undefined ? undefined : await jobs.detail(id);
    if (id !== undefined && detail !== undefined) {
      if (detail.state === 'RUNNING') await this.keep(await jobs.stopWithSavepoint(id, { directory, job: this.name }));
      else {
        // A job that is not well takes no savepoint: what it goes on from is its last checkpoint.
        await this.keepCheckpoint(id);
        await jobs.cancel(id);
      }
      this.log(
        'info',
        `${to}, ${this.state.states[this.key] === undefined ? 'without state' : `its state is at ${this.state.states[this.key]?.path}`}`,
      );
    }
    delete this.state.jobId;
    delete this.state.startedAt;
    this.status = to;
    this.error = undefined;
    await saved.save();
  }

  private async keepCheckpoint(id: string): Promise<void> {
    const { latest } = await this.o.jobs.checkpoints(id);
    const newest = [latest.completed, latest.savepoint]
      .flatMap((c) => c ?? [])
      .sort((a, b) => b.trigger_timestamp - a.trigger_timestamp)[0];
    if (newest?.external_path !== undefined) await this.keep(newest.external_path);
  }

  private async keep(path: string): Promise<void> {
    this.state.states[this.key] = { path, at: this.o.clock.now() };
    await this.o.saved.save();
  }

  private async look(): Promise<void> {
    const id = this.state.jobId;
    if (id === undefined) return;
    try {
      const detail = await this.o.jobs.detail(id);
      if (detail === undefined) {
        this.status = 'failed';
        this.error = { code: 'VS5935', message: 'the cluster does not know the job any more' };
        return;
      }
      this.status = statusOf(detail);
      // Between two attempts it says why the last one failed.
      if (detail.state === 'FAILED' || detail.state === 'RESTARTING' || detail.state === 'FAILING') this.note(await this.failureOf(id));
      else if (this.status === 'running') this.error = undefined;
      const checkpoints = await this.o.jobs.checkpoints(id);
      this.take(detail, await measure(this.o.jobs, detail, checkpoints));
    } catch (error) {
      this.log('warn', error instanceof Error ? error.message : String(error));
    }
  }

  private take(detail: FlinkJobDetail, measures?: JobMeasures): void {
    if (measures === undefined) return;
    if (measures.recordsIn > this.measures.recordsIn) this.lastInputAt = this.o.clock.now();
    if (measures.recordsProcessed > this.measures.recordsProcessed) this.lastOutputAt = this.o.clock.now();
    // Metrics of a job that has ended are gone from the cluster; the last ones stand.
    this.measures = hasEnded(detail.state)
      ? { ...this.measures, ...(measures.checkpointAt === undefined ? {} : { checkpointAt: measures.checkpointAt }) }
      : measures;
  }

  private async failureOf(id: string): Promise<VeloError> {
    const [last] = await this.o.jobs.exceptions(id);
    return flinkJobFailed(this.name, this.redact(last?.message ?? 'it gives no reason'));
  }

  private coded(error: unknown, from: string | undefined): unknown {
    const message = error instanceof Error ? error.message : String(error);
    const isState = /savepoint|checkpoint metadata|Cannot map|restore/i.test(message);
    return from !== undefined && isState && !(VeloError.is(error) && error.code === 'VS5931')
      ? flinkStateMissing(this.name, from, message)
      : error;
  }

  /** Leaves nothing on the cluster that could not start. */
  private async fail(error: unknown): Promise<never> {
    if (this.state.jobId !== undefined) await this.o.jobs.cancel(this.state.jobId).catch(() => undefined);
    delete this.state.jobId;
    this.status = 'failed';
    this.note(error);
    await this.o.saved.save();
    throw error;
  }

  private note(error: unknown): void {
    const message = this.redact(error instanceof Error ? error.message : String(error));
    if (this.error?.message !== message) this.log('error', message);
    this.error = { code: VeloError.is(error) ? error.code : 'VS5935', message };
    const queryId = VeloError.is(error) ? error.details?.['queryId'] : undefined;
    this.errorAt =
      VeloError.is(error) && error.span !== undefined && typeof queryId === 'string' ? { queryId, span: error.span } : undefined;
  }

  private log(level: LogLine['level'], message: string): void {
    this.lines.push({ at: this.o.clock.now(), level, job: this.name, message: this.redact(message) });
    if (this.lines.length > LOG_LINES_MAX) this.lines.shift();
  }

  private inTurn(work: () => Promise<void>): Promise<void> {
    const mine = this.turn.then(work, work);
    this.turn = mine.catch(() => undefined);
    return mine;
  }
}

function statusOf({ state, vertices }: FlinkJobDetail): JobStatus {
  switch (state) {
    case 'RUNNING':
      return vertices.every((vertex) => vertex.status === 'RUNNING' || vertex.status === 'FINISHED') ? 'running' : 'starting';
    case 'FAILED':
      return 'failed';
    case 'FINISHED':
      return 'finished';
    case 'CANCELED':
    case 'CANCELLING':
      return 'stopped';
    default:
      return 'starting';
  }
}
