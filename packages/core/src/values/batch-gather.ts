import { assert } from '../diagnostics/assert.ts';
import { concatColumns } from './column-concat.ts';
import { sliceColumn, takeColumn } from './column-gather.ts';
import { type BatchMeta, NO_META, type RecordBatch } from './record-batch.ts';

/** Rows of a batch in the order of `indexes[0 … count)`, with all that travels beside them. */
export function takeBatch(batch: RecordBatch, indexes: Int32Array, count: number): RecordBatch {
  return {
    length: count,
    columns: batch.columns.map((column) => takeColumn(column, indexes, count)),
    meta: takeMeta(batch.meta, indexes, count),
    ops: batch.ops && takeBytes(batch.ops, indexes, count),
    watermarks: batch.watermarks && takeNumbers(batch.watermarks, indexes, count),
  };
}

/** What travels beside the rows, in the order of `indexes[0 … count)`. */
export function takeMeta(meta: BatchMeta, indexes: Int32Array, count: number): BatchMeta {
  if (meta === NO_META) return meta;
  return {
    eventTime: meta.eventTime && takeNumbers(meta.eventTime, indexes, count),
    timestamp: meta.timestamp && takeNumbers(meta.timestamp, indexes, count),
    offset: meta.offset && takeNumbers(meta.offset, indexes, count),
    partition: meta.partition && takeNumbers(meta.partition, indexes, count),
    key: meta.key && takeItems(meta.key, indexes, count),
    topic: meta.topic && takeItems(meta.topic, indexes, count),
    headers: meta.headers && takeItems(meta.headers, indexes, count),
  };
}

/** Rows `from` (inclusive) to `to` (exclusive); shares memory where it can. */
export function sliceBatch(batch: RecordBatch, from: number, to: number): RecordBatch {
  if (from === 0 && to === batch.length) return batch;
  const { meta } = batch;
  return {
    length: to - from,
    columns: batch.columns.map((column) => sliceColumn(column, from, to)),
    meta: {
      eventTime: meta.eventTime?.subarray(from, to) ?? null,
      timestamp: meta.timestamp?.subarray(from, to) ?? null,
      offset: meta.offset?.subarray(from, to) ?? null,
      partition: meta.partition?.subarray(from, to) ?? null,
      key: meta.key?.slice(from, to) ?? null,
      topic: meta.topic?.slice(from, to) ?? null,
      headers: meta.headers?.slice(from, to) ?? null,
    },
    ops: batch.ops?.subarray(from, to) ?? null,
    watermarks: batch.watermarks?.subarray(from, to) ?? null,
  };
}

/** Batches of one schema, one after the other. */
export function concatBatches(batches: readonly RecordBatch[]): RecordBatch {
  const first = batches[0];
  assert(first !== undefined, 'there is a batch to concatenate');
  if (batches.length === 1) return first;
  const length = batches.reduce((sum, batch) => sum + batch.length, 0);
  const metaOf = (read: (meta: BatchMeta) => Float64Array | null) => concatNumbers(batches, (b) => read(b.meta), length, Number.NaN);
  return {
    length,
    columns: first.columns.map((_, c) => concatColumns(batches.map((b) => ({ column: b.columns[c]!, length: b.length })))),
    meta: {
      eventTime: metaOf((m) => m.eventTime),
      timestamp: metaOf((m) => m.timestamp),
      offset: metaOf((m) => m.offset),
      partition: metaOf((m) => m.partition),
      key: concatItems(batches, (b) => b.meta.key, undefined),
      topic: concatItems(batches, (b) => b.meta.topic, null),
      headers: concatItems(batches, (b) => b.meta.headers, null),
    },
    ops: concatOps(batches, length),
    // No watermarks means that no row is behind one: the same as a watermark before all time.
    watermarks: concatNumbers(batches, (b) => b.watermarks, length, Number.NEGATIVE_INFINITY),
  };
}

function takeNumbers(values: Float64Array, indexes: Int32Array, count: number): Float64Array {
  const taken = new Float64Array(count);
  for (let i = 0; i < count; i++) taken[i] = values[indexes[i] as number] as number;
  return taken;
}

function takeBytes(values: Uint8Array, indexes: Int32Array, count: number): Uint8Array {
  const taken = new Uint8Array(count);
  for (let i = 0; i < count; i++) taken[i] = values[indexes[i] as number] as number;
  return taken;
}

function takeItems<T>(values: readonly T[], indexes: Int32Array, count: number): T[] {
  const taken = new Array<T>(count);
  for (let i = 0; i < count; i++) taken[i] = values[indexes[i] as number] as T;
  return taken;
}

function concatNumbers(
  batches: readonly RecordBatch[],
  read: (batch: RecordBatch) => Float64Array | null,
  length: number,
  missing: number,
): Float64Array | null {
  if (batches.every((batch) => read(batch) === null)) return null;
  const values = new Float64Array(length).fill(missing);
  let at = 0;
  for (const batch of batches) {
    const part = read(batch);
    if (part !== null) values.set(part.subarray(0, batch.length), at);
    at += batch.length;
  }
  return values;
}

function concatOps(batches: readonly RecordBatch[], length: number): Uint8Array | null {
  if (batches.every((batch) => batch.ops === null)) return null;
  const ops = new Uint8Array(length);
  let at = 0;
  for (const batch of batches) {
    if (batch.ops !== null) ops.set(batch.ops.subarray(0, batch.length), at);
    at += batch.length;
  }
  return ops;
}

function concatItems<T>(batches: readonly RecordBatch[], read: (batch: RecordBatch) => readonly T[] | null, missing: T): T[] | null {
  if (batches.every((batch) => read(batch) === null)) return null;
  return batches.flatMap((batch) => read(batch)?.slice(0, batch.length) ?? new Array<T>(batch.length).fill(missing));
}
