import type { Scheduler } from '../runtime/ports.ts';

export interface Rate {
  add(rows: number): void;
  perSecond(): number;
}

/** Rows over about the last second. */
export function createRate(scheduler: Scheduler): Rate {
  let since = scheduler.elapsed();
  let rows = 0;
  let last = 0;
  const roll = () => {
    const now = scheduler.elapsed();
    if (now - since < 1000) return;
    last = (rows * 1000) / (now - since);
    since = now;
    rows = 0;
  };
  return {
    add(n) {
      rows += n;
    },
    perSecond() {
      const spent = scheduler.elapsed() - since;
      const current = last === 0 && spent > 0 ? (rows * 1000) / spent : last;
      roll();
      return Math.round(last === 0 ? current : last);
    },
  };
}
