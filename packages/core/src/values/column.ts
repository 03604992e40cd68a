import type { Scalar, SqlType } from './types.ts';

/**
 * One column of a batch. `lane` says how the values are held; a column of one SQL type may come in
 * different lanes from batch to batch (an INTEGER column is `f64` while all its values are safe
 * integers and `i64` once one is not). Generated loops are specialised per lane.
 *
 * | lane  | values           | types                                                       |
 * |-------|------------------|-------------------------------------------------------------|
 * | f64   | Float64Array     | float, integer and decimal while safe, timestamp, date, time, interval |
 * | i64   | BigInt64Array    | integer, decimal (unscaled) beyond 2^53                       |
 * | bool  | Uint8Array (0/1) | boolean                                                     |
 * | dict  | Int32Array codes | string, over a shared append-only `dictionary`               |
 * | str   | string[]         | string with few repeats                                     |
 * | boxed | Scalar[]         | everything else, and decimals beyond 64 bits                  |
 *
 * `nulls[i] === 1` marks NULL; `nulls` is null when the column has none. The value slot beneath a NULL
 * is unspecified (readers must test the mask first). Arrays may be longer than the batch.
 */
export type Column =
  | { readonly lane: 'f64'; readonly values: Float64Array; readonly nulls: Uint8Array | null }
  | { readonly lane: 'i64'; readonly values: BigInt64Array; readonly nulls: Uint8Array | null }
  | { readonly lane: 'bool'; readonly values: Uint8Array; readonly nulls: Uint8Array | null }
  | { readonly lane: 'dict'; readonly values: Int32Array; readonly nulls: Uint8Array | null; readonly dictionary: Dictionary }
  | { readonly lane: 'str'; readonly values: readonly string[]; readonly nulls: Uint8Array | null }
  | { readonly lane: 'boxed'; readonly values: readonly Scalar[]; readonly nulls: Uint8Array | null };

export type Lane = Column['lane'];

/** Strings by code. Append-only: a code, once given, never changes its string. */
export interface Dictionary {
  /** Number of strings; codes are 0 … size-1. */
  readonly size: number;
  /** The string of a code. */
  at(code: number): string;
  /** Code of a string, or -1 when it was never added. */
  find(text: string): number;
  /** Code of a string, added when new. */
  add(text: string): number;
}

/** Name and type of one column of a plan node, batch or result. */
export interface Field {
  readonly name: string;
  readonly type: SqlType;
  readonly nullable: boolean;
}
