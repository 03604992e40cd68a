import type { Field, RecordBatch, VeloError } from '@velostream/core/connect';
import type { Column } from '@velostream/core/connect/formats';
import type { RecordChunk } from '../records/record-chunk.ts';

/** Records of several chunks in the order in which they are read. */
export interface PickedRecords {
  readonly length: number;
  readonly chunks: readonly RecordChunk[];
  /** Per record: which chunk and which row of it. */
  readonly chunk: Int32Array;
  readonly row: Int32Array;
}

export interface BadValue {
  /** Number of the record among those given. */
  readonly record: number;
  readonly error: VeloError;
  readonly sample: string;
}

export interface DecodedValues {
  readonly columns: readonly Column[];
  readonly length: number;
  /** The record of each row; null when the rows are consecutive records that end with the one before `upTo`. */
  readonly records: Int32Array | null;
  readonly bad: readonly BadValue[];
  /** Records that are dealt with, those of earlier parts included. */
  readonly upTo: number;
}

/** Decodes values of messages into columns; a message without a value gives a row of NULLs. Keeps state between calls; one caller at a time. */
export interface ValueDecoder {
  /** Whether nothing that `decode` gives points into the bytes of the records. */
  readonly copies?: boolean;
  /** Fetches what `decode` needs for these records. Rejects only where nothing can be said of any record. */
  prepare?(records: PickedRecords, signal: AbortSignal): Promise<void>;
  /** Nearly always one part; the last one ends with the last record. */
  decode(records: PickedRecords): Iterable<DecodedValues>;
  close(): void;
}

export interface ValueEncoder {
  /** One value per row. */
  encode(batch: RecordBatch): readonly Uint8Array[];
}

/** How the values of a topic are written: read from messages alone, or with a schema. */
export interface ValueFormat {
  /** Columns, from a schema or from samples. */
  describe(
    samples: readonly Uint8Array[],
    signal: AbortSignal,
  ): Promise<{ readonly fields: readonly Field[]; readonly origin: 'declared' | 'registry' | 'inferred' }>;
  /** Whether `describe` needs samples. */
  readonly needsSamples: boolean;
  decoder(
    fields: readonly Field[],
    options: { readonly maxBatchRows: number; readonly maxRecordBytes: number },
    signal: AbortSignal,
  ): Promise<ValueDecoder>;
  encoder(fields: readonly Field[], signal: AbortSignal): Promise<ValueEncoder>;
}
