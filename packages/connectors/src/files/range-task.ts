import type { Field } from '@velostream/core/connect';
import type { PackedBatch } from './packed-batch.ts';
import type { Boundary } from './range-boundary.ts';

/** What a thread gets once: the open file and how to decode it. */
export interface RangePlan {
  readonly fd: number;
  readonly name: string;
  readonly size: number;
  readonly format: 'csv' | 'jsonl' | 'json';
  readonly given: Readonly<Record<string, unknown>>;
  readonly fields: readonly Field[];
  readonly maxBatchRows: number;
  readonly maxRecordBytes: number;
  readonly header: readonly string[] | undefined;
  readonly boundary: Boundary;
  readonly windowBytes: number;
  /** Batches share their arrays with the next one. */
  readonly lent?: boolean;
}

/** How far a range went. */
export interface RangeEnd {
  /** Where the first record of the range begins, and where the record behind the last one does. */
  readonly start: number;
  readonly end: number;
  /** Up to where the records were whole; less than `end` when one goes on behind the range. */
  readonly done: number;
  readonly records: number;
}

/** Records from `from` up to the first boundary at or behind `to`. */
export interface RangeTask {
  readonly id: number;
  readonly from: number;
  readonly to: number;
  /** `from` is where a record begins; otherwise the first boundary behind it is. */
  readonly isExact: boolean;
}

export type RangeResult =
  | (RangeEnd & { readonly id: number; readonly batches: readonly PackedBatch[] })
  | {
      readonly id: number;
      readonly error: { readonly code?: string; readonly reason?: string; readonly message: string; readonly hint?: string };
    };
