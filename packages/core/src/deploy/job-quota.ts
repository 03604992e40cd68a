import type { DeployPlan } from '../protocol/studio/deployment.ts';
import { isSameOwner, type Owner } from '../protocol/studio/owner.ts';
import type { DeploymentRecord } from './deployment-record.ts';

/** Jobs that may be deployed at once, and how many others are. */
export interface JobQuota {
  readonly allowed: number;
  readonly others: number;
  /** Who allows it, as the start of a sentence goes on. */
  readonly of: 'target' | 'caller' | 'studio';
}

/** Bounds of a studio, beside those of its targets. */
export interface JobBounds {
  readonly jobs: number;
  readonly jobsPerCaller: number;
}

/** What a deployment takes, from the moment that its start was decided. */
export interface JobShare {
  readonly owner: Owner | undefined;
  readonly target: string;
  readonly jobs: number;
}

/** Jobs that a plan leaves running. */
export const jobsOf = (plan: DeployPlan): number => plan.jobs.filter((job) => job.action !== 'remove').length;

export const shareOf = ({ owner, current }: DeploymentRecord): JobShare => ({
  owner,
  target: current.plan.target,
  jobs: jobsOf(current.plan),
});

interface Asking {
  readonly owner: Owner | undefined;
  readonly target: { readonly name: string; readonly maxJobs?: number };
}

/** Every bound that a deployment meets. The host program (without an owner) has none of its own. */
export function quotasOf({ owner, target }: Asking, others: readonly JobShare[], bounds: JobBounds | undefined): readonly JobQuota[] {
  const count = (of: (share: JobShare) => boolean): number => others.reduce((n, share) => n + (of(share) ? share.jobs : 0), 0);
  const quotas: JobQuota[] = [];
  if (target.maxJobs !== undefined)
    quotas.push({ of: 'target', allowed: target.maxJobs, others: count((share) => share.target === target.name) });
  if (bounds === undefined) return quotas;
  if (owner !== undefined)
    quotas.push({ of: 'caller', allowed: bounds.jobsPerCaller, others: count((share) => isSameOwner(share.owner, owner)) });
  return [...quotas, { of: 'studio', allowed: bounds.jobs, others: count(() => true) }];
}

const WHO = { target: 'the target allows', caller: 'one caller may have', studio: 'the studio allows' } as const;

/** What a plan of so many jobs runs into. */
export const overQuota = (quotas: readonly JobQuota[], jobs: number): readonly string[] =>
  quotas
    .filter(({ allowed, others }) => others + jobs > allowed)
    .map(({ allowed, others, of }) => `${others + jobs} jobs would run, and ${WHO[of]} ${allowed}`);
