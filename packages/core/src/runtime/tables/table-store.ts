import type { Field } from '../../values/column.ts';
import type { RecordBatch } from '../../values/record-batch.ts';
import type { Scalar } from '../../values/types.ts';
import type { StateReader, StateWriter } from '../state/codec.ts';

/** Materialised tables by name: what table joins look up and sub-queries read. */
export interface TableStore {
  find(name: string): MaterialisedTable | undefined;
  /** Creates or returns the table. `key`: columns that identify a row (later rows replace earlier ones); empty: rows append. */
  create(name: string, fields: readonly Field[], key: readonly number[]): MaterialisedTable;
  names(): readonly string[];
  snapshot(writer: StateWriter): void;
  restore(reader: StateReader): void;
}

export interface MaterialisedTable {
  readonly name: string;
  readonly fields: readonly Field[];
  readonly rowCount: number;
  /** Grows with every change: caches of scalar sub-queries test it. */
  readonly version: number;
  /** Applies rows `from`…`to`: inserts and updates upsert by key, deletes remove. */
  apply(batch: RecordBatch, from: number, to: number): void;
  /** Rows in first-insert order, each as scalars in field order. */
  rows(): Iterable<readonly Scalar[]>;
  /** Rows whose values of `columns` equal `key` (typed equality; NULL never matches), in insertion order; builds and keeps an index on first use. */
  lookup(columns: readonly number[], key: readonly Scalar[]): readonly (readonly Scalar[])[];
}
