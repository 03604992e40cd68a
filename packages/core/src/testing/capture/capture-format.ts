import type { BadRecord } from '../../connect/connector.ts';
import type { DecodeRequest, Decoder, Encoder } from '../../connect/format.ts';
import type { OptionsOwner } from '../../connect/options/resolve-options.ts';
import type { Field } from '../../values/column.ts';
import type { RecordBatch } from '../../values/record-batch.ts';

/** Bytes of an output, as formats that read by range want them. */
export interface CapturedBytes {
  readonly name: string;
  readonly size: number;
  read(start: number, end: number, signal: AbortSignal): Promise<Uint8Array>;
}

interface ReadRequest {
  readonly fields: readonly Field[];
  readonly predicates: readonly [];
  readonly maxBatchRows: number;
  readonly fromRecord: number;
  readonly signal: AbortSignal;
}

interface ReadBatch {
  readonly batch: RecordBatch;
  readonly bad: readonly BadRecord[];
}

/**
 * What an output can be captured in: a format as the package of connectors has them (`json()`, `csv()`, `avro()`, `protobuf()`), or your own of
 * that shape. It is read as a stream (`decoder`) or by range (`open`).
 */
export interface CaptureFormat extends OptionsOwner<unknown> {
  readonly aliases: readonly string[];
  encoder?(fields: readonly Field[], options: unknown): Encoder | Promise<Encoder>;
  decoder?(request: DecodeRequest, options: unknown): Decoder;
  open?(
    file: CapturedBytes,
    options: unknown,
    signal: AbortSignal,
  ): Promise<{ readonly fields: readonly Field[]; read(request: ReadRequest): AsyncIterable<ReadBatch> }>;
}

/** Formats of a run: a list, or a function that loads one by its name when a spec asks for it. */
export type CaptureFormats = readonly CaptureFormat[] | ((name: string) => Promise<CaptureFormat | undefined>);

export async function findFormat(formats: CaptureFormats | undefined, name: string): Promise<CaptureFormat | undefined> {
  if (typeof formats === 'function') return formats(name);
  const word = name.toLowerCase();
  return formats?.find((f) => f.name === word || f.aliases.includes(word));
}
