import type { VeloError } from '../diagnostics/velo-error.ts';
import type { Field } from '../values/column.ts';
import type { RecordBatch } from '../values/record-batch.ts';
import type { Scalar } from '../values/types.ts';
import type { JoinCounts } from './joins/join-counts.ts';
import type { Limits } from './limits.ts';
import type { Clock, Rng } from './ports.ts';
import type { StateReader, StateWriter } from './state/codec.ts';
import type { TableStore } from './tables/table-store.ts';

/** Takes what an operator emits. `watermark` promises that no on-time row with event time below `time` follows. */
export interface Output {
  batch(batch: RecordBatch): void;
  watermark(time: number): void;
}

/** Always-on counters of one operator. Conservation: rowsIn = rowsOut-producing + rowsFiltered + rowsLate + rowErrors for row-wise operators. */
export interface OperatorMetrics {
  rowsIn: number;
  rowsOut: number;
  /** Dropped by a predicate. */
  rowsFiltered: number;
  /** Too late for every window they belong to. */
  rowsLate: number;
  /** Late but accepted (allowed lateness). */
  rowsLateAccepted: number;
  /** Skipped because an expression failed on them. */
  rowErrors: number;
  /** Groups, rows or keys held now. */
  stateEntries: number;
  /** Approximate bytes held now. */
  stateBytes: number;
  /** Highest watermark passed on, ms; -Infinity before the first. */
  watermark: number;
  /** Windows closed so far. */
  windowsClosed: number;
  /** Of a join. */
  readonly join?: JoinCounts;
}

export const newMetrics = (): OperatorMetrics => ({
  rowsIn: 0,
  rowsOut: 0,
  rowsFiltered: 0,
  rowsLate: 0,
  rowsLateAccepted: 0,
  rowErrors: 0,
  stateEntries: 0,
  stateBytes: 0,
  watermark: Number.NEGATIVE_INFINITY,
  windowsClosed: 0,
});

/**
 * One running plan node. Synchronous: it takes rows and emits rows. Rules that every operator keeps:
 *
 * * Rows `from` (inclusive) to `to` (exclusive) of the batch are processed in order, as if they had come one by one:
 *   chunking never changes the output (sequence included).
 * * An accepted batch is never changed or kept when its arrays may be reused - state copies values.
 * * An expression that fails on a row: `context.recordError`, the row is skipped, no state changes half.
 * * Late or not is decided by the watermark in force before the row: `batch.watermarks?.[i]`, else the last `watermark()` of the
 *   port, and no row is behind it.
 * * `watermark(port, t)` comes after the rows it follows; never decreases; +Infinity at the end of input, right before `end`.
 * * Emitted batches have at most `context.batchRows` rows.
 */
export interface Operator {
  /** Name as EXPLAIN shows it. */
  readonly kind: string;
  readonly metrics: OperatorMetrics;
  process(port: number, batch: RecordBatch, from: number, to: number, out: Output): void;
  watermark(port: number, time: number, out: Output): void;
  /** The input of this port is exhausted. */
  end(port: number, out: Output): void;
  /** Writes everything a restored operator needs to answer exactly like this one. */
  snapshot(writer: StateWriter): void;
  /** Into a fresh operator of the same plan node. Throws a coded error on any mismatch, before use. */
  restore(reader: StateReader): void;
  /** Present where the state of one part of the input can be joined with that of what came before. */
  readonly byPart?: OperatorParts;
}

/**
 * An operator over one part of the input: on another thread, or on this one. A part that began without knowing what came before it is
 * joined only where that changes nothing.
 */
export interface OperatorParts {
  /** From now on the operator takes single parts: it emits nothing, and keeps all it knows until it is taken. */
  hold(): void;
  /** Of the operator that makes the watermark. */
  position?(): { readonly watermark: number; readonly latest: number };
  /** Watermark, and the highest event time, before the next row. */
  startAt(watermark: number, latest: number): void;
  /** Writes the part, and begins anew. */
  take(writer: StateWriter): void;
  /** Reads what `take` wrote; nothing has changed before `join`. */
  read(reader: StateReader): ReadPart;
}

export interface ReadPart {
  /** Whether the part is what it would be behind what the operator has had. */
  readonly fits: boolean;
  join(): void;
  /** Instead of `join`. */
  drop(): void;
}

export interface RecordErrorInfo {
  readonly error: VeloError;
  readonly operator: string;
  /** A truncated sample of the row, by column name. */
  readonly sample: Readonly<Record<string, Scalar>>;
}

/** What operators get from outside. */
export interface RuntimeContext {
  readonly codegen: boolean;
  readonly batchRows: number;
  readonly limits: Limits;
  readonly clock: Clock;
  readonly rng: Rng;
  readonly tables: TableStore;
  /** `per-record`: EMIT CHANGES emits a row per input row; `per-batch`: one per touched group of a batch. */
  readonly changes: 'per-record' | 'per-batch';
  recordError(info: RecordErrorInfo): void;
  /** Counts a warning by slug, e.g. `division-by-zero`. */
  warn(reason: string): void;
  /** A row given to the late policy `dead-letter`. */
  deadLetter(fields: readonly Field[], batch: RecordBatch, row: number, reason: string): void;
}
