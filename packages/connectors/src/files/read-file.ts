import type { FileHandle } from 'node:fs/promises';
import { basename } from 'node:path';
import { connectorError, type DecodedBatch, type Decoder, type Field } from '@velostream/core/connect';
import { type BoundFormat, packingOf } from './choose-format.ts';
import { unpacked } from './codecs.ts';
import type { FileOptions } from './file-options.ts';
import { readWindows } from './read-windows.ts';

export interface FileReading {
  readonly path: string;
  readonly handle: FileHandle;
  readonly format: BoundFormat;
  readonly options: FileOptions;
  readonly fields: readonly Field[];
  readonly maxBatchRows: number;
  readonly from: { readonly byte: number; readonly record: number };
  /** Whether the file ends where it ends now; a followed file may still get the rest of its last record. */
  readonly isWhole: boolean;
  readonly signal: AbortSignal;
}

/** Bytes of a file as its format has them. */
export function bytesOf(reading: Pick<FileReading, 'path' | 'handle' | 'options' | 'signal'>, from: number): AsyncGenerator<Uint8Array> {
  const { path, handle, options, signal } = reading;
  const packing = packingOf(path, options.compression);
  const windows = readWindows(handle, { path, from: packing === 'none' ? from : 0, windowBytes: options.buffer_size, signal });
  if (packing === 'none') return windows;
  return skipped(unpacked(packing, windows, { path, maxOutputBytes: options.max_output_bytes }), from, path);
}

/** Packed bytes have no middle to start from: what was read before is unpacked again and left out. */
async function* skipped(pieces: AsyncIterable<Uint8Array>, count: number, path: string): AsyncGenerator<Uint8Array> {
  let left = count;
  for await (const piece of pieces) {
    if (left >= piece.length) left -= piece.length;
    else {
      yield left === 0 ? piece : piece.subarray(left);
      left = 0;
    }
  }
  if (left > 0) throw connectorError('VS4205', { path });
}

/** The batches of one file from a position on. */
export async function* readFile(reading: FileReading): AsyncGenerator<DecodedBatch> {
  const { from, signal } = reading;
  const header = from.byte > 0 ? await headerOf(reading) : undefined;
  const decoder = decoderOf(reading, reading.fields, from, header);
  try {
    for await (const bytes of bytesOf(reading, from.byte)) {
      if (signal.aborted) return;
      yield* decoder.push(bytes);
    }
    if (reading.isWhole && !signal.aborted) yield* decoder.end();
  } finally {
    decoder.close?.();
  }
}

function decoderOf(
  reading: FileReading,
  fields: readonly Field[],
  from: FileReading['from'],
  header: readonly string[] | undefined,
): Decoder {
  return reading.format.decoder({
    fields,
    maxBatchRows: reading.maxBatchRows,
    name: basename(reading.path),
    startByte: from.byte,
    startRecord: from.record,
    maxRecordBytes: reading.options.max_record_bytes,
    ...(header === undefined ? {} : { header }),
  });
}

/** Column names from the beginning of a file that is read from its middle; undefined for formats that have none. */
async function headerOf(reading: FileReading): Promise<readonly string[] | undefined> {
  const decoder = decoderOf(reading, [], { byte: 0, record: 0 }, undefined);
  try {
    for await (const bytes of bytesOf(reading, 0)) {
      // A batch comes after the names, where there are names.
      const { done } = decoder.push(bytes)[Symbol.iterator]().next();
      if (decoder.header !== undefined || done !== true) return decoder.header;
    }
    return undefined;
  } finally {
    decoder.close?.();
  }
}
