import { waitFor } from '../../connect/wait-for.ts';
import { systemScheduler } from '../../engine/default-ports.ts';
import type { Scheduler } from '../../runtime/ports.ts';
import type { DeploymentService } from '../deployment-service.ts';

export interface WatchOptions {
  /** How long jobs have to be well in a row, ms; 2000 by default. */
  readonly healthyForMs?: number;
  /** How long a start may take, ms; 30,000 by default. */
  readonly startMaxMs?: number;
  readonly scheduler?: Scheduler;
}

export const LOOK_EVERY_MS = 50;

/** Waits until every job of a deployment has run well for a while; what is wrong where one does not. */
export async function healthProblem(
  deployments: DeploymentService,
  id: string,
  { healthyForMs = 2000, startMaxMs = 30_000, scheduler = systemScheduler }: WatchOptions,
  signal: AbortSignal,
): Promise<string | undefined> {
  const began = scheduler.elapsed();
  let wellSince: number | undefined;
  for (;;) {
    const { jobs } = await deployments.get(id);
    const bad = jobs.find((job) => job.status === 'failed' || job.health === 'critical' || job.metrics.restarts > 0);
    if (bad) return `job "${bad.name}" is ${bad.status}: ${bad.error?.message ?? bad.healthReasons.join(', ')}`;
    const now = scheduler.elapsed();
    const isUp = jobs.every((job) => job.status === 'running' || job.status === 'finished');
    if (!isUp) wellSince = undefined;
    else wellSince ??= now;
    if (wellSince !== undefined && now - wellSince >= healthyForMs) return undefined;
    if (!isUp && now - began > startMaxMs) return `its jobs do not run after ${startMaxMs} ms`;
    await waitFor(LOOK_EVERY_MS, signal);
  }
}
