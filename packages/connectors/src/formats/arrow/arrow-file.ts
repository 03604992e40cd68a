import { connectorError, type DecodedBatch, type Field } from '@velostream/core/connect';
import { type Column, NO_META, nearestName } from '@velostream/core/connect/formats';
import { ColumnQueue } from '../columnar/column-queue.ts';
import { damaged } from '../damaged.ts';
import type { OpenedFile, RandomAccess, RandomReadRequest } from '../random-access.ts';
import { columnOf } from './arrow-columns.ts';
import { type ArrowLibrary, arrowLibrary, type RecordBatch } from './arrow-library.ts';
import { arrowType } from './arrow-types.ts';
import { checkBatch } from './check-batch.ts';
import type { CheckedMessage } from './check-message.ts';
import { blocksOf, checkBlock, ipcMessages } from './ipc-messages.ts';

const FORMAT = 'Arrow';

type Blocks = NonNullable<Awaited<ReturnType<typeof blocksOf>>>;

/** An Arrow IPC file, or a stream that was kept as a file. */
export async function openArrow(file: RandomAccess, signal: AbortSignal): Promise<OpenedFile> {
  try {
    const arrow = await arrowLibrary();
    const blocks = await blocksOf(file, signal);
    const reader =
      blocks === undefined
        ? await streamReader(
            arrow,
            ipcMessages(file, signal, ({ kind }) => kind === 'schema'),
          )
        : await fileReader(arrow, file, blocks, signal);
    const fields = reader.schema.fields.map(({ name, type, nullable }) => ({ name, type: arrowType(type), nullable }));
    await reader.cancel();
    return new ArrowFile(arrow, file, blocks, fields);
  } catch (error) {
    throw damaged(error, file.name, FORMAT);
  }
}

async function streamReader(arrow: ArrowLibrary, bytes: AsyncIterable<Uint8Array>) {
  const reader = await arrow.RecordBatchReader.from(bytes);
  const opened = await reader.open({ autoDestroy: false });
  if (opened.schema === undefined || opened.schema === null) throw new RangeError('it has no schema');
  return opened;
}

async function fileReader(arrow: ArrowLibrary, file: RandomAccess, blocks: Blocks, signal: AbortSignal) {
  // Opening reads the dictionaries.
  for (const block of blocks.dictionaries) await checkBlock(file, block, signal);
  const handle = handleOf(file, signal);
  // The library takes anything that looks like an open file; ours has what it uses of one.
  const reader = await arrow.AsyncRecordBatchFileReader.from(handle as unknown as Parameters<typeof arrow.RecordBatchReader.from>[0]);
  return (await reader.open({ autoDestroy: false })) as unknown as InstanceType<ArrowLibrary['AsyncRecordBatchFileReader']>;
}

function handleOf(file: RandomAccess, signal: AbortSignal) {
  return {
    fd: -1,
    stat: async () => ({ size: file.size }),
    async read(buffer: Uint8Array, offset: number, length: number, position: number) {
      // The library asks again and again for what is not there.
      if (position < 0 || position + length > file.size) throw new RangeError(`bytes up to ${position + length} of ${file.size}`);
      const bytes = await file.read(position, position + length, signal);
      buffer.set(bytes, offset);
      return { bytesRead: bytes.length, buffer };
    },
    close: async () => {},
  };
}

class ArrowFile implements OpenedFile {
  readonly fields: readonly Field[];
  readonly rows = undefined;
  readonly about: Readonly<Record<string, string | number>>;
  private readonly arrow: ArrowLibrary;
  private readonly file: RandomAccess;
  private readonly blocks: Blocks | undefined;

  constructor(arrow: ArrowLibrary, file: RandomAccess, blocks: Blocks | undefined, fields: readonly Field[]) {
    this.arrow = arrow;
    this.file = file;
    this.blocks = blocks;
    this.fields = fields;
    this.about = { kind: blocks === undefined ? 'stream' : 'file', ...(blocks && { 'record batches': blocks.batches.length }) };
  }

  async *read(request: RandomReadRequest): AsyncGenerator<DecodedBatch> {
    const places = request.fields.map((field) => this.placeOf(field));
    try {
      for await (const { batch, first } of this.blocks === undefined ? this.streamed(request) : this.byBlock(this.blocks, request)) {
        checkBatch(batch);
        yield* inPieces(batch, places, first, request);
        if (request.signal.aborted) return;
      }
    } catch (error) {
      throw damaged(error, this.file.name, FORMAT);
    }
  }

  private async *byBlock(blocks: Blocks, { fromRecord, signal }: RandomReadRequest): AsyncGenerator<Placed> {
    const reader = await fileReader(this.arrow, this.file, blocks, signal);
    try {
      let first = 0;
      for (const [i, block] of blocks.batches.entries()) {
        const { rows } = await checkBlock(this.file, block, signal);
        // Batches before the first wanted record are not read.
        const batch = first + rows > fromRecord ? await reader.readRecordBatch(i) : null;
        if (batch !== null) yield { batch, first };
        first += rows;
      }
    } finally {
      await reader.cancel();
    }
  }

  private async *streamed({ fromRecord, signal }: RandomReadRequest): AsyncGenerator<Placed> {
    let passed = 0;
    const wants = ({ kind, rows }: CheckedMessage): boolean => {
      if (kind !== 'batch' || passed + rows > fromRecord) return true;
      passed += rows;
      return false;
    };
    const reader = await streamReader(this.arrow, ipcMessages(this.file, signal, wants));
    try {
      let after = 0;
      for await (const batch of reader as AsyncIterable<RecordBatch>) {
        // `passed` stands still from the first wanted batch on.
        yield { batch, first: passed + after };
        after += batch.numRows;
      }
    } finally {
      await reader.cancel();
    }
  }

  private placeOf({ name }: Field): number {
    const known = this.fields.map((field) => field.name);
    const place = known.indexOf(name);
    if (place >= 0) return place;
    throw connectorError('VS4307', { file: this.file.name, column: name, known, nearest: nearestName(name, known) });
  }
}

interface Placed {
  readonly batch: RecordBatch;
  /** Records before it. */
  readonly first: number;
}

function* inPieces(
  batch: RecordBatch,
  places: readonly number[],
  first: number,
  { fromRecord, maxBatchRows, signal }: RandomReadRequest,
): Generator<DecodedBatch> {
  const rows = batch.numRows;
  if (first + rows <= fromRecord) return;
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
