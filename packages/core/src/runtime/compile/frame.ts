import type { EvalContext } from '../../sql/functions/define.ts';
import type { BatchMeta, RecordBatch } from '../../values/record-batch.ts';
import { NO_META } from '../../values/record-batch.ts';
import type { Scalar } from '../../values/types.ts';
import type { RuntimeContext } from '../operator.ts';

/** Where an interpreted expression reads its row from: one row of a batch, a pair of rows, or plain scalars. */
export interface Frame {
  batch: RecordBatch;
  row: number;
  right: RecordBatch;
  rightRow: number;
  scalars: readonly Scalar[];
  /** Event time that a projection gave the row; NaN: the row's own. */
  eventTime: number;
}

/** One compiled node of an expression. */
export type Eval = (frame: Frame) => Scalar;

const NO_BATCH: RecordBatch = { length: 0, columns: [], meta: NO_META, ops: null, watermarks: null };

export const newFrame = (): Frame => ({ batch: NO_BATCH, row: 0, right: NO_BATCH, rightRow: 0, scalars: [], eventTime: Number.NaN });

const numberAt = (values: Float64Array | null, row: number): number | null => {
  const value = values === null ? Number.NaN : (values[row] as number);
  return Number.isNaN(value) ? null : value;
};

export const timestampOf = (meta: BatchMeta, row: number): number | null => numberAt(meta.timestamp, row);
/** Event time, or the message's timestamp where it has none. */
export const eventTimeOf = (meta: BatchMeta, row: number): number | null => numberAt(meta.eventTime, row) ?? numberAt(meta.timestamp, row);
export const offsetOf = (meta: BatchMeta, row: number): number | null => numberAt(meta.offset, row);
export const partitionOf = (meta: BatchMeta, row: number): number | null => numberAt(meta.partition, row);

const later = (a: number | null, b: number | null): number | null => (a === null ? b : b === null ? a : Math.max(a, b));

/** Event time of the frame's row: of a pair, the later one. */
export const frameEventTime = (f: Frame): number | null =>
  !Number.isNaN(f.eventTime) ? f.eventTime : later(eventTimeOf(f.batch.meta, f.row), eventTimeOf(f.right.meta, f.rightRow));
/** Message time of the frame's row: of a pair, the later one. */
export const frameTimestamp = (f: Frame): number | null => later(timestampOf(f.batch.meta, f.row), timestampOf(f.right.meta, f.rightRow));

/** Headers of the left row, then those of the right one under keys the left lacks. */
export function headersOf(frame: Frame): ReadonlyMap<string, string> | null {
  const left = frame.batch.meta.headers?.[frame.row] ?? null;
  const right = frame.right.meta.headers?.[frame.rightRow] ?? null;
  if (left === null || right === null) return left ?? right;
  return new Map([...right, ...left]);
}

/** What functions see of the frame's row. `setHeader` is where a projection keeps the headers of its output row. */
export function evalContext(frame: Frame, context: RuntimeContext, setHeader: (key: string, value: string | null) => void): EvalContext {
  return {
    now: () => context.clock.now(),
    random: () => context.rng.next(),
    timestamp: () => frameTimestamp(frame),
    eventTime: () => frameEventTime(frame),
    headers: () => headersOf(frame),
    setHeader,
    warn: (reason) => context.warn(reason),
  };
}
