import {
  connectorError,
  type DecodedBatch,
  type Decoder,
  databaseError,
  type Field,
  type ReadRequest,
  type Source,
  type SourceBatch,
  type SourceDescription,
} from '@velostream/core/connect';
import { NO_META, takeBatch } from '@velostream/core/connect/formats';
import { chooseFormat, packingOf, type RangeFormat, type StreamFormat } from '../files/choose-format.ts';
import { unpacked } from '../files/codecs.ts';
import { readTyped } from '../formats/read-typed.ts';
import type { ReadProgress } from '../tables/look-limits.ts';
import { oneReader } from '../tables/one-reader.ts';
import { listObjects, type StoredObject } from './list-objects.ts';
import { objectAccess, objectBytes } from './object-access.ts';
import { fromOffset, type ObjectPosition, toOffset } from './object-position.ts';
import { notFound, type OpenStore, openStore, type S3Context } from './s3-client.ts';

/** Bytes that types are inferred from. */
const SAMPLE_BYTES = 1024 ** 2;
/** Objects without content that are passed over in search of a sample. */
const EMPTY_MAX = 100;
const LINE_FEED = 0x0a;

/** Objects as one source, one after the other in the order of their keys, each in the version that was listed. */
export function s3Source(context: S3Context): Source {
  return {
    describe: (signal) => withStore(context, async (store) => describeObjects(store, context, await found(store, context), signal)),
    read: oneReader('s3', (request) => readObjects(context, request)),
  };
}

export async function withStore<T>(context: S3Context, work: (store: OpenStore) => Promise<T>): Promise<T> {
  const store = await openStore(context);
  try {
    return await work(store);
  } finally {
    store.close();
  }
}

async function found(store: OpenStore, context: S3Context): Promise<readonly StoredObject[]> {
  const objects = await listObjects(store, context);
  if (objects.length === 0) throw notFound(store.bucket, context.options.key);
  return objects;
}

/** Columns and types: exactly, from the footer, or from the first MiB of the first object that has any. */
export async function describeObjects(
  store: OpenStore,
  context: S3Context,
  objects: readonly StoredObject[],
  signal: AbortSignal,
): Promise<SourceDescription> {
  for (const object of objects.slice(0, EMPTY_MAX)) {
    const format = chooseFormat(object.key, context.options, context.formats);
    if (object.size === 0) continue;
    if (format.access === 'random') {
      const file = await format.open(accessOf(store, context, object), signal);
      if (file.fields.length === 0) continue;
      const coverage = { scannedRows: file.rows ?? 0, scannedBytes: 0, complete: objects.length === 1 };
      return { fields: file.fields, bounded: true, origin: 'declared', coverage };
    }
    const { bytes, isWhole } = await sampleOf(store, context, object, signal);
    const fields = format.infer(bytes, isWhole);
    if (fields.length === 0) continue;
    let lines = 0;
    for (let at = bytes.indexOf(LINE_FEED); at >= 0; at = bytes.indexOf(LINE_FEED, at + 1)) lines++;
    return {
      fields,
      bounded: true,
      origin: 'inferred',
      coverage: { scannedRows: lines, scannedBytes: bytes.length, complete: isWhole && objects.length === 1 },
    };
  }
  throw connectorError('VS4309', { file: `s3://${store.bucket}/${context.options.key}` });
}

export const accessOf = (store: OpenStore, { options }: S3Context, object: StoredObject) =>
  objectAccess(store, { object, retries: options.retries, timeoutMs: options.request_timeout_ms });

async function sampleOf(
  store: OpenStore,
  context: S3Context,
  object: StoredObject,
  signal: AbortSignal,
): Promise<{ bytes: Uint8Array; isWhole: boolean }> {
  const sample = new Uint8Array(SAMPLE_BYTES);
  let length = 0;
  const small = { ...context, options: { ...context.options, range_bytes: Math.min(context.options.range_bytes, SAMPLE_BYTES / 4) } };
  for await (const piece of unpackedBytes(store, small, { object, from: 0, signal })) {
    const part = piece.subarray(0, SAMPLE_BYTES - length);
    sample.set(part, length);
    length += part.length;
    if (part.length < piece.length) return { bytes: sample, isWhole: false };
  }
  return { bytes: sample.subarray(0, length), isWhole: !signal.aborted };
}

interface BytesRequest {
  readonly object: StoredObject;
  /** Unpacked bytes to leave out. */
  readonly from: number;
  readonly signal: AbortSignal;
}

/** Bytes of an object as its format has them. Packed ones have no middle to start from: they are unpacked again up to there. */
async function* unpackedBytes(
  store: OpenStore,
  { options }: S3Context,
  { object, from, signal }: BytesRequest,
): AsyncGenerator<Uint8Array> {
  const packing = packingOf(object.key, options.compression);
  const start = packing === 'none' ? from : 0;
  const reading = {
    object,
    start,
    rangeBytes: options.range_bytes,
    retries: options.retries,
    timeoutMs: options.request_timeout_ms,
    signal,
  };
  const plain = objectBytes(store, reading);
  if (packing === 'none') return yield* plain;
  let left = from;
  for await (const piece of unpacked(packing, plain, { path: object.key, maxOutputBytes: options.max_output_bytes })) {
    if (left < piece.length) yield left === 0 ? piece : piece.subarray(left);
    left = Math.max(0, left - piece.length);
  }
}

async function* readObjects(context: S3Context, request: ReadRequest): AsyncGenerator<SourceBatch> {
  const { signal } = request;
  const start = fromOffset(request.from);
  if (signal.aborted) return;
  const store = await openStore(context);
  try {
    const objects = await found(store, context);
    const current = start === undefined ? undefined : objects.find(({ key }) => key === start.key);
    if (start !== undefined && (current === undefined || current.etag !== start.etag))
      throw databaseError('VS4702', { object: `s3://${store.bucket}/${start.key}` });
    const rows = new ObjectRows(context, request, start?.total ?? 0);
    for (const object of objects) {
      if (start !== undefined && object.key < start.key) continue;
      const from = object.key === start?.key ? start : undefined;
      for await (const decoded of decodedBatches(store, context, { object, request, from })) {
        yield rows.make(decoded, object);
        if (rows.isFull || signal.aborted) return;
      }
    }
  } catch (error) {
    if (!signal.aborted) throw error;
  } finally {
    store.close();
  }
}

interface ObjectReading {
  readonly object: StoredObject;
  readonly request: ReadRequest;
  readonly from: ObjectPosition | undefined;
}

async function* decodedBatches(store: OpenStore, context: S3Context, reading: ObjectReading): AsyncGenerator<DecodedBatch> {
  const { object, request, from } = reading;
  const format = chooseFormat(object.key, context.options, context.formats);
  if (object.size === 0) return;
  if (format.access === 'random') yield* byRange(store, context, format, reading);
  else {
    const header = from !== undefined && from.byte > 0 ? await headerOf(store, context, format, reading) : undefined;
    const decoder = decoderOf(context, format, reading, { fields: request.fields, from, header });
    yield* byStream(
      unpackedBytes(store, context, { object, from: from?.byte ?? 0, signal: request.signal }),
      decoder,
      request.signal,
      context.progress,
    );
  }
}

async function* byRange(
  store: OpenStore,
  context: S3Context,
  format: RangeFormat,
  { object, request, from }: ObjectReading,
): AsyncGenerator<DecodedBatch> {
  const { fields, predicates, maxBatchRows, signal } = request;
  const access = accessOf(store, context, object);
  const file = await format.open(access, signal);
  yield* readTyped(file, { fields, predicates, maxBatchRows, fromRecord: from?.record ?? 0, signal }, access.name);
}

async function* byStream(
  bytes: AsyncIterable<Uint8Array>,
  decoder: Decoder,
  signal: AbortSignal,
  progress: ReadProgress | undefined,
): AsyncGenerator<DecodedBatch> {
  try {
    for await (const piece of bytes) {
      progress?.bytes(piece.length);
      if (signal.aborted) return;
      for (const batch of decoder.push(piece)) {
        progress?.rows(batch.batch.length);
        yield batch;
      }
    }
    if (!signal.aborted) yield* decoder.end();
  } finally {
    decoder.close?.();
  }
}

interface Decoding {
  readonly fields: readonly Field[];
  readonly from: ObjectPosition | undefined;
  readonly header: readonly string[] | undefined;
}

function decoderOf(
  { options }: S3Context,
  format: StreamFormat,
  { object, request }: ObjectReading,
  { fields, from, header }: Decoding,
): Decoder {
  return format.decoder({
    fields,
    maxBatchRows: request.maxBatchRows,
    name: object.key.slice(object.key.lastIndexOf('/') + 1),
    startByte: from?.byte ?? 0,
    startRecord: from?.record ?? 0,
    maxRecordBytes: options.max_record_bytes,
    ...(header === undefined ? {} : { header }),
  });
}

/** Column names from the beginning of an object that is read from its middle. */
async function headerOf(
  store: OpenStore,
  context: S3Context,
  format: StreamFormat,
  reading: ObjectReading,
): Promise<readonly string[] | undefined> {
  const decoder = decoderOf(context, format, reading, { fields: [], from: undefined, header: undefined });
  try {
    for await (const bytes of unpackedBytes(store, context, { object: reading.object, from: 0, signal: reading.request.signal })) {
      const { done } = decoder.push(bytes)[Symbol.iterator]().next();
      if (decoder.header !== undefined || done !== true) return decoder.header;
    }
    return undefined;
  } finally {
    decoder.close?.();
  }
}

/** Makes source batches of decoded ones: system columns, positions, and the limit of `max_records`. */
class ObjectRows {
  private readonly context: S3Context;
  private readonly request: ReadRequest;
  private total: number;

  constructor(context: S3Context, request: ReadRequest, total: number) {
    this.context = context;
    this.request = request;
    this.total = total;
  }

  get isFull(): boolean {
    return this.total >= (this.context.options.max_records ?? Number.POSITIVE_INFINITY);
  }

  make(decoded: DecodedBatch, object: StoredObject): SourceBatch {
    const room = (this.context.options.max_records ?? Number.POSITIVE_INFINITY) - this.total;
    const length = Math.min(decoded.batch.length, room);
    const taken =
      length === decoded.batch.length
        ? decoded.batch
        : takeBatch(
            decoded.batch,
            Int32Array.from({ length }, (_, i) => i),
            length,
          );
    const { system } = this.request;
    const first = this.total;
    this.total += length;
    const meta =
      system.length === 0
        ? NO_META
        : {
            ...NO_META,
            timestamp: system.includes('_TIMESTAMP') ? new Float64Array(length).fill(object.modifiedAt) : null,
            offset: system.includes('_OFFSET') ? Float64Array.from({ length }, (_, i) => first + i) : null,
            partition: system.includes('_PARTITION') ? new Float64Array(length) : null,
          };
    const position: ObjectPosition = {
      key: object.key,
      etag: object.etag,
      byte: decoded.endByte,
      record: decoded.endRecord,
      total: this.total,
    };
    return { batch: { ...taken, meta }, next: toOffset(position), ...(decoded.bad.length === 0 ? {} : { bad: decoded.bad }) };
  }
}
