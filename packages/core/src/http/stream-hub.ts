import { streamTaken } from '../diagnostics/codes/http.ts';
import { cannotDo } from '../diagnostics/codes/studio.ts';
import { VeloError } from '../diagnostics/velo-error.ts';
import type { Change, Row } from '../protocol/query.ts';
import type { Execution } from '../protocol/studio/session.ts';
import { batchFrame } from '../runtime/rows/batch-frame.ts';

/** How an execution is read; the first reader decides, because a query has one reader. */
export type StreamMode = 'rows' | 'changes' | 'arrow' | 'batches';
/** Items are bytes. */
export const isBinary = (mode: StreamMode | undefined): boolean => mode === 'arrow' || mode === 'batches';
/** A row, a change, or many rows as bytes: an Arrow IPC stream, or a batch. */
export type StreamItem = Row | Change | Uint8Array;

/** How reading ended. */
export type StreamEnd = { readonly kind: 'complete' } | { readonly kind: 'error'; readonly error: unknown };

/** A reader of a hub: where it stands, and how it is woken. */
export interface StreamReader {
  /** Number of the next item that it wants, from 0. */
  next: number;
  wake(): void;
}

/** Items that are kept for readers that come back. */
const KEPT_ITEMS = 10_000;
/** How far reading runs ahead of the fastest reader. */
const AHEAD_ITEMS = 4_000;
/** A frame holds a batch, up to 4,096 rows. */
const KEPT_FRAMES = 8;
const AHEAD_FRAMES = 4;

/**
 * Reads one execution for any number of remote readers. Keeps the newest 10,000 items; reads on only while the fastest reader has caught up to
 * 4,000, so that nobody reading means nothing is read. A reader that falls behind the kept items learns how many it lost.
 */
export class StreamHub {
  readonly execution: Execution;
  readonly createdAt: number;
  end: StreamEnd | undefined;
  /** When the newest item came, in ms of the monotonic clock. */
  arrivedAt = 0;
  private items: StreamItem[] = [];
  /** Number of `items[0]`. */
  private first = 0;
  private mode: StreamMode | undefined;
  private readonly readers = new Set<StreamReader>();
  private resumeReading: (() => void) | undefined;
  private touchedAt: number;
  private readonly now: () => number;

  constructor(execution: Execution, now: () => number) {
    this.execution = execution;
    this.now = now;
    this.createdAt = now();
    this.touchedAt = this.createdAt;
  }

  get count(): number {
    return this.first + this.items.length;
  }

  /** ms since somebody was last interested. */
  get idleMs(): number {
    return this.readers.size > 0 ? 0 : this.now() - this.touchedAt;
  }

  get readerCount(): number {
    return this.readers.size;
  }

  /** Joins; `after` is the number of items already seen. */
  join(mode: StreamMode, after: number, wake: () => void): StreamReader {
    if (this.mode !== undefined && this.mode !== mode) throw streamTaken(this.mode);
    const reader: StreamReader = { next: Math.max(0, Math.min(after, this.count)), wake };
    this.readers.add(reader);
    this.touchedAt = this.now();
    if (this.mode === undefined) {
      this.mode = mode;
      void this.read(mode);
    }
    this.resumeReading?.();
    return reader;
  }

  leave(reader: StreamReader): void {
    this.readers.delete(reader);
    this.touchedAt = this.now();
  }

  /** What a reader gets next: up to `max` items, and how many were lost before them. */
  take(reader: StreamReader, max: number): { readonly items: readonly StreamItem[]; readonly from: number; readonly lost: number } {
    const lost = Math.max(0, this.first - reader.next);
    const from = reader.next + lost;
    const items = this.items.slice(from - this.first, from - this.first + max);
    reader.next = from + items.length;
    if (this.wantsMore()) this.resumeReading?.();
    return { items, from, lost };
  }

  isDrained(reader: StreamReader): boolean {
    return this.end !== undefined && reader.next >= this.count;
  }

  /** Ends reading; the kept items stay until the hub is dropped. */
  async cancel(reason: string): Promise<void> {
    await this.execution.cancel(reason);
    this.resumeReading?.();
  }

  private async *source(mode: StreamMode): AsyncGenerator<readonly StreamItem[]> {
    const { execution } = this;
    if (mode === 'rows' && execution.rowBatches) yield* execution.rowBatches();
    else if (mode === 'rows') for await (const row of execution) yield [row];
    else if (mode === 'changes') for await (const change of execution.changes()) yield [change];
    else if (mode === 'batches') for await (const batch of execution.batches()) yield [batchFrame(batch)];
    else if (execution.arrowFrames) for await (const frame of execution.arrowFrames()) yield [frame];
    else throw cannotDo('reading Arrow frames', 'this execution has none', 'Read rows instead.');
  }

  private wantsMore(): boolean {
    let fastest = -1;
    for (const r of this.readers) fastest = Math.max(fastest, r.next);
    return fastest >= 0 && this.count - fastest < (isBinary(this.mode) ? AHEAD_FRAMES : AHEAD_ITEMS);
  }

  private async read(mode: StreamMode): Promise<void> {
    try {
      for await (const items of this.source(mode)) {
        if (items.length === 0) continue;
        for (const item of items) this.items.push(item);
        this.arrivedAt = performance.now();
        const kept = isBinary(mode) ? KEPT_FRAMES : KEPT_ITEMS;
        if (this.items.length > 2 * kept) {
          this.first += this.items.length - kept;
          this.items = this.items.slice(-kept);
        }
        for (const r of this.readers) r.wake();
        while (!this.wantsMore() && this.execution.metrics().status !== 'cancelled') {
          await new Promise<void>((resolve) => {
            this.resumeReading = resolve;
          });
          this.resumeReading = undefined;
        }
      }
      this.end = { kind: 'complete' };
    } catch (error) {
      this.end = VeloError.is(error) && error.reason === 'cancelled' ? { kind: 'complete' } : { kind: 'error', error };
    }
    for (const r of this.readers) r.wake();
  }
}
