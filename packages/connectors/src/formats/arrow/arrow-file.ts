import { connectorError, type DecodedBatch, type Field } from '@velostream/core/connect';
import { type Column, NO_META, nearestName } from '@velostream/core/connect/formats';
import { ColumnQueue } from '../columnar/column-queue.ts';
import { damaged } from '../damaged.ts';
import type { OpenedFile, RandomAccess, RandomReadRequest } from '../random-access.ts';
import { columnOf } from './arrow-columns.ts';
import { type ArrowLibrary, arrowLibrary, type RecordBatch } from './arrow-library.ts';
import { arrowType } from './arrow-types.ts';

const FORMAT = 'Arrow';
const MAGIC = 'ARROW1';
const WINDOW_BYTES = 1024 ** 2;
/** Memory that one batch may have: the library reads them whole. */
const BATCH_BYTES_MAX = 1024 ** 3;

/** An Arrow IPC file, or a stream that was kept as a file. */
export async function openArrow(file: RandomAccess, signal: AbortSignal): Promise<OpenedFile> {
  try {
    const arrow = await arrowLibrary();
    const head = new TextDecoder().decode(await file.read(0, Math.min(file.size, MAGIC.length), signal));
    const isFile = head === MAGIC;
    const reader = await readerOf(arrow, file, isFile, signal);
    const fields = reader.schema.fields.map(({ name, type, nullable }) => ({ name, type: arrowType(type), nullable }));
    const batches = isFile ? reader.numRecordBatches : undefined;
    await reader.cancel();
    return new ArrowFile(arrow, file, fields, isFile, batches);
  } catch (error) {
    throw damaged(error, file.name, FORMAT);
  }
}

async function readerOf(arrow: ArrowLibrary, file: RandomAccess, isFile: boolean, signal: AbortSignal) {
  const source = isFile ? handleOf(file, signal) : windows(file, signal);
  // The library takes anything that looks like an open file; ours has what it uses of one.
  const reader = await arrow.RecordBatchReader.from(source as AsyncIterable<Uint8Array>);
  const opened = await reader.open({ autoDestroy: false });
  if (opened.schema === undefined || opened.schema === null) throw new RangeError('it has no schema');
  return opened;
}

function handleOf(file: RandomAccess, signal: AbortSignal) {
  return {
    fd: -1,
    stat: async () => ({ size: file.size }),
    async read(buffer: Uint8Array, offset: number, length: number, position: number) {
      if (length > BATCH_BYTES_MAX) throw new RangeError(`a batch of ${length} bytes`);
      const bytes = await file.read(position, Math.min(file.size, position + length), signal);
      buffer.set(bytes, offset);
      return { bytesRead: bytes.length, buffer };
    },
    close: async () => {},
  };
}

async function* windows(file: RandomAccess, signal: AbortSignal): AsyncGenerator<Uint8Array> {
  for (let at = 0; at < file.size; at += WINDOW_BYTES) yield await file.read(at, Math.min(file.size, at + WINDOW_BYTES), signal);
}

class ArrowFile implements OpenedFile {
  readonly fields: readonly Field[];
  readonly rows = undefined;
  readonly about: Readonly<Record<string, string | number>>;
  private readonly arrow: ArrowLibrary;
  private readonly file: RandomAccess;
  private readonly isFile: boolean;

  constructor(arrow: ArrowLibrary, file: RandomAccess, fields: readonly Field[], isFile: boolean, batches: number | undefined) {
    this.arrow = arrow;
    this.file = file;
    this.fields = fields;
    this.isFile = isFile;
    this.about = { kind: isFile ? 'file' : 'stream', ...(batches === undefined ? {} : { 'record batches': batches }) };
  }

  async *read(request: RandomReadRequest): AsyncGenerator<DecodedBatch> {
    const { fromRecord, signal } = request;
    const places = request.fields.map((field) => this.placeOf(field));
    let first = 0;
    try {
      const reader = await readerOf(this.arrow, this.file, this.isFile, signal);
      try {
        for await (const batch of reader as AsyncIterable<RecordBatch>) {
          const rows = batch.numRows;
          if (first + rows > fromRecord) yield* inPieces(batch, places, first, request);
          first += rows;
          if (signal.aborted) return;
        }
      } finally {
        await reader.cancel();
      }
    } catch (error) {
      throw damaged(error, this.file.name, FORMAT);
    }
  }

  private placeOf({ name }: Field): number {
    const known = this.fields.map((field) => field.name);
    const place = known.indexOf(name);
    if (place >= 0) return place;
    throw connectorError('VS4307', { file: this.file.name, column: name, known, nearest: nearestName(name, known) });
  }
}

function* inPieces(
  batch: RecordBatch,
  places: readonly number[],
  first: number,
  { fromRecord, maxBatchRows, signal }: RandomReadRequest,
): Generator<DecodedBatch> {
  const rows = batch.numRows;
  const queues = places.map((place) => {
    const vector = batch.getChildAt(place);
    if (vector === null || vector.length < rows) throw new RangeError('a column has fewer values than its batch');
    const queue = new ColumnQueue();
    queue.push(columnOf(vector, rows), rows);
    return queue;
  });
  let at = Math.max(0, fromRecord - first);
  for (const queue of queues) queue.skip(at);
  while (at < rows && !signal.aborted) {
    const length = Math.min(maxBatchRows, rows - at);
    const columns: Column[] = queues.map((queue) => queue.take(length));
    at += length;
    yield { batch: { length, columns, meta: NO_META, ops: null, watermarks: null }, endByte: 0, endRecord: first + at, bad: [] };
  }
}
