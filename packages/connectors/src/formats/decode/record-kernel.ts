/** How a column's values are read on the fast path. */
export const Kind = { float: 0, integer: 1, decimal: 2, boolean: 3, text: 4, timestamp: 5, date: 6, other: 7 } as const;
export type KindCode = (typeof Kind)[keyof typeof Kind];

/** What stands in the slot of a row. */
export const Mark = {
  /** A number in `slots`, or for text the place of its bytes in `refs`. */
  value: 0,
  null: 1,
  /** The place of bytes in `refs` that only the complete reader understands (long numbers, escapes, nested values). */
  deferred: 2,
} as const;

/** Why a kernel came back. */
export const Stop = {
  /** The last record of the bytes is not whole (an open quote), or all bytes are used up. */
  bytes: 0,
  /** No more room for rows. */
  rows: 1,
  /** The record at `at` is for the complete reader. */
  record: 2,
} as const;
export type StopCode = (typeof Stop)[keyof typeof Stop];

export interface KernelColumn {
  /** Numbers by row. The same memory as `refs`: which of the two counts is told by `marks`. */
  readonly slots: Float64Array;
  /** Start and end in `input`, two per row. */
  readonly refs: Int32Array;
  readonly marks: Uint8Array;
}

export interface PlannedColumn {
  readonly kind: KindCode;
  /** Of decimals. */
  readonly scale: number;
  readonly precision: number;
}

/**
 * The fast path of a format: whole records from bytes to slots. Two implementations give the same answers, one in
 * JavaScript and one in WebAssembly; what neither reads at speed they leave to the complete reader.
 */
export interface RecordKernel {
  /** Where the bytes to decode are put. */
  readonly input: Uint8Array;
  /** Makes room for more input; keeps what is there. `input` and `columns` are new afterwards. */
  growInput(capacity: number): void;
  readonly columns: readonly KernelColumn[];
  /** Row after the last one decoded. */
  readonly row: number;
  /** Byte after the last record decoded. */
  readonly at: number;
  /** Decodes the records of `input[from … to)` into rows `row … limit`. The byte before `to` ends a line. */
  decode(from: number, to: number, row: number, limit: number): StopCode;
  /** Whether rows of the column may have got another mark than `value` since the last call. Without it: they may. */
  takeUnusual?(column: number): boolean;
  /** Codes of the text column `column` for rows `from … to` whose mark is `value`; -1 for bytes that are not UTF-8. */
  intern(column: number, from: number, to: number, codes: Int32Array, texts: TextCodes): void;
  /** Gives back what others can use; the kernel is not used any more. */
  release?(): void;
}

/** Gives codes to texts that a kernel meets for the first time. */
export interface TextCodes {
  /** Code of the text that the bytes hold, or -1 when they are not UTF-8. */
  codeOf(bytes: Uint8Array, start: number, end: number): number;
  readonly size: number;
}

/** Bytes behind the input that kernels may look at. */
export const INPUT_SLACK = 64;
