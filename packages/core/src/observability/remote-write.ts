import { systemClock, systemScheduler } from '../engine/default-ports.ts';
import type { Clock, Scheduler } from '../runtime/ports.ts';
import type { Sample } from './exposition.ts';
import { snappyBlock, type WrittenSeries, writeRequest } from './write-request.ts';

export interface RemoteWriteOptions {
  /** e.g. `http://prometheus:9090/api/v1/write` */
  readonly url: string;
  /** e.g. `Authorization`; never logged. */
  readonly headers?: Readonly<Record<string, string>>;
  /** Samples in one request; 1000 by default. */
  readonly batchMax?: number;
  /** 5000 by default. */
  readonly flushEveryMs?: number;
  /** Older samples are dropped; 48 hours by default. */
  readonly ageMaxMs?: number;
  readonly fetch?: typeof globalThis.fetch;
  readonly clock?: Clock;
  readonly scheduler?: Scheduler;
  readonly onWarning?: (text: string) => void;
}

/** What became of the samples. */
export interface RemoteWriteCounts {
  readonly sent: number;
  /** Not behind the last one of their series. */
  readonly late: number;
  readonly tooOld: number;
  /** The receiver refused them, or did not answer for too long. */
  readonly lost: number;
}

/** Sends the values of metrics with the event time of the records that they came from. */
export interface RemoteWriter {
  push(name: string, samples: readonly Sample[], at: number): void;
  /** Sends what waits. */
  flush(): Promise<void>;
  counts(): RemoteWriteCounts;
  /** Sends what waits, and ends. */
  close(): Promise<void>;
}

const HOUR = 3_600_000;
const TRIES_MAX = 4;
const FIRST_WAIT_MS = 500;
/** What waits at most; then the oldest goes. */
const WAITING_MAX = 50_000;
const SERIES_MAX = 100_000;

interface Waiting {
  readonly labels: Readonly<Record<string, string>>;
  readonly key: string;
  readonly value: number;
  readonly at: number;
}

/**
 * Remote write 1.0 to Prometheus and what takes the same. Within a series time goes forward: a sample that is not behind the last one is dropped
 * and counted, because the receiver would refuse the whole request. It keeps at most 50,000 samples while the receiver does not answer.
 */
export function remoteWrite(options: RemoteWriteOptions): RemoteWriter {
  return new Writer(options);
}

class Writer implements RemoteWriter {
  private readonly o: RemoteWriteOptions;
  private readonly clock: Clock;
  private readonly scheduler: Scheduler;
  private readonly counted = { sent: 0, late: 0, tooOld: 0, lost: 0 };
  private readonly lastAt = new Map<string, number>();
  private waiting: Waiting[] = [];
  private sending: Promise<void> = Promise.resolve();
  private cancel: (() => void) | null = null;
  private hasWarned = false;

  constructor(options: RemoteWriteOptions) {
    this.o = options;
    this.clock = options.clock ?? systemClock;
    this.scheduler = options.scheduler ?? systemScheduler;
  }

  push(name: string, samples: readonly Sample[], at: number): void {
    const { ageMaxMs = 48 * HOUR, batchMax = 1000 } = this.o;
    for (const { labels, value, suffix = '' } of samples) {
      if (at < this.clock.now() - ageMaxMs) {
        this.counted.tooOld++;
        continue;
      }
      const all = { ...labels, __name__: `${name}${suffix}` };
      const key = JSON.stringify(all);
      const last = this.lastAt.get(key);
      if (last !== undefined && at <= last) {
        this.counted.late++;
        continue;
      }
      if (last === undefined && this.lastAt.size >= SERIES_MAX) this.lastAt.delete(this.lastAt.keys().next().value as string);
      this.lastAt.set(key, at);
      this.waiting.push({ labels: all, key, value, at: Math.trunc(at) });
    }
    if (this.waiting.length > WAITING_MAX) this.counted.lost += this.waiting.splice(0, this.waiting.length - WAITING_MAX).length;
    if (this.waiting.length >= batchMax) void this.flush();
    else this.cancel ??= this.scheduler.after(this.o.flushEveryMs ?? 5000, () => void this.flush());
  }

  flush(): Promise<void> {
    this.cancel?.();
    this.cancel = null;
    this.sending = this.sending.then(() => this.sendAll());
    return this.sending;
  }

  counts(): RemoteWriteCounts {
    return { ...this.counted };
  }

  async close(): Promise<void> {
    await this.flush();
  }

  private async sendAll(): Promise<void> {
    while (this.waiting.length > 0) {
      const batch = this.waiting.splice(0, this.o.batchMax ?? 1000);
      if (await this.send(batch)) this.counted.sent += batch.length;
      else this.counted.lost += batch.length;
    }
  }

  /** A receiver that is busy or away is asked again; one that says no is not. */
  private async send(batch: readonly Waiting[]): Promise<boolean> {
    const body = snappyBlock(writeRequest(seriesOf(batch)));
    const headers = {
      ...this.o.headers,
      'content-type': 'application/x-protobuf',
      'content-encoding': 'snappy',
      'x-prometheus-remote-write-version': '0.1.0',
    };
    for (let go = 1; go <= TRIES_MAX; go++) {
      const answer = await (this.o.fetch ?? fetch)(this.o.url, {
        method: 'POST',
        headers,
        body: new Uint8Array(body),
        redirect: 'error',
      }).catch(() => null);
      if (answer?.ok === true) return true;
      const problem = answer === null ? 'no answer' : `status ${answer.status}`;
      await answer?.body?.cancel();
      if (answer !== null && answer.status < 500 && answer.status !== 429) return this.warn(problem);
      if (go === TRIES_MAX) return this.warn(problem);
      await new Promise<void>((resolve) => void this.scheduler.after(FIRST_WAIT_MS * 2 ** (go - 1), resolve));
    }
    return false;
  }

  private warn(problem: string): false {
    if (!this.hasWarned) this.o.onWarning?.(`remote write to ${new URL(this.o.url).origin} lost samples: ${problem}`);
    this.hasWarned = true;
    return false;
  }
}

function seriesOf(batch: readonly Waiting[]): WrittenSeries[] {
  const series = new Map<string, { labels: Waiting['labels']; samples: { value: number; at: number }[] }>();
  for (const { key, labels, value, at } of batch) {
    const known = series.get(key) ?? { labels, samples: [] };
    known.samples.push({ value, at });
    series.set(key, known);
  }
  return [...series.values()];
}
