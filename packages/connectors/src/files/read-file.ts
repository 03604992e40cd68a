import type { FileHandle } from 'node:fs/promises';
import { basename } from 'node:path';
import { connectorError, type DecodedBatch, type Decoder, type Field, type PushedPredicate } from '@velostream/core/connect';
import { readTyped } from '../formats/read-typed.ts';
import type { ReadProgress } from '../tables/look-limits.ts';
import { packingOf, type RangeFormat, type StreamFormat } from './choose-format.ts';
import { unpacked } from './codecs.ts';
import { fileAccess } from './file-access.ts';
import type { FileOptions } from './file-options.ts';
import { isMapped, readMapped } from './read-mapped.ts';
import { readWindows } from './read-windows.ts';

export interface FileReading {
  readonly path: string;
  readonly handle: FileHandle;
  readonly format: StreamFormat | RangeFormat;
  readonly options: FileOptions;
  readonly fields: readonly Field[];
  readonly predicates: readonly PushedPredicate[];
  readonly maxBatchRows: number;
  readonly from: { readonly byte: number; readonly record: number };
  /** Batches may share their arrays with the next one. */
  readonly lent?: boolean;
  /** Threads that may decode. */
  readonly threads?: number;
  /** Whether the file ends where it ends now; a followed file may still get the rest of its last record. */
  readonly isWhole: boolean;
  readonly signal: AbortSignal;
  readonly progress?: ReadProgress | undefined;
}

/** `size`: bytes that there were at first, of a file that is not followed; when it turns out to have fewer, that is an error. */
type BytesReading = Pick<FileReading, 'path' | 'handle' | 'options' | 'signal'> & { readonly size?: number };

/** Bytes of a file as its format has them. */
export function bytesOf(reading: BytesReading, from: number): AsyncGenerator<Uint8Array> {
  const { path, handle, options, signal, size } = reading;
  const packing = packingOf(path, options.compression);
  const start = packing === 'none' ? from : 0;
  const windows = readWindows(handle, {
    path,
    from: start,
    windowBytes: options.buffer_size,
    signal,
    ...(size === undefined ? {} : { size }),
  });
  if (packing === 'none') return windows;
  return skipped(unpacked(packing, windows, { path, maxOutputBytes: options.max_output_bytes }), from, reading);
}

/** Packed bytes have no middle to start from: what was read before is unpacked again and left out. */
async function* skipped(pieces: AsyncIterable<Uint8Array>, count: number, { path, signal }: BytesReading): AsyncGenerator<Uint8Array> {
  let left = count;
  for await (const piece of pieces) {
    if (left >= piece.length) left -= piece.length;
    else {
      yield left === 0 ? piece : piece.subarray(left);
      left = 0;
    }
  }
  if (left > 0 && !signal.aborted) throw connectorError('VS4205', { path });
}

/** The batches of one file from a position on. */
export async function* readFile(reading: FileReading): AsyncGenerator<DecodedBatch> {
  const { format, from, signal } = reading;
  if (format.access === 'random') yield* readByRange(reading, format);
  else {
    if (await isMapped(reading)) {
      // Ranges behind the first one need the names of the columns.
      yield* readMapped(reading, format, format.name === 'csv' ? await headerOf(reading, format) : undefined);
      return;
    }
    const header = from.byte > 0 ? await headerOf(reading, format) : undefined;
    yield* decoded(reading, decoderOf(reading, format, reading.fields, from, header), signal);
  }
}

async function* readByRange(reading: FileReading, format: RangeFormat): AsyncGenerator<DecodedBatch> {
  const { path, handle, fields, predicates, maxBatchRows, from, signal } = reading;
  if (signal.aborted) return;
  const access = await fileAccess(handle, path);
  const file = await format.open(access, signal);
  yield* readTyped(file, { fields, predicates, maxBatchRows, fromRecord: from.record, signal }, access.name);
}

async function* decoded(reading: FileReading, decoder: Decoder, signal: AbortSignal): AsyncGenerator<DecodedBatch> {
  const size = reading.isWhole ? { size: (await reading.handle.stat()).size } : {};
  try {
    for await (const bytes of bytesOf({ ...reading, ...size }, reading.from.byte)) {
      reading.progress?.bytes(bytes.length);
      if (signal.aborted) return;
      for (const batch of decoder.push(bytes)) {
        reading.progress?.rows(batch.batch.length);
        yield batch;
      }
    }
    if (reading.isWhole && !signal.aborted) yield* decoder.end();
  } finally {
    decoder.close?.();
  }
}

function decoderOf(
  reading: FileReading,
  format: StreamFormat,
  fields: readonly Field[],
  from: FileReading['from'],
  header: readonly string[] | undefined,
): Decoder {
  return format.decoder({
    fields,
    maxBatchRows: reading.maxBatchRows,
    name: basename(reading.path),
    startByte: from.byte,
    startRecord: from.record,
    maxRecordBytes: reading.options.max_record_bytes,
    lent: reading.lent === true,
    ...(header === undefined ? {} : { header }),
  });
}

/** Column names from the beginning of a file that is read from its middle; undefined for formats that have none. */
export async function headerOf(reading: FileReading, format: StreamFormat): Promise<readonly string[] | undefined> {
  const decoder = decoderOf(reading, format, [], { byte: 0, record: 0 }, undefined);
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
