import type { ActiveAlert, Deployment, Job } from '@velostream/core/protocol/deploy';
import { partContext } from '../parts/part-context.ts';

export interface HealthState {
  readonly deployments: readonly Deployment[];
  /** Worst first. */
  readonly jobs: readonly { readonly deployment: Deployment; readonly job: Job }[];
  readonly alerts: readonly { readonly deployment: Deployment; readonly alert: ActiveAlert }[];
  readonly health: Job['health'];
}

export const { Context: HealthContext, use: useHealth } = partContext<HealthState>('HealthDashboard', ' deployments={...}');

const WORST: readonly Job['health'][] = ['critical', 'warning', 'unknown', 'healthy'];

/** Jobs and alerts of all deployments, the worst first. */
export function healthOf(deployments: readonly Deployment[]): HealthState {
  const rank = (health: Job['health']): number => WORST.indexOf(health);
  const jobs = deployments
    .flatMap((deployment) => deployment.jobs.map((job) => ({ deployment, job })))
    .toSorted((a, b) => rank(a.job.health) - rank(b.job.health));
  const alerts = deployments
    .flatMap((deployment) => deployment.activeAlerts.map((alert) => ({ deployment, alert })))
    .toSorted((a, b) => a.alert.since - b.alert.since);
  return { deployments, jobs, alerts, health: jobs[0]?.job.health ?? 'unknown' };
}
