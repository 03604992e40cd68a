export interface RestartPolicy {
  /** Restarts after which a job stays failed; 10 by default. A job that ran for `healthyAfterMs` starts counting anew. */
  readonly restartsMax?: number;
  /** First wait; doubled each time. 1 s by default. */
  readonly firstDelayMs?: number;
  /** Longest wait; 60 s by default. */
  readonly delayMaxMs?: number;
  /** Running time after which earlier failures are forgotten; 60 s by default. */
  readonly healthyAfterMs?: number;
}

/** Reasons that another try cannot change: the query, its configuration, or lost state. */
const FINAL = /^VS([123]\d{3}|41\d\d|5306|5343)$/;

/** Wait before the next start, ms; null: it stays failed. `failures` counts this one. */
export function restartDelay(policy: RestartPolicy, failures: number, code: string | undefined): number | null {
  const { restartsMax = 10, firstDelayMs = 1000, delayMaxMs = 60_000 } = policy;
  if (failures > restartsMax || (code !== undefined && FINAL.test(code))) return null;
  return Math.min(delayMaxMs, firstDelayMs * 2 ** (failures - 1));
}
