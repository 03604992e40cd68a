import type { Field } from '../values/column.ts';
import type { RecordBatch } from '../values/record-batch.ts';
import type { BadRecord, OptionsSchema } from './connector.ts';

/** Bytes to columns and back, without any transport. */
export interface FormatDefinition<O = unknown> {
  /** As in `'format' = 'csv'`. */
  readonly name: string;
  readonly aliases: readonly string[];
  /** Without the dot. */
  readonly extensions: readonly string[];
  readonly options: OptionsSchema<O>;
  /** Column names and types from the first bytes (or all of them); see decision 3 of the inference rules. */
  infer(sample: Uint8Array, complete: boolean, options: O): readonly Field[];
  decoder(request: DecodeRequest, options: O): Decoder;
  encoder?(fields: readonly Field[], options: O): Encoder;
}

export interface DecodeRequest {
  /** Only these columns are decoded, in this order. */
  readonly fields: readonly Field[];
  readonly maxBatchRows: number;
  /** For positions in errors. */
  readonly name: string;
  /** Byte offset and record number where the first chunk starts (0, 0 at the beginning of a file; a header line is read only there). */
  readonly startByte: number;
  readonly startRecord: number;
  /** Column names of the file when decoding does not start at its header. */
  readonly header?: readonly string[];
  /** Longest record, bytes. */
  readonly maxRecordBytes: number;
  /** Each batch is done with when the next is asked for: its arrays may be used again. Otherwise a batch owns them. */
  readonly lent?: boolean;
}

export interface DecodedBatch {
  readonly batch: RecordBatch;
  /** Bytes of input consumed up to and including the last record of this batch. */
  readonly endByte: number;
  /** Records consumed, bad ones included. */
  readonly endRecord: number;
  readonly bad: readonly BadRecord[];
  /** Record number of each row; absent when the rows are consecutive records that end before `endRecord`. */
  readonly records?: Float64Array;
}

/** Push bytes in any chunking; batches come out. Batches own their arrays (nothing is reused). */
export interface Decoder {
  push(chunk: Uint8Array): Iterable<DecodedBatch>;
  /** No more bytes: the last record, if it is whole. */
  end(): Iterable<DecodedBatch>;
  /** Header names once known (CSV). */
  readonly header: readonly string[] | undefined;
  /** Gives up before the end; also harmless after it. */
  close?(): void;
}

export interface Encoder {
  /** First bytes of a file (CSV header). */
  start(): Uint8Array;
  encode(batch: RecordBatch): Uint8Array;
  finish(): Uint8Array;
}

/** Compression by stream; `maxOutputBytes` and a ratio of 200:1 guard against bombs. */
export interface CodecDefinition {
  readonly name: string;
  readonly extensions: readonly string[];
  decompress(
    input: AsyncIterable<Uint8Array>,
    limits: { readonly maxOutputBytes: number; readonly maxRatio: number },
  ): AsyncIterable<Uint8Array>;
  compress?(input: AsyncIterable<Uint8Array>): AsyncIterable<Uint8Array>;
}

export const defineFormat = <O>(d: FormatDefinition<O>): FormatDefinition<O> => Object.freeze(d);
