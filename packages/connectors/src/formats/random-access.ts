import type { DecodedBatch, Encoder, Field, OptionsSchema, PushedPredicate } from '@velostream/core/connect';

/** Bytes that can be read at any place: a local file, an object in a store, a buffer. */
export interface RandomAccess {
  /** For messages. */
  readonly name: string;
  readonly size: number;
  /** Exactly the bytes `start … end` (end exclusive); the caller owns them. Fails with a coded error when there are fewer. */
  read(start: number, end: number, signal: AbortSignal): Promise<Uint8Array>;
}

/** What is wanted of an opened file. */
export interface RandomReadRequest {
  /** Only these columns are decoded, in this order, as the types that the file has for them. */
  readonly fields: readonly Field[];
  /** May be used to skip whole blocks of rows; rows that come need not fulfil them. */
  readonly predicates: readonly PushedPredicate[];
  readonly maxBatchRows: number;
  /** Records to pass over. `endRecord` of a batch counts from the start of the file, skipped records included. */
  readonly fromRecord: number;
  readonly signal: AbortSignal;
}

/** A file whose head or foot was read. Holds no rows; nothing to close. */
export interface OpenedFile {
  readonly fields: readonly Field[];
  /** Records in the file, when its metadata says so. */
  readonly rows: number | undefined;
  /** `endByte` of the batches is 0: a position in such a file is its record number. */
  read(request: RandomReadRequest): AsyncIterable<DecodedBatch>;
  /** Facts about the file for people: row groups, codec, writer. */
  readonly about: Readonly<Record<string, string | number>>;
  /** Smallest and largest value and number of NULLs by column, as far as the metadata says; never read from the rows. */
  stats?(): readonly ColumnFacts[];
}

export interface ColumnFacts {
  readonly column: string;
  /** In scalar form of the column. */
  readonly min?: unknown;
  readonly max?: unknown;
  readonly nulls?: number;
}

/**
 * A format that is read by range and not as a stream: its columns and blocks are found through a footer or block headers
 * (Parquet, ORC, Avro files, Arrow files). Drivers are loaded when a file is opened, so that naming a format costs nothing.
 */
export interface RandomAccessFormat<O = unknown> {
  readonly access: 'random';
  /** As in `'format' = 'parquet'`. */
  readonly name: string;
  readonly aliases: readonly string[];
  /** Without the dot. */
  readonly extensions: readonly string[];
  readonly options: OptionsSchema<O>;
  /** Reads what says how the file is laid out; columns and row counts come from there, exactly. */
  open(file: RandomAccess, options: O, signal: AbortSignal): Promise<OpenedFile>;
  /** A fresh encoder per file: the bytes of `start`, `encode` … and `finish` in a row are one file, and nothing can be added to it. */
  encoder?(fields: readonly Field[], options: O): Promise<Encoder>;
}

export const defineRandomAccessFormat = <O>(d: Omit<RandomAccessFormat<O>, 'access'>): RandomAccessFormat<O> =>
  Object.freeze({ ...d, access: 'random' as const });

/** Bytes in memory as a file. */
export function bytesAccess(bytes: Uint8Array, name = 'bytes'): RandomAccess {
  return {
    name,
    size: bytes.length,
    async read(start, end) {
      if (start < 0 || end > bytes.length || start > end) throw new RangeError(`bytes ${start} to ${end} of ${bytes.length}`);
      return new Uint8Array(bytes.subarray(start, end));
    },
  };
}
