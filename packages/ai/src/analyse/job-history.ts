import type { Deployment, Job } from '@velostream/core/protocol/deploy';
import type { Studio } from '@velostream/core/protocol/studio';
import type { JobSample } from './finding.ts';

/** Figures of running jobs over time, so that it can be told what grows. */
export interface JobHistory {
  /** Adds what the jobs show now, and gives what they showed since they were first seen; by the name that people call them. */
  observe(deployments: readonly Deployment[]): Readonly<Record<string, readonly JobSample[]>>;
  /** Goes on looking by itself for as long as something runs. */
  follow(studio: Pick<Studio, 'deployments'>): void;
}

const EVERY_MS = 10_000;
/** An hour of each job. */
const SAMPLES_MAX = 360;
const JOBS_MAX = 200;

/**
 * State: at most 360 samples of each of at most 200 jobs, the ones seen longest ago going first; freed with the registry. A job that starts
 * anew begins anew, because its figures do.
 */
export function jobHistory({ now }: { readonly now: () => number }): JobHistory {
  const kept = new Map<string, JobSample[]>();
  const followed = new WeakSet<object>();

  const add = (job: Job): readonly JobSample[] => {
    const before = kept.get(job.id) ?? [];
    const last = before.at(-1);
    const sample = sampleOf(job, now());
    const isAnew = last !== undefined && (sample.processed ?? 0) < (last.processed ?? 0);
    const samples = isAnew ? [sample] : last && sample.at - last.at < EVERY_MS / 2 ? before : [...before, sample].slice(-SAMPLES_MAX);
    kept.delete(job.id);
    kept.set(job.id, samples);
    const oldest = kept.size > JOBS_MAX ? kept.keys().next().value : undefined;
    if (oldest !== undefined) kept.delete(oldest);
    return samples;
  };
  const observe: JobHistory['observe'] = (deployments) =>
    Object.fromEntries(deployments.flatMap((d) => d.jobs.map((job) => [job.title ?? job.name, add(job)] as const)));
  const look = async (studio: Pick<Studio, 'deployments'>): Promise<void> => {
    // A studio that was closed has nothing that runs.
    const deployments = await studio.deployments.list().catch(() => []);
    observe(deployments);
    const runs = deployments.some(({ jobs }) =>
      jobs.some(({ status }) => status === 'running' || status === 'starting' || status === 'paused'),
    );
    if (runs) later(() => void look(studio));
    else followed.delete(studio.deployments);
  };
  return {
    observe,
    follow(studio) {
      if (followed.has(studio.deployments)) return;
      followed.add(studio.deployments);
      later(() => void look(studio));
    },
  };
}

/** Looking keeps no process alive. */
function later(what: () => void): void {
  const timer: unknown = setTimeout(what, EVERY_MS);
  if (typeof timer === 'object' && timer !== null && 'unref' in timer && typeof timer.unref === 'function') timer.unref();
}

const sampleOf = ({ metrics }: Job, at: number): JobSample => ({
  at,
  recordsPerSecond: metrics.recordsPerSecond,
  groups: metrics.stateEntries,
  errors: metrics.errors,
  processed: metrics.recordsProcessed,
  ...(metrics.latencyP99Ms === undefined ? {} : { latencyP99Ms: metrics.latencyP99Ms }),
  ...(metrics.consumerLag === undefined ? {} : { lag: metrics.consumerLag }),
});
