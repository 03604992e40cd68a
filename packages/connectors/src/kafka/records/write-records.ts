import { COMPRESSIONS, type Codecs, type Compression } from './compression.ts';
import { crc32c } from './crc32c.ts';

/** A message to write. Texts are UTF-8. */
export interface OutgoingRecord {
  readonly key: Uint8Array | string | null;
  /** null is a tombstone. */
  readonly value: Uint8Array | string | null;
  /** ms since the epoch. */
  readonly timestamp: number;
  readonly headers?: readonly (readonly [string, Uint8Array | string | null])[];
}

/** Who writes, for the broker's duplicate check. */
export interface ProducerState {
  readonly producerId: bigint;
  readonly producerEpoch: number;
  readonly firstSequence: number;
  readonly isTransactional: boolean;
}

export const NO_PRODUCER: ProducerState = { producerId: -1n, producerEpoch: -1, firstSequence: -1, isTransactional: false };

const HEADER_BYTES = 61;
const VARINT_MAX = 10;

/** One record batch of format 2. `records` is not empty. */
export function writeRecords(
  records: readonly OutgoingRecord[],
  producer: ProducerState,
  compression: Compression,
  codecs: Codecs,
): Uint8Array {
  const baseTimestamp = records[0]?.timestamp ?? 0;
  let maxTimestamp = baseTimestamp;
  const writer = new RecordWriter(records.length * 64 + 1024);
  for (let i = 0; i < records.length; i++) {
    const record = records[i] as OutgoingRecord;
    maxTimestamp = Math.max(maxTimestamp, record.timestamp);
    writer.record(record, i, record.timestamp - baseTimestamp);
  }
  const packed = codecs.pack(compression, writer.bytes());
  const batch = new Uint8Array(HEADER_BYTES + packed.length);
  const view = new DataView(batch.buffer);
  view.setInt32(8, batch.length - 12);
  view.setInt32(12, -1);
  view.setInt8(16, 2);
  view.setInt16(21, COMPRESSIONS.indexOf(compression) | (producer.isTransactional ? 16 : 0));
  view.setInt32(23, records.length - 1);
  view.setBigInt64(27, BigInt(Math.trunc(baseTimestamp)));
  view.setBigInt64(35, BigInt(Math.trunc(maxTimestamp)));
  view.setBigInt64(43, producer.producerId);
  view.setInt16(51, producer.producerEpoch);
  view.setInt32(53, producer.firstSequence);
  view.setInt32(57, records.length);
  batch.set(packed, HEADER_BYTES);
  view.setUint32(17, crc32c(batch, 21));
  return batch;
}

const encoder = new TextEncoder();

class RecordWriter {
  private buffer: Uint8Array;
  private at = 0;
  /** The body of one record, whose length stands before it. */
  private body = new Uint8Array(1024);
  private bodyAt = 0;

  constructor(capacity: number) {
    this.buffer = new Uint8Array(capacity);
  }

  bytes(): Uint8Array {
    return this.buffer.subarray(0, this.at);
  }

  record(record: OutgoingRecord, index: number, timeDelta: number): void {
    this.bodyAt = 0;
    this.room(1 + VARINT_MAX * 2);
    this.body[this.bodyAt++] = 0;
    this.long(Math.trunc(timeDelta));
    this.varint(index);
    this.blob(record.key);
    this.blob(record.value);
    const headers = record.headers ?? [];
    this.room(VARINT_MAX);
    this.varint(headers.length);
    for (const [name, value] of headers) {
      this.blob(name);
      this.blob(value);
    }
    this.append();
  }

  private blob(value: Uint8Array | string | null): void {
    if (value === null) {
      this.room(1);
      this.body[this.bodyAt++] = 1; // -1 in zig-zag
      return;
    }
    if (typeof value !== 'string') {
      this.room(VARINT_MAX + value.length);
      this.varint(value.length);
      this.body.set(value, this.bodyAt);
      this.bodyAt += value.length;
      return;
    }
    this.room(VARINT_MAX + value.length * 3);
    // The length comes first and is known last: write behind the widest length, then move.
    const start = this.bodyAt + 5;
    const { written } = encoder.encodeInto(value, this.body.subarray(start));
    this.varint(written);
    this.body.copyWithin(this.bodyAt, start, start + written);
    this.bodyAt += written;
  }

  private varint(value: number): void {
    let rest = ((value << 1) ^ (value >> 31)) >>> 0;
    while (rest > 0x7f) {
      this.body[this.bodyAt++] = (rest & 0x7f) | 0x80;
      rest >>>= 7;
    }
    this.body[this.bodyAt++] = rest;
  }

  private long(value: number): void {
    let rest = value < 0 ? -value * 2 - 1 : value * 2;
    while (rest > 0x7f) {
      this.body[this.bodyAt++] = (rest % 128) | 0x80;
      rest = Math.floor(rest / 128);
    }
    this.body[this.bodyAt++] = rest;
  }

  private room(bytes: number): void {
    if (this.bodyAt + bytes <= this.body.length) return;
    const next = new Uint8Array(Math.max(this.body.length * 2, this.bodyAt + bytes));
    next.set(this.body.subarray(0, this.bodyAt));
    this.body = next;
  }

  private append(): void {
    const length = this.bodyAt;
    if (this.at + length + VARINT_MAX > this.buffer.length) {
      const next = new Uint8Array(Math.max(this.buffer.length * 2, this.at + length + VARINT_MAX));
      next.set(this.buffer.subarray(0, this.at));
      this.buffer = next;
    }
    let rest = length * 2;
    while (rest > 0x7f) {
      this.buffer[this.at++] = (rest & 0x7f) | 0x80;
      rest >>>= 7;
    }
    this.buffer[this.at++] = rest;
    this.buffer.set(this.body.subarray(0, length), this.at);
    this.at += length;
  }
}
