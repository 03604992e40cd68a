import { type AbortedTransaction, AbortedTransactions } from './aborted-transactions.ts';
import { COMPRESSIONS, type Codecs, type Compression, type UnpackLimits } from './compression.ts';
import { crc32c } from './crc32c.ts';
import type { DamagedBatch, ReadRecords, RecordChunk } from './record-chunk.ts';

/** Length of everything before the records of a batch. */
const HEADER_BYTES = 61;
/** `batchLength` counts what stands behind it. */
const LENGTH_END = 12;

export interface ReadOptions {
  /** Records before it are left out: a batch is fetched whole. */
  readonly from: number;
  /** The aborted transactions of the response; null reads uncommitted records as well. */
  readonly aborted: readonly AbortedTransaction[] | null;
  readonly codecs: Codecs;
  readonly limits: UnpackLimits;
  readonly checkCrc: boolean;
}

/** Codecs that the batches of a fetch need and that are not loaded yet. */
export function neededCodecs(bytes: Uint8Array, codecs: Codecs): Compression[] {
  const needed = new Set<Compression>();
  const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength);
  for (let at = 0; at + HEADER_BYTES <= bytes.length; at += LENGTH_END + Math.max(0, view.getInt32(at + 8))) {
    const codec = COMPRESSIONS[view.getInt16(at + 21) & 7];
    if (codec !== undefined && !codecs.isLoaded(codec)) needed.add(codec);
  }
  return [...needed];
}

/** Reads the record batches of a fetch response. A cut-off last batch is left for the next fetch. */
export function readRecords(bytes: Uint8Array, options: ReadOptions): ReadRecords {
  const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength);
  const transactions = options.aborted === null ? null : new AbortedTransactions(options.aborted);
  const chunks: RecordChunk[] = [];
  const damaged: DamagedBatch[] = [];
  let nextOffset = options.from;
  for (let at = 0; at + HEADER_BYTES <= bytes.length; ) {
    const length = view.getInt32(at + 8);
    const end = at + LENGTH_END + length;
    if (length < HEADER_BYTES - LENGTH_END || end > bytes.length) break;
    const magic = view.getInt8(at + 16);
    if (magic !== 2) throw new RangeError(`message format ${magic} is too old; it was last written by Kafka 0.10`);
    const batch = headerAt(view, at, end);
    if (batch.lastOffset >= options.from) {
      const isLeftOut = transactions?.covers({ ...batch, isAbortMarker: batch.isControl && isAbortMarker(bytes, at) }) ?? false;
      if (!isLeftOut && !batch.isControl) {
        const outcome = readBatch(bytes, batch, options);
        if ('problem' in outcome) damaged.push(outcome);
        else if (outcome.length > 0) chunks.push(outcome);
      }
      nextOffset = batch.lastOffset + 1;
    }
    at = end;
  }
  return { chunks, damaged, nextOffset };
}

interface BatchHeader {
  readonly start: number;
  readonly end: number;
  readonly baseOffset: number;
  readonly lastOffset: number;
  readonly crc: number;
  readonly codec: number;
  /** Of all records, where the broker sets the time; -1 otherwise. */
  readonly appendTime: number;
  readonly baseTimestamp: number;
  readonly producerId: bigint;
  readonly isTransactional: boolean;
  readonly isControl: boolean;
  readonly count: number;
}

function headerAt(view: DataView, at: number, end: number): BatchHeader {
  const attributes = view.getInt16(at + 21);
  const baseOffset = Number(view.getBigInt64(at));
  return {
    start: at,
    end,
    baseOffset,
    lastOffset: baseOffset + view.getInt32(at + 23),
    crc: view.getUint32(at + 17),
    codec: attributes & 7,
    appendTime: (attributes & 8) === 0 ? -1 : Number(view.getBigInt64(at + 35)),
    baseTimestamp: Number(view.getBigInt64(at + 27)),
    producerId: view.getBigInt64(at + 43),
    isTransactional: (attributes & 16) !== 0,
    isControl: (attributes & 32) !== 0,
    count: view.getInt32(at + 57),
  };
}

/** The key of a control record: version, then 0 for an abort and 1 for a commit. Control batches are never packed. */
function isAbortMarker(bytes: Uint8Array, start: number): boolean {
  const reader = new Varints(bytes, start + HEADER_BYTES);
  reader.next(); // length
  reader.at++; // attributes
  reader.next(); // timestamp
  reader.next(); // offset
  const keyLength = reader.next();
  return keyLength >= 4 && bytes[reader.at + 2] === 0 && bytes[reader.at + 3] === 0;
}

function readBatch(bytes: Uint8Array, batch: BatchHeader, options: ReadOptions): RecordChunk | DamagedBatch {
  const firstOffset = Math.max(batch.baseOffset, options.from);
  const bad = (problem: string): DamagedBatch => ({ firstOffset, lastOffset: batch.lastOffset, problem });
  if (options.checkCrc && crc32c(bytes, batch.start + 21, batch.end) !== batch.crc) return bad('its checksum is wrong');
  const codec = COMPRESSIONS[batch.codec];
  if (codec === undefined) return bad(`compression ${batch.codec} is not known`);
  try {
    const packed = bytes.subarray(batch.start + HEADER_BYTES, batch.end);
    return readAll(options.codecs.unpack(codec, packed, options.limits), batch, options.from);
  } catch (error) {
    return bad(error instanceof Error ? error.message : String(error));
  }
}

function readAll(bytes: Uint8Array, batch: BatchHeader, from: number): RecordChunk {
  const { count } = batch;
  // A record takes seven bytes at least, so a count that does not fit is damage and not a reason to allocate.
  if (count < 0 || count * 7 > bytes.length + 7) throw new RangeError('its number of records is damaged');
  const offsets = new Float64Array(count);
  const timestamps = new Float64Array(count);
  const keys = new Int32Array(count * 2);
  const values = new Int32Array(count * 2);
  const headers = new Int32Array(count);
  const reader = new Varints(bytes, 0);
  let length = 0;
  for (let i = 0; i < count; i++) {
    const size = reader.next();
    const end = reader.at + size;
    if (size < 6 || end > bytes.length) throw new RangeError('a record is cut off');
    reader.at++; // attributes, unused
    const time = batch.baseTimestamp + reader.nextLong();
    const offset = batch.baseOffset + reader.next();
    const keyLength = reader.next();
    const keyStart = reader.at;
    if (keyLength > 0) reader.at += keyLength;
    const valueLength = reader.next();
    const valueStart = reader.at;
    if (valueLength > 0) reader.at += valueLength;
    if (reader.at > end) throw new RangeError('a record is longer than it says');
    if (offset >= from) {
      offsets[length] = offset;
      timestamps[length] = batch.appendTime >= 0 ? batch.appendTime : time;
      keys[length * 2] = keyLength < 0 ? -1 : keyStart;
      keys[length * 2 + 1] = keyStart + Math.max(0, keyLength);
      values[length * 2] = valueLength < 0 ? -1 : valueStart;
      values[length * 2 + 1] = valueStart + Math.max(0, valueLength);
      headers[length] = reader.at;
      length++;
    }
    reader.at = end;
  }
  return { bytes, length, offsets, timestamps, keys, values, headers };
}

/** Reads zig-zag varints one after the other. */
class Varints {
  at: number;
  private readonly bytes: Uint8Array;

  constructor(bytes: Uint8Array, at: number) {
    this.bytes = bytes;
    this.at = at;
  }

  next(): number {
    const { bytes } = this;
    const first = bytes[this.at++] as number;
    if (first < 0x80) return (first >>> 1) ^ -(first & 1);
    let value = first & 0x7f;
    for (let shift = 7; ; shift += 7) {
      const byte = bytes[this.at++];
      if (byte === undefined || shift > 28) throw new RangeError('a length is damaged');
      value |= (byte & 0x7f) << shift;
      if (byte < 0x80) break;
    }
    return (value >>> 1) ^ -(value & 1);
  }

  /** A varint of up to ten bytes whose value is exact up to 2^53: differences of times. */
  nextLong(): number {
    const first = this.bytes[this.at] as number;
    if (first < 0x80) {
      this.at++;
      return (first >>> 1) ^ -(first & 1);
    }
    let low = 0;
    let factor = 1;
    for (let n = 0; ; n++) {
      const byte = this.bytes[this.at++];
      if (byte === undefined || n > 9) throw new RangeError('a time is damaged');
      low += (byte & 0x7f) * factor;
      if (byte < 0x80) break;
      factor *= 128;
    }
    return low % 2 === 0 ? low / 2 : -(low + 1) / 2;
  }
}
