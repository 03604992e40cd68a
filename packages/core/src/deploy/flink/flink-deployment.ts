import { unknownJob } from '../../diagnostics/codes/deploy.ts';
import { engineMetricFamilies } from '../../observability/engine-metrics.ts';
import { expositionText } from '../../observability/exposition.ts';
import type { ActiveAlert, DeploymentStep, Job, LogLine, TargetDeployment } from '../../protocol/studio/deployment.ts';
import type { Scheduler } from '../../runtime/ports.ts';
import type { FlinkJobs } from './client/jobs.ts';
import type { FlinkJob } from './flink-job.ts';
import type { SavedState } from './saved-state.ts';

export interface FlinkDeploymentOptions {
  /** In the order of their reading. */
  readonly all: readonly FlinkJob[];
  readonly client: FlinkJobs;
  readonly saved: SavedState;
  readonly app: string;
  readonly version: number;
  readonly cluster: string;
  readonly scheduler: Scheduler;
  readonly pollMs: number;
  /** Metrics and alerts of what the jobs put out, where somebody reads it. */
  readonly outputs?: OutputObserver | undefined;
}

/** Reads what jobs put out, for the metrics and alerts that the SQL declares. */
export interface OutputObserver {
  start(job: string): void;
  stop(job: string): Promise<void>;
  alerts(): readonly ActiveAlert[];
  metricsText(): string;
  logs(): readonly LogLine[];
}

/** Families that Flink has no measure for. */
const UNKNOWN_HERE: ReadonlySet<string> = new Set(['velo_job_state_rows']);

/** The jobs of one application on a Flink cluster. They go on when this process ends. */
export class FlinkDeployment implements TargetDeployment {
  readonly steps: DeploymentStep[] = [];
  private readonly o: FlinkDeploymentOptions;
  private stopPolling: () => void = () => {};

  constructor(options: FlinkDeploymentOptions) {
    this.o = options;
    this.poll();
  }

  note(step: DeploymentStep): void {
    this.steps.push(step);
  }

  jobs(): readonly Job[] {
    return this.o.all.flatMap((job) => job.snapshots());
  }

  start = (name?: string): Promise<void> => this.each(name, (job) => job.start());
  stop = (name?: string): Promise<void> => this.each(name, (job) => job.stop());
  pause = (name?: string): Promise<void> => this.each(name, (job) => job.pause());
  resume = (name?: string): Promise<void> => this.each(name, (job) => job.resume());
  restart = (name?: string): Promise<void> => this.each(name, (job) => job.restart());

  /** Looks at the cluster now instead of at the next turn. */
  async refresh(): Promise<void> {
    await Promise.all(this.o.all.map((job) => job.refresh()));
  }

  /** Stops with savepoints, for a roll-back or another version. */
  async close(): Promise<void> {
    this.stopPolling();
    await this.stop();
  }

  /** Leaves the jobs running; the next start of the host finds them again. */
  async detach(): Promise<void> {
    this.stopPolling();
    for (const job of this.o.all) await this.o.outputs?.stop(job.name);
  }

  async remove(): Promise<void> {
    this.stopPolling();
    const { all, client, saved, outputs } = this.o;
    await Promise.all(all.map((job) => job.abandon()));
    for (const job of all) await outputs?.stop(job.name);
    // One that the cluster cannot delete any more is no reason to keep the deployment.
    for (const path of saved.paths()) if (path.includes('savepoint-')) await client.disposeSavepoint(path).catch(() => undefined);
    await saved.remove();
  }

  async logs(options: { readonly job?: string; readonly limit?: number } = {}): Promise<readonly LogLine[]> {
    const lines = [...this.select(options.job).flatMap((job) => job.logs()), ...(this.o.outputs?.logs() ?? [])];
    return lines.sort((a, b) => a.at - b.at).slice(-(options.limit ?? 200));
  }

  alerts(): readonly ActiveAlert[] {
    return this.o.outputs?.alerts() ?? [];
  }

  metricsText(): string {
    const { app, version, cluster, outputs } = this.o;
    const jobs = this.jobs().map((job) => ({ ...job, app, version }));
    const node = { nodeId: cluster, nodeName: cluster, region: '' };
    const errorsTotal = jobs.reduce((n, job) => n + job.metrics.errors, 0);
    const families = engineMetricFamilies({ node, jobs, errors: new Map(), errorsTotal });
    const own = expositionText(families.filter((family) => !UNKNOWN_HERE.has(family.name)));
    return `${own}${outputs?.metricsText() ?? ''}`;
  }

  private async each(name: string | undefined, work: (job: FlinkJob) => Promise<void>): Promise<void> {
    const { outputs } = this.o;
    for (const job of this.select(name)) {
      await work(job);
      const isRunning = job.snapshots().some((each) => each.status === 'running' || each.status === 'starting');
      if (isRunning) outputs?.start(job.name);
      else await outputs?.stop(job.name);
    }
  }

  private select(name: string | undefined): readonly FlinkJob[] {
    if (name === undefined) return this.o.all;
    const job = this.o.all.find((each) => each.name === name || each.snapshots().some((s) => s.name === name || s.queryId === name));
    if (job !== undefined) return [job];
    throw unknownJob(
      name,
      this.jobs().map((each) => each.name),
    );
  }

  private poll(): void {
    const { scheduler, pollMs } = this.o;
    let isOpen = true;
    let cancel = (): void => {};
    const next = (): void => {
      cancel = scheduler.after(pollMs, () => {
        void this.refresh().finally(() => {
          if (isOpen) next();
        });
      });
    };
    next();
    this.stopPolling = () => {
      isOpen = false;
      cancel();
    };
  }
}
