export interface LatencyHistogram {
  readonly counts: readonly number[];
  readonly count: number;
  readonly sumMs: number;
}

/** Latencies in logarithmic buckets: 5 % wide, from a microsecond to ten minutes, at 470 numbers for any count. */
export class LatencyMeter {
  private readonly counts = new Float64Array(BUCKETS);
  private total = 0;
  private sum = 0;

  add(ms: number, times = 1): void {
    const at = Math.min(BUCKETS - 1, Math.max(0, Math.ceil(Math.log(Math.max(ms, LOWEST) / LOWEST) / WIDTH)));
    this.counts[at] = (this.counts[at] as number) + times;
    this.total += times;
    this.sum += ms * times;
  }

  get average(): number | undefined {
    return this.total === 0 ? undefined : this.sum / this.total;
  }

  /** Cumulative counts up to each bound, as Prometheus wants them; bounds in ms. */
  histogram(boundsMs: readonly number[]): LatencyHistogram {
    const counts = boundsMs.map((bound) => {
      let count = 0;
      for (let i = 0; i < BUCKETS && LOWEST * Math.exp(i * WIDTH) <= bound; i++) count += this.counts[i] as number;
      return count;
    });
    return { counts, count: this.total, sumMs: this.sum };
  }

  quantile(q: number): number | undefined {
    if (this.total === 0) return undefined;
    let left = q * this.total;
    for (let i = 0; i < BUCKETS; i++) {
      left -= this.counts[i] as number;
      if (left <= 0) return LOWEST * Math.exp(i * WIDTH);
    }
    return LOWEST * Math.exp((BUCKETS - 1) * WIDTH);
  }
}

const LOWEST = 0.001;
const WIDTH = Math.log(1.05);
const BUCKETS = Math.ceil(Math.log(600_000 / LOWEST) / WIDTH) + 1;
