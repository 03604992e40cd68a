import { flinkCancelled, flinkTimeout } from '../../../diagnostics/codes/deploy-flink.ts';
import type { Scheduler } from '../../../runtime/ports.ts';

export interface WaitOptions {
  readonly scheduler: Scheduler;
  readonly timeoutMs: number;
  readonly signal?: AbortSignal | undefined;
  /** What is waited for, as an error says it. */
  readonly what: string;
  /** The longest pause between two looks; 500 ms by default. The first looks come sooner. */
  readonly pauseMaxMs?: number;
}

/** Asks until there is an answer: soon at first, then ever less often. */
export async function waitFor<T>(look: () => Promise<T | undefined>, options: WaitOptions): Promise<T> {
  const { scheduler, timeoutMs, signal, what, pauseMaxMs = 500 } = options;
  const since = scheduler.elapsed();
  // Timers of a scheduler let a process end; one that waits for an answer has something to do.
  const held = setInterval(() => {}, HOLD_MS);
  try {
    for (let pauseMs = 10; ; pauseMs = Math.min(pauseMaxMs, pauseMs * 2)) {
      const found = await look();
      if (found !== undefined) return found;
      if (scheduler.elapsed() - since > timeoutMs) throw flinkTimeout(what, timeoutMs);
      await pause(scheduler, pauseMs, signal, what);
    }
  } finally {
    clearInterval(held);
  }
}

const HOLD_MS = 2 ** 30;

function pause(scheduler: Scheduler, delayMs: number, signal: AbortSignal | undefined, what: string): Promise<void> {
  return new Promise((resolve, reject) => {
    const leave = (): void => {
      stop();
      reject(flinkCancelled(what, signal?.reason));
    };
    const stop = scheduler.after(delayMs, () => {
      signal?.removeEventListener('abort', leave);
      resolve();
    });
    if (signal?.aborted === true) leave();
    else signal?.addEventListener('abort', leave, { once: true });
  });
}
