import { waitFor } from '@velostream/core/connect';

export interface RetryPolicy {
  /** Repeats after the first try. */
  readonly retriesMax: number;
  readonly firstDelayMs: number;
  readonly delayMaxMs: number;
  /** Uniform in [0, 1). */
  random?(): number;
  wait?(delayMs: number, signal: AbortSignal): Promise<void>;
}

/** Pause before repeat `n` (0 is the first): doubling up to the longest, between half of it and all of it, so that many clients do not come back together. */
export function delayOf(n: number, { firstDelayMs, delayMaxMs, random = Math.random }: RetryPolicy): number {
  const full = Math.min(delayMaxMs, firstDelayMs * 2 ** Math.min(n, 30));
  return full / 2 + (full / 2) * random();
}

/** Repeats `work` while `mayHelp` says so; rejects with the last error, or at once when the signal aborts. */
export async function retry<T>(
  work: () => Promise<T>,
  policy: RetryPolicy,
  options: { readonly signal: AbortSignal; mayHelp(error: unknown): boolean },
): Promise<T> {
  const wait = policy.wait ?? waitFor;
  for (let n = 0; ; n++) {
    try {
      return await work();
    } catch (error) {
      if (n >= policy.retriesMax || options.signal.aborted || !options.mayHelp(error)) throw error;
      await wait(delayOf(n, policy), options.signal);
    }
  }
}
