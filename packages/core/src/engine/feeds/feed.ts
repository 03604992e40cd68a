import type { Json } from '../../connect/offset.ts';
import type { RecordBatch } from '../../values/record-batch.ts';

/** One thing that a source hands over: rows in the feed's column order, or a promise about time. */
export type FeedItem = { readonly kind: 'rows'; readonly batch: RecordBatch } | { readonly kind: 'watermark'; readonly time: number };

/**
 * A source as the run loop reads it. `merge`: read to its end, merged with the others by event time.
 * `arrival`: rows count in the order in which they come; items carry the engine's arrival number.
 */
export interface Feed {
  readonly name: string;
  readonly mode: 'merge' | 'arrival';
  /** The next item; null at the end. At most one call is under way. */
  next(): FeedItem | null | Promise<FeedItem | null>;
  /** Arrival number of the item that `next` would give at once; undefined when none waits (arrival feeds only). */
  peekSequence?(): number | undefined;
  /** Position after the last item that `next` gave. */
  position(): Json;
  /** Called when an item arrives while none waited. */
  onArrival?: (() => void) | undefined;
  /** The position stands in a checkpoint that was stored; what lies before it is never asked for again. */
  acknowledge?(position: Json): void;
  close(): Promise<void>;
}
