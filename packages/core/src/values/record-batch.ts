import type { Column } from './column.ts';
import type { Scalar } from './types.ts';

/** What a row of a changelog does to the result. `-U` always stands right before its `+U`. */
export const Op = { insert: 0, updateBefore: 1, updateAfter: 2, delete: 3 } as const;
export type OpCode = 0 | 1 | 2 | 3;

/** +1 for `+I` and `+U`, -1 for `-U` and `-D`. */
export const weightOf = (op: number): 1 | -1 => (op === Op.updateBefore || op === Op.delete ? -1 : 1);

/** Values that travel beside the payload of each row. Each is null when no row of the batch has it or nobody asked for it. */
export interface BatchMeta {
  /** Event time per row, ms since the epoch. NaN where a row has none. */
  readonly eventTime: Float64Array | null;
  /** Message or ingestion time per row, ms since the epoch. */
  readonly timestamp: Float64Array | null;
  readonly offset: Float64Array | null;
  readonly partition: Float64Array | null;
  readonly key: readonly (Scalar | undefined)[] | null;
  readonly topic: readonly (string | null)[] | null;
  readonly headers: readonly (ReadonlyMap<string, string> | null)[] | null;
}

/**
 * Rows in column form: the unit that flows between operators. A batch is immutable once handed on;
 * an operator that drops rows makes a new, compacted batch.
 */
export interface RecordBatch {
  readonly length: number;
  /** One per field of the schema, in order. */
  readonly columns: readonly Column[];
  readonly meta: BatchMeta;
  /** `Op` per row; null when every row is an insert. */
  readonly ops: Uint8Array | null;
  /**
   * Watermark in force before each row, ms. Null when no row of the batch lies behind it (event time >= watermark
   * for all), in which case no row can be late and windows may close at the end of the batch with the same outcome.
   */
  readonly watermarks: Float64Array | null;
}

export const NO_META: BatchMeta = {
  eventTime: null,
  timestamp: null,
  offset: null,
  partition: null,
  key: null,
  topic: null,
  headers: null,
};
