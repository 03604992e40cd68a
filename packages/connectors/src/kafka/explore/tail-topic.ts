import { typeText } from '@velostream/core/connect/formats';
import type { Found, Peek, PeekRequest } from '@velostream/core/protocol/explore';
import { fetchSettings } from '../source/sample-values.ts';
import { startBuffers } from '../source/start-offsets.ts';
import { decodeRecords, type ShownMessage } from './decode-records.ts';
import type { ExploreContext } from './explore-context.ts';
import type { FoundRecord } from './fetch-range.ts';
import { testOf } from './peek-topic.ts';

const RING_DEFAULT = 1_000;
const RING_MAX = 10_000;
const WAIT_MS = 500;

/**
 * New messages as they come. They wait in a ring of `limit` for a reader that is slow; the oldest then fall out, and `dropped` counts them.
 */
export async function* tailTopic(context: ExploreContext, topic: string, request: PeekRequest): AsyncGenerator<Found<Peek>> {
  const stop = new AbortController();
  const signal = request.signal ? AbortSignal.any([request.signal, stop.signal]) : stop.signal;
  const described = await context.described(topic, signal);
  const test = request.filter === undefined ? undefined : await testOf(context, request.filter, described);
  const options = { ...context.kafka.options, 'group.id': undefined, bounded: false, 'auto.offset.reset': 'latest' as const };
  const only = request.partition === undefined ? options : { ...options, partitions: [request.partition] };
  const buffers = await startBuffers(context.driver(), topic, only, undefined);
  const ring = new Ring(Math.min(request.limit ?? RING_DEFAULT, RING_MAX));
  let failure: { readonly error: unknown } | null = null;
  const reading = (async () => {
    while (!signal.aborted) {
      const positions = buffers.map((b) => ({ topic, partition: b.partition, offset: b.fetchFrom }));
      const parts = await context.driver().fetch({ ...fetchSettings(options), positions, maxWaitMs: WAIT_MS, signal });
      const records: FoundRecord[] = [];
      for (const part of parts) {
        const buffer = buffers.find((b) => b.partition === part.partition);
        if (part.isOutOfRange) buffer?.jumpTo(part.logStart);
        else buffer?.jumpTo(part.nextOffset);
        for (const chunk of part.chunks) {
          for (let row = 0; row < chunk.length; row++) {
            const [offset, timestamp] = [chunk.offsets[row] as number, chunk.timestamps[row] as number];
            records.push({ partition: part.partition, chunk, row, offset, timestamp });
          }
        }
      }
      ring.add(await decodeRecords(records, topic, described, { options, test, signal }), records.length);
    }
  })().catch((error: unknown) => {
    failure = { error };
    ring.wake();
  });
  const columns = described.fields.map(({ name, type, nullable }) => ({ name, type: typeText(type), nullable }));
  const onAbort = (): void => ring.wake();
  signal.addEventListener('abort', onAbort, { once: true });
  try {
    while (!signal.aborted) {
      await ring.filled();
      if (failure) throw (failure as { error: unknown }).error;
      const { shown, scanned, dropped } = ring.take();
      if (shown.length === 0) continue;
      yield {
        name: topic,
        columns,
        rows: shown.map(({ row }) => row),
        messages: shown.map(({ info }) => info),
        masked: [],
        coverage: { scanned, partitions: buffers.map((b) => b.partition), stoppedBy: 'limit' },
        dropped,
      };
    }
  } finally {
    stop.abort();
    await reading;
  }
}

/** The newest messages, up to a number; counts those that fell out. */
class Ring {
  private readonly capacity: number;
  private items: ShownMessage[] = [];
  private scanned = 0;
  private dropped = 0;
  private waiting: (() => void) | null = null;
  private isWoken = false;

  constructor(capacity: number) {
    this.capacity = Math.max(1, capacity);
  }

  add(messages: readonly ShownMessage[], scanned: number): void {
    this.scanned += scanned;
    this.items.push(...messages);
    const over = this.items.length - this.capacity;
    if (over > 0) {
      this.items.splice(0, over);
      this.dropped += over;
    }
    if (this.items.length > 0) this.wake();
  }

  wake(): void {
    this.isWoken = true;
    this.waiting?.();
    this.waiting = null;
  }

  async filled(): Promise<void> {
    if (!this.isWoken) {
      await new Promise<void>((resolve) => {
        this.waiting = resolve;
      });
    }
    this.isWoken = false;
  }

  /** What waits; `dropped` counts from the beginning. */
  take(): { readonly shown: readonly ShownMessage[]; readonly scanned: number; readonly dropped: number } {
    const shown = this.items;
    this.items = [];
    return { shown, scanned: this.scanned, dropped: this.dropped };
  }
}
