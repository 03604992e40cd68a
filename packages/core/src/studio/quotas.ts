/**
 * What may be held at once. A caller is a principal of the HTTP handler, or whoever `studio.as` names; the host program itself is bound only by what
 * is of the whole studio.
 */
export interface StudioQuotas {
  /** Notebooks open in memory, of all callers together; 1,000 by default. */
  readonly sessions: number;
  /** The same of one caller; 100 by default. */
  readonly sessionsPerCaller: number;
  /** Jobs of all deployments, whatever their targets; 500 by default. A target may allow less (`maxJobs`). */
  readonly jobs: number;
  /** The same of one caller; 50 by default. */
  readonly jobsPerCaller: number;
}

export const QUOTAS: StudioQuotas = { sessions: 1_000, sessionsPerCaller: 100, jobs: 500, jobsPerCaller: 50 };
