import { sourceFailed } from '../diagnostics/codes/engine.ts';
import { VeloError } from '../diagnostics/velo-error.ts';
import type { Scheduler } from '../runtime/ports.ts';
import type { RecordBatch } from '../values/record-batch.ts';
import type { FeedItem } from './feeds/feed.ts';
import { type FeedCursor, nextRun, setBatch } from './merge-order.ts';
import type { Signal } from './signal.ts';

/** Longest stretch of work before the host gets a turn, ms. */
const TIME_BUDGET_MS = 4;

/** What the loop drives. */
export interface LoopHost {
  readonly cursors: readonly FeedCursor[];
  readonly scheduler: Scheduler;
  readonly wake: Signal;
  /** Feeds of this loop reach one operator by several ways: rows must go one at a time. */
  readonly rowByRow: boolean;
  /** Resolves when no more is to be read: what sources have left does not count. */
  readonly inputEnded: Promise<void>;
  process(cursor: FeedCursor, batch: RecordBatch, from: number, to: number): void;
  watermark(cursor: FeedCursor, time: number): void;
  end(cursor: FeedCursor): void;
  /** Stop now: cancelled, or every result is complete. */
  stopped(): boolean;
  /** Wait: paused, or a reader is behind. */
  held(): boolean;
  /** Called between two records, when nothing that was pushed waits. */
  quiet(): void;
  /** Called between two records. */
  beat(): void;
}

/** Reads the feeds to their ends and hands their rows on, in the one order that chunking cannot change. */
export async function runLoop(host: LoopHost): Promise<void> {
  const { cursors, scheduler, wake } = host;
  const merge = cursors.filter((c) => c.feed.mode === 'merge');
  const tables = merge.filter((c) => c.isTable);
  const arrival = cursors.filter((c) => c.feed.mode === 'arrival');
  for (const c of arrival) c.feed.onArrival = () => wake.wake();
  let sliceStart = scheduler.elapsed();
  let isOver = false;
  const over = host.inputEnded.then(() => {
    isOver = true;
  });

  while (!host.stopped()) {
    host.beat();
    if (isOver) {
      endAll(host);
      return;
    }
    if (host.held()) {
      await wake.wait();
      sliceStart = scheduler.elapsed();
      continue;
    }
    const loading = tables.some((c) => !c.ended);
    if (!loading && (await stepArrival(host, arrival))) {
      // an item was processed
    } else {
      const feeds = loading ? tables : merge;
      const filled = fill(host, feeds);
      if (filled) {
        // a read that is under way then ends with its source
        filled.catch(() => {});
        await Promise.race([filled, over]);
        if (isOver) continue;
      }
      if (!loading) host.quiet();
      if (host.stopped()) return;
      const run = nextRun(feeds);
      if (run?.cursor.batch) {
        const { cursor } = run;
        const to = host.rowByRow ? run.from + 1 : run.to;
        cursor.rowsIn += to - run.from;
        host.process(cursor, cursor.batch as RecordBatch, run.from, to);
        cursor.taken = to;
      } else if (loading) continue;
      else if (arrival.every((c) => c.ended)) return;
      else {
        await wake.wait();
        sliceStart = scheduler.elapsed();
        continue;
      }
    }
    if (scheduler.elapsed() - sliceStart > TIME_BUDGET_MS) {
      await scheduler.yield();
      sliceStart = scheduler.elapsed();
    }
  }
}

/** Ends every source that has not ended, where it is. */
function endAll(host: LoopHost): void {
  for (const cursor of host.cursors) if (!cursor.ended) accept(host, cursor, null);
}

/** Gives every merge feed without rows its next batch. Returns a promise only when it has to wait. */
function fill(host: LoopHost, cursors: readonly FeedCursor[]): Promise<void> | null {
  for (const cursor of cursors) {
    while (!cursor.ended && (!cursor.batch || cursor.taken >= cursor.batch.length)) {
      cursor.before = cursor.feed.position();
      const item = guard(cursor, () => cursor.feed.next());
      if (item instanceof Promise) return fillLater(host, cursors, cursor, item);
      accept(host, cursor, item);
    }
  }
  return null;
}

async function fillLater(
  host: LoopHost,
  cursors: readonly FeedCursor[],
  cursor: FeedCursor,
  next: Promise<FeedItem | null>,
): Promise<void> {
  const item = await next.catch((cause) => fail(cursor, cause));
  if (host.stopped()) return;
  accept(host, cursor, item);
  const rest = host.stopped() ? null : fill(host, cursors);
  if (rest) await rest;
}

/** Processes the arrival item that came first; false when none waits. */
async function stepArrival(host: LoopHost, cursors: readonly FeedCursor[]): Promise<boolean> {
  let first: FeedCursor | null = null;
  let firstSequence = Number.POSITIVE_INFINITY;
  for (const cursor of cursors) {
    if (cursor.ended) continue;
    const sequence = cursor.feed.peekSequence?.();
    if (sequence !== undefined && sequence < firstSequence) {
      first = cursor;
      firstSequence = sequence;
    }
  }
  if (!first) return false;
  const cursor = first;
  const next = guard(cursor, () => cursor.feed.next());
  accept(host, cursor, next instanceof Promise ? await next.catch((cause) => fail(cursor, cause)) : next);
  const { batch } = cursor;
  if (batch) {
    const step = host.rowByRow ? 1 : batch.length;
    for (let from = cursor.taken; from < batch.length && !host.stopped(); from += step) {
      const to = Math.min(batch.length, from + step);
      cursor.rowsIn += to - from;
      host.process(cursor, batch, from, to);
    }
    cursor.batch = null;
    cursor.taken = 0;
  }
  cursor.before = cursor.feed.position();
  return true;
}

function accept(host: LoopHost, cursor: FeedCursor, item: FeedItem | null): void {
  if (cursor.ended) return;
  if (item === null) {
    cursor.ended = true;
    cursor.batch = null;
    host.end(cursor);
  } else if (item.kind === 'watermark') host.watermark(cursor, item.time);
  else setBatch(cursor, item.batch);
}

function guard<T>(cursor: FeedCursor, work: () => T): T {
  try {
    return work();
  } catch (cause) {
    return fail(cursor, cause);
  }
}

function fail(cursor: FeedCursor, cause: unknown): never {
  throw VeloError.is(cause) ? cause : sourceFailed(cursor.feed.name, cause);
}
