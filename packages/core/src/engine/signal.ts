/** A condition that one waiter sleeps on: `wake` before `wait` is remembered. */
export interface Signal {
  wake(): void;
  wait(): Promise<void>;
}

export function createSignal(): Signal {
  let woken = false;
  let waiting: (() => void) | null = null;
  return {
    wake() {
      if (waiting) {
        const resume = waiting;
        waiting = null;
        resume();
      } else woken = true;
    },
    wait() {
      if (woken) {
        woken = false;
        return Promise.resolve();
      }
      return new Promise((resolve) => {
        const earlier = waiting;
        waiting = () => {
          earlier?.();
          resolve();
        };
      });
    },
  };
}
