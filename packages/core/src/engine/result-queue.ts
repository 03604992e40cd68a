import type { RecordBatch } from '../values/record-batch.ts';
import { createSignal } from './signal.ts';

/**
 * Output batches between the run loop and the one reader of a query.
 *
 * The loop stops feeding while `full` (more rows wait than `highWaterRows`); a reader that takes batches wakes it.
 */
export interface ResultQueue {
  readonly waitingRows: number;
  readonly full: boolean;
  /** Whether somebody reads. Without a reader nothing blocks; the rows wait. */
  attached: boolean;
  put(batch: RecordBatch): void;
  /** The next batch; null at the end. Rejects with the query's error. */
  take(): Promise<RecordBatch | null>;
  /** A batch that waits already, without waiting; undefined when there is none. */
  takeNow(): RecordBatch | undefined;
  /** Batches that nobody took yet, for checkpoints. */
  pending(): readonly RecordBatch[];
  finish(error?: unknown): void;
  readonly finished: boolean;
  /** Called when room came free. */
  onRoom: () => void;
}

export function createResultQueue(highWaterRows: number): ResultQueue {
  const batches: RecordBatch[] = [];
  const arrived = createSignal();
  let head = 0;
  let rows = 0;
  let finished = false;
  let failure: { error: unknown } | null = null;
  const queue: ResultQueue = {
    get waitingRows() {
      return rows;
    },
    get full() {
      return queue.attached && rows >= highWaterRows;
    },
    get finished() {
      return finished;
    },
    attached: false,
    onRoom: () => {},
    put(batch) {
      batches.push(batch);
      rows += batch.length;
      arrived.wake();
    },
    takeNow() {
      if (head >= batches.length) return undefined;
      const batch = batches[head] as RecordBatch;
      head++;
      if (head > 64 && head * 2 > batches.length) {
        batches.splice(0, head);
        head = 0;
      }
      const wasFull = rows >= highWaterRows;
      rows -= batch.length;
      if (wasFull && rows < highWaterRows) queue.onRoom();
      return batch;
    },
    async take() {
      for (;;) {
        const batch = queue.takeNow();
        if (batch) return batch;
        if (failure) throw failure.error;
        if (finished) return null;
        await arrived.wait();
      }
    },
    pending: () => batches.slice(head),
    finish(error) {
      if (finished) return;
      finished = true;
      if (error !== undefined) failure = { error };
      arrived.wake();
    },
  };
  return queue;
}
