import type { RecordBatch } from '../../values/record-batch.ts';
import type { StateReader, StateWriter } from '../state/codec.ts';

export interface WindowBounds {
  readonly start: number;
  readonly end: number;
}

export interface WindowedRow {
  readonly batch: RecordBatch;
  readonly row: number;
  readonly time: number;
}

export interface ClosedWindow {
  readonly bounds: WindowBounds;
  /** Stored rows in order of arrival. */
  readonly slots: Int32Array;
}

/** Which stored rows (by slot) belong to which windows. */
export interface WindowMembers {
  /** Rows are kept even when they go out at once, because bounds grow with them. */
  readonly keepsRows: boolean;
  bind(batch: RecordBatch, from: number, to: number): void;
  /** Why the keys of a row could not be calculated. */
  failure(row: number): unknown;
  /** Whether a row has a window to go to. `outside`: no window covers its time. */
  placeOf(row: WindowedRow, watermark: number): 'open' | 'late-accepted' | 'late' | 'outside';
  /** Takes a stored row in. */
  add(row: number, time: number, slot: number, watermark: number): void;
  /** Takes the oldest row that `matches` out of the windows at `time`. */
  remove(row: number, time: number, matches: (slot: number) => boolean): number | undefined;
  /** Windows that a row at `time` belongs to: open ones, and closed ones that still take rows. */
  windowsAt(row: number, time: number, watermark: number): readonly WindowBounds[];
  isClosed(bounds: WindowBounds, watermark: number): boolean;
  /** Whether a watermark of `time` closes or frees anything. */
  isDue(time: number): boolean;
  /** Windows that close as the watermark goes from `before` to `time`, in order of their ends. */
  close(before: number, time: number): readonly ClosedWindow[];
  /** Rows that no window needs any more. */
  free(time: number): Iterable<number>;
  /** All stored rows, oldest first within each window. */
  slots(): Int32Array;
  write(writer: StateWriter, numbers: ReadonlyMap<number, number>): void;
  read(reader: StateReader): void;
}
