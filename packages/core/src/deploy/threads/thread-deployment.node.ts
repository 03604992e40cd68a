import { Worker } from 'node:worker_threads';
import { notForThreads, threadFailed } from '../../diagnostics/codes/deploy.ts';
import { VeloError } from '../../diagnostics/velo-error.ts';
import type { ActiveAlert, DeploymentStep, Job, LogLine, TargetDeployment, TargetRequest } from '../../protocol/studio/deployment.ts';
import type { Clock, Scheduler } from '../../runtime/ports.ts';
import { type RestartPolicy, restartDelay } from '../embedded/restart-policy.ts';
import type { ThreadAction, ThreadAnswer, ThreadState } from './thread-protocol.ts';

export interface ThreadDeploymentOptions {
  readonly module: string | URL;
  readonly restart: RestartPolicy;
  readonly heapMaxMb?: number;
  readonly execArgv?: readonly string[];
  readonly request: TargetRequest;
  readonly clock: Clock;
  readonly scheduler: Scheduler;
}

type Done = Extract<ThreadAnswer, { kind: 'done' }>;
interface Pending {
  resolve(answer: Done): void;
  reject(error: unknown): void;
}

const LINES_MAX = 200;

/** A deployment in a worker thread, watched from here. What it last said stands until it says something new. */
export class ThreadDeployment implements TargetDeployment {
  private readonly o: ThreadDeploymentOptions;
  private readonly pending = new Map<number, Pending>();
  private readonly lines: LogLine[] = [];
  private worker: Worker | null = null;
  private state: ThreadState = { jobs: [], alerts: [], steps: [], metricsText: '' };
  private calls = 0;
  private failures = 0;
  private restarts = 0;
  private startedAt = 0;
  private isWanted = true;
  private problem: { readonly code: string; readonly message: string } | null = null;
  private cancelRestart: (() => void) | null = null;

  constructor(options: ThreadDeploymentOptions) {
    this.o = options;
  }

  get steps(): readonly DeploymentStep[] {
    return this.state.steps;
  }

  async launch(): Promise<void> {
    const { module, heapMaxMb, execArgv, request, clock } = this.o;
    const worker = new Worker(module, {
      ...(heapMaxMb === undefined ? {} : { resourceLimits: { maxOldGenerationSizeMb: heapMaxMb } }),
      ...(execArgv === undefined ? {} : { execArgv: [...execArgv] }),
    });
    this.worker = worker;
    this.startedAt = clock.now();
    let problem: unknown;
    worker.on('message', (answer: ThreadAnswer) => this.onAnswer(answer));
    worker.on('error', (error: unknown) => {
      problem = error;
    });
    worker.on('exit', (code) => this.onExit(worker, problem, code));
    try {
      await this.call('deploy', { request });
    } catch (error) {
      this.isWanted = false;
      await worker.terminate();
      if (error instanceof DOMException && error.name === 'DataCloneError') throw notForThreads(error);
      throw error;
    }
    this.problem = null;
  }

  jobs(): readonly Job[] {
    const { problem } = this;
    return this.state.jobs.map((job) => ({
      ...job,
      ...(problem === null
        ? {}
        : { status: 'failed' as const, health: 'critical' as const, healthReasons: ['its thread ended'], error: problem }),
      metrics: { ...job.metrics, restarts: job.metrics.restarts + this.restarts },
    }));
  }

  start = (job?: string): Promise<void> => this.act('start', job);
  stop = (job?: string): Promise<void> => this.act('stop', job);
  pause = (job?: string): Promise<void> => this.act('pause', job);
  resume = (job?: string): Promise<void> => this.act('resume', job);
  restart = (job?: string): Promise<void> => this.act('restart', job);

  async remove(): Promise<void> {
    await this.end('remove');
  }

  async close(): Promise<void> {
    await this.end('close');
  }

  async logs(options: { readonly job?: string; readonly limit?: number } = {}): Promise<readonly LogLine[]> {
    const own = this.worker === null ? [] : ((await this.call('logs', options)).logs ?? []);
    return [...own, ...this.lines].sort((a, b) => a.at - b.at).slice(-(options.limit ?? 200));
  }

  alerts(): readonly ActiveAlert[] {
    return this.state.alerts;
  }

  metricsText(): string {
    return this.problem === null ? this.state.metricsText : '';
  }

  private async act(action: ThreadAction, job: string | undefined): Promise<void> {
    if (this.worker === null && (action === 'start' || action === 'restart')) {
      this.cancelRestart?.();
      this.failures = 0;
      this.isWanted = true;
      await this.launch();
      return;
    }
    await this.call(action, job === undefined ? {} : { job });
  }

  private async end(action: 'remove' | 'close', attempts = 2): Promise<void> {
    this.isWanted = false;
    this.cancelRestart?.();
    const { worker } = this;
    if (worker === null) {
      if (action !== 'remove') return;
      // What it kept can be removed only by one that knows where it is.
      await this.launch();
    }
    const asked = this.worker;
    try {
      await this.call(action, {});
    } catch (error) {
      // It ended while it was asked. Nothing of it runs any more, which is all that closing is for; what it kept is still there.
      if (this.worker === asked || (action === 'remove' && attempts === 1)) throw error;
      if (action === 'remove') return this.end(action, attempts - 1);
    }
    await this.worker?.terminate();
  }

  private call(action: ThreadAction | 'deploy', more: object): Promise<Done> {
    const { worker } = this;
    if (worker === null) return Promise.reject(threadFailed('it does not run'));
    const id = ++this.calls;
    return new Promise((resolve, reject) => {
      this.pending.set(id, { resolve, reject });
      try {
        worker.postMessage({ id, action, ...more });
      } catch (error) {
        this.pending.delete(id);
        reject(error);
      }
    });
  }

  private onAnswer(answer: ThreadAnswer): void {
    if (answer.kind === 'ready') return;
    if (answer.kind === 'state') {
      this.state = answer.state;
      return;
    }
    const waiting = this.pending.get(answer.id);
    this.pending.delete(answer.id);
    if (answer.kind === 'failed') {
      waiting?.reject(new VeloError({ ...answer.error, hint: answer.error.hint }));
      return;
    }
    if (answer.state !== null) this.state = answer.state;
    waiting?.resolve(answer);
  }

  private onExit(worker: Worker, error: unknown, exitCode: number): void {
    if (this.worker !== worker) return;
    this.worker = null;
    const message = error instanceof Error ? error.message : `its thread ended with ${exitCode}`;
    const failure = threadFailed(message);
    for (const { reject } of this.pending.values()) reject(failure);
    this.pending.clear();
    if (!this.isWanted) return;
    const { clock, restart, scheduler } = this.o;
    this.problem = { code: failure.code, message };
    this.log('error', message);
    if (clock.now() - this.startedAt > (restart.healthyAfterMs ?? 60_000)) this.failures = 0;
    this.failures++;
    const delay = restartDelay(restart, this.failures, undefined);
    if (delay === null) {
      this.log('error', 'it stays failed: it was started again too often');
      return;
    }
    this.log('info', `starting again in ${delay} ms`);
    this.cancelRestart = scheduler.after(delay, () => {
      this.restarts++;
      this.launch().then(
        () => this.log('info', `running again (start ${this.restarts + 1})`),
        (failed: unknown) => this.log('error', failed instanceof Error ? failed.message : String(failed)),
      );
    });
  }

  private log(level: LogLine['level'], message: string): void {
    this.lines.push({ at: this.o.clock.now(), level, message });
    if (this.lines.length > LINES_MAX) this.lines.shift();
  }
}
