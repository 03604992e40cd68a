import type { Clock, Rng, Scheduler } from '../runtime/ports.ts';

export const systemClock: Clock = { now: () => Date.now() };
export const systemRng: Rng = { next: () => Math.random() };

interface Host {
  setImmediate?: (run: () => void) => unknown;
  MessageChannel?: typeof MessageChannel;
}

/** One turn of the host's event loop, without the 4 ms floor of nested timers. */
function makeYield(host: Host): () => Promise<void> {
  const { setImmediate, MessageChannel: Channel } = host;
  if (setImmediate) return () => new Promise<void>((resolve) => void setImmediate(resolve));
  if (!Channel) return () => new Promise<void>((resolve) => void setTimeout(resolve, 0));
  return () =>
    new Promise<void>((resolve) => {
      const { port1, port2 } = new Channel();
      port1.onmessage = () => {
        port1.close();
        resolve();
      };
      port2.postMessage(null);
    });
}

/** Real time. Timers never keep a Node process alive on their own. */
export const systemScheduler: Scheduler = {
  yield: makeYield(globalThis as Host),
  after(delayMs, run) {
    const timer = setTimeout(run, delayMs) as unknown as { unref?: () => void };
    timer.unref?.();
    return () => clearTimeout(timer as never);
  },
  elapsed: () => performance.now(),
};
