import { unknownJob } from '../../diagnostics/codes/deploy.ts';
import { engineMetricFamilies, type NodeIdentity } from '../../observability/engine-metrics.ts';
import { expositionText } from '../../observability/exposition.ts';
import { DEFAULT_BUCKETS, type MetricRegistry } from '../../observability/metric-registry.ts';
import type { ActiveAlert, DeploymentStep, Job, LogLine, TargetDeployment } from '../../protocol/studio/deployment.ts';
import type { Clock, Fs } from '../../runtime/ports.ts';
import type { EmbeddedJob } from './embedded-job.ts';
import type { StreamTopic } from './stream-topic.ts';

export interface EmbeddedDeploymentOptions {
  /** In the order of their reading. */
  readonly jobs: ReadonlyMap<string, EmbeddedJob>;
  readonly topics: ReadonlyMap<string, StreamTopic>;
  readonly registry: MetricRegistry;
  readonly app: string;
  readonly version: number;
  readonly clock: Clock;
  readonly fs: Fs;
  readonly root: string;
  readonly node: NodeIdentity;
  usage?(): { readonly cpuPercent: number; readonly memoryBytes: number };
}

const WARNINGS_MAX = 200;

/** Holds the name of the state as a whole. */
export const LIFE_FILE = 'life';

/** The jobs of one application in this process. */
export class EmbeddedDeployment implements TargetDeployment {
  readonly steps: DeploymentStep[] = [];
  private readonly o: EmbeddedDeploymentOptions;
  private readonly warnings: LogLine[] = [];

  constructor(options: EmbeddedDeploymentOptions) {
    this.o = options;
  }

  note(step: DeploymentStep): void {
    this.steps.push(step);
  }

  warn(job: string, message: string): void {
    this.warnings.push({ at: this.o.clock.now(), level: 'warn', job, message });
    if (this.warnings.length > WARNINGS_MAX) this.warnings.shift();
  }

  jobs(): readonly Job[] {
    return [...this.o.jobs.values()].map((job) => job.snapshot());
  }

  async start(name?: string): Promise<void> {
    for (const job of this.select(name)) await job.start();
  }

  async stop(name?: string): Promise<void> {
    // Producers first, so that their last rows are read before readers stop.
    for (const job of this.select(name)) await job.stop();
  }

  async pause(name?: string): Promise<void> {
    for (const job of this.select(name)) job.pause();
  }

  async resume(name?: string): Promise<void> {
    for (const job of this.select(name)) job.resume();
  }

  async restart(name?: string): Promise<void> {
    for (const job of this.select(name)) await job.restart();
  }

  async close(): Promise<void> {
    await this.stop();
  }

  async remove(): Promise<void> {
    await Promise.all([...this.o.jobs.values()].map((job) => job.abandon()));
    for (const topic of this.o.topics.values()) await topic.remove();
    for (const job of this.o.jobs.values()) await this.removeCheckpoints(job);
    await this.o.fs.remove(`${this.o.root}/${LIFE_FILE}`);
  }

  async logs(options: { readonly job?: string; readonly limit?: number } = {}): Promise<readonly LogLine[]> {
    const lines = [
      ...this.select(options.job).flatMap((job) => job.logs()),
      ...this.warnings.filter((w) => options.job === undefined || w.job === options.job),
    ];
    return lines.sort((a, b) => a.at - b.at).slice(-(options.limit ?? 200));
  }

  alerts(): readonly ActiveAlert[] {
    return [...this.o.jobs.values()].flatMap((job) => job.alerts());
  }

  metricsText(): string {
    const { app, version, node } = this.o;
    const errors = new Map<string, number>();
    for (const job of this.o.jobs.values()) for (const { message } of job.lastErrors()) errors.set(message, (errors.get(message) ?? 0) + 1);
    const boundsMs = DEFAULT_BUCKETS.map((seconds) => seconds * 1000);
    const jobs = [...this.o.jobs.values()].map((job) => ({ ...job.snapshot(), app, version, latency: job.latencyHistogram(boundsMs) }));
    const errorsTotal = jobs.reduce((n, job) => n + job.metrics.errors, 0);
    const own = this.o.registry
      .families()
      .map((family) => ({ ...family, samples: family.samples.filter((s) => s.labels['job'] === app || !('job' in s.labels)) }));
    return expositionText([
      ...own.filter((family) => family.samples.length > 0),
      ...engineMetricFamilies({ node, jobs, errors, errorsTotal, ...this.o.usage?.() }),
    ]);
  }

  private select(name: string | undefined): readonly EmbeddedJob[] {
    if (name === undefined) return [...this.o.jobs.values()];
    const job = this.o.jobs.get(name) ?? [...this.o.jobs.values()].find((each) => each.snapshot().queryId === name);
    if (job === undefined) throw unknownJob(name, [...this.o.jobs.keys()]);
    return [job];
  }

  private async removeCheckpoints(job: EmbeddedJob): Promise<void> {
    const { directory } = job;
    // A job that never committed has no directory.
    for (const file of await this.o.fs.list(directory).catch(() => [])) await this.o.fs.remove(`${directory}/${file}`);
  }
}
