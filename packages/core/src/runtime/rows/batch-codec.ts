import type { Column } from '../../values/column.ts';
import { createDictionary } from '../../values/dictionary.ts';
import type { BatchMeta, RecordBatch } from '../../values/record-batch.ts';
import type { Scalar } from '../../values/types.ts';
import type { StateReader, StateWriter } from '../state/codec.ts';

/** Writes the rows `slots[0 … count)` of a batch with all that travels beside them (ops and watermarks excepted). */
export function writeRows(writer: StateWriter, batch: RecordBatch, slots: Int32Array, count: number): void {
  writer.section('rows');
  writer.integer(count);
  writer.integer(batch.columns.length);
  for (const column of batch.columns) writeColumn(writer, column, slots, count);
  writeMeta(writer, batch.meta, slots, count);
}

/** The batch that `writeRows` wrote, rows 0 … length. */
export function readRows(reader: StateReader): RecordBatch {
  reader.section('rows');
  const length = reader.integer();
  const columns = Array.from({ length: reader.integer() }, () => readColumn(reader, length));
  return { length, columns, meta: readMeta(reader, length), ops: null, watermarks: null };
}

function writeColumn(writer: StateWriter, column: Column, slots: Int32Array, count: number): void {
  writer.string(column.lane);
  writer.boolean(column.nulls !== null);
  if (column.nulls !== null) writer.bytes(gatherBytes(column.nulls, slots, count), count);
  switch (column.lane) {
    case 'f64':
      writer.float64s(gatherFloats(column.values, slots, count), count);
      return;
    case 'bool':
      writer.bytes(gatherBytes(column.values, slots, count), count);
      return;
    case 'dict':
      writeCodes(writer, column, slots, count);
      return;
    case 'i64':
    case 'str':
    case 'boxed':
      for (let i = 0; i < count; i++) writer.scalar(isNull(column, slots[i]!) ? null : (column.values[slots[i]!] as Scalar));
  }
}

function readColumn(reader: StateReader, length: number): Column {
  const lane = reader.string() as Column['lane'];
  const nulls = reader.boolean() ? reader.bytes() : null;
  switch (lane) {
    case 'f64':
      return { lane, values: reader.float64s(), nulls };
    case 'bool':
      return { lane, values: reader.bytes(), nulls };
    case 'dict': {
      const dictionary = createDictionary(Array.from({ length: reader.integer() }, () => reader.string()));
      return { lane, values: reader.int32s(), nulls, dictionary };
    }
    case 'i64':
      return { lane, values: BigInt64Array.from(readScalars(reader, length), (v) => BigInt((v as bigint | number | null) ?? 0)), nulls };
    case 'str':
      return { lane, values: readScalars(reader, length).map((v) => (v as string | null) ?? ''), nulls };
    case 'boxed':
      return { lane, values: readScalars(reader, length), nulls };
  }
}

const isNull = (column: Column, slot: number): boolean => column.nulls !== null && column.nulls[slot] === 1;

/** Only the strings that the rows use, in order of first use. */
function writeCodes(writer: StateWriter, column: Extract<Column, { lane: 'dict' }>, slots: Int32Array, count: number): void {
  const codes = new Int32Array(count);
  const known = new Int32Array(column.dictionary.size);
  const used: number[] = [];
  for (let i = 0; i < count; i++) {
    if (isNull(column, slots[i]!)) continue;
    const code = column.values[slots[i]!]!;
    if (known[code] === 0) known[code] = used.push(code);
    codes[i] = known[code]! - 1;
  }
  writer.integer(used.length);
  for (const code of used) writer.string(column.dictionary.at(code));
  writer.int32s(codes, count);
}

function writeMeta(writer: StateWriter, meta: BatchMeta, slots: Int32Array, count: number): void {
  for (const values of [meta.eventTime, meta.timestamp, meta.offset, meta.partition]) {
    writer.boolean(values !== null);
    if (values !== null) writer.float64s(gatherFloats(values, slots, count), count);
  }
  writer.boolean(meta.key !== null);
  for (let i = 0; meta.key !== null && i < count; i++) {
    const key = meta.key[slots[i]!];
    writer.boolean(key !== undefined);
    if (key !== undefined) writer.scalar(key);
  }
  for (const items of [meta.topic, meta.headers]) {
    writer.boolean(items !== null);
    for (let i = 0; items !== null && i < count; i++) writer.scalar(items[slots[i]!] ?? null);
  }
}

function readMeta(reader: StateReader, length: number): BatchMeta {
  const floats = () => (reader.boolean() ? reader.float64s() : null);
  const [eventTime, timestamp, offset, partition] = [floats(), floats(), floats(), floats()];
  const key = reader.boolean() ? Array.from({ length }, () => (reader.boolean() ? reader.scalar() : undefined)) : null;
  // Topics and headers were written above as what they are.
  const topic = reader.boolean() ? (readScalars(reader, length) as (string | null)[]) : null;
  const headers = reader.boolean() ? (readScalars(reader, length) as (ReadonlyMap<string, string> | null)[]) : null;
  return { eventTime, timestamp, offset, partition, key, topic, headers };
}

const readScalars = (reader: StateReader, length: number): Scalar[] => Array.from({ length }, () => reader.scalar());

function gatherFloats(values: Float64Array, slots: Int32Array, count: number): Float64Array {
  const taken = new Float64Array(count);
  for (let i = 0; i < count; i++) taken[i] = values[slots[i]!]!;
  return taken;
}

function gatherBytes(values: Uint8Array, slots: Int32Array, count: number): Uint8Array {
  const taken = new Uint8Array(count);
  for (let i = 0; i < count; i++) taken[i] = values[slots[i]!]!;
  return taken;
}
