import type { RecordBatch } from '../values/record-batch.ts';
import type { Feed } from './feeds/feed.ts';

/** A feed with the batch it is at. */
export interface FeedCursor {
  readonly feed: Feed;
  /** Declaration order: ties of event time go to the first. */
  readonly order: number;
  /** A table that is scanned: read to its end before any stream. */
  readonly isTable: boolean;
  /** Event-time column among the feed's columns; -1: none, the feed is read in its turn. */
  readonly timeColumn: number;
  batch: RecordBatch | null;
  times: Float64Array | null;
  /** Rows of `batch` taken so far. */
  taken: number;
  /** Position before `batch`, for checkpoints. */
  before: ReturnType<Feed['position']>;
  /** Rows to drop after a restore. */
  skip: number;
  ended: boolean;
  rowsIn: number;
}

/** The next rows to process: `from` … `to` of the cursor's batch. */
export interface Run {
  readonly cursor: FeedCursor;
  readonly from: number;
  readonly to: number;
}

const headTime = (c: FeedCursor): number => {
  const t = c.times ? (c.times[c.taken] as number) : Number.NEGATIVE_INFINITY;
  return Number.isNaN(t) ? Number.NEGATIVE_INFINITY : t;
};

/**
 * Chooses the run that a row-by-row merge by event time (ties in order of declaration) would read next, as long as
 * possible. All cursors that have not ended must have a batch, so how a source is cut into batches never matters.
 */
export function nextRun(cursors: readonly FeedCursor[]): Run | null {
  let best: FeedCursor | null = null;
  let bestTime = 0;
  for (const cursor of cursors) {
    if (cursor.ended || !cursor.batch) continue;
    const time = headTime(cursor);
    if (!best || time < bestTime) {
      best = cursor;
      bestTime = time;
    }
  }
  if (!best?.batch) return null;
  let rivalTime = Number.POSITIVE_INFINITY;
  let rivalOrder = Number.POSITIVE_INFINITY;
  for (const cursor of cursors) {
    if (cursor === best || cursor.ended || !cursor.batch) continue;
    const time = headTime(cursor);
    if (time < rivalTime) {
      rivalTime = time;
      rivalOrder = cursor.order;
    }
  }
  const from = best.taken;
  let to = best.batch.length;
  const { times } = best;
  if (times && rivalTime !== Number.POSITIVE_INFINITY) {
    to = from + 1;
    const first = best.order < rivalOrder;
    while (to < best.batch.length) {
      const t = times[to] as number;
      if (!(t < rivalTime || (first && t === rivalTime) || Number.isNaN(t))) break;
      to++;
    }
  }
  return { cursor: best, from, to };
}

/** Takes a batch in as the cursor's current one. */
export function setBatch(cursor: FeedCursor, batch: RecordBatch): void {
  cursor.batch = batch;
  const column = cursor.timeColumn < 0 ? undefined : batch.columns[cursor.timeColumn];
  cursor.times = column?.lane === 'f64' ? column.values : null;
  cursor.taken = 0;
  if (cursor.skip > 0) {
    const dropped = Math.min(cursor.skip, batch.length);
    cursor.taken = dropped;
    cursor.skip -= dropped;
  }
}
