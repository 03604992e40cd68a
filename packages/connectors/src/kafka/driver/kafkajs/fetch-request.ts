import type { AbortedTransaction } from '../../records/aborted-transactions.ts';
import type { FetchPosition, FetchRequest } from '../kafka-driver.ts';
import type { KafkaInternals, WireEncoder, WireRequest } from './internals.ts';

/** What a broker answers for one partition, its records still packed. */
export interface RawPartition {
  readonly topic: string;
  readonly partition: number;
  readonly fault: number;
  readonly highWatermark: number;
  readonly lastStableOffset: number;
  readonly logStart: number;
  readonly aborted: readonly AbortedTransaction[];
  readonly records: Uint8Array;
}

export interface RawFetch {
  readonly fault: number;
  readonly partitions: readonly RawPartition[];
}

/** A fetch of version 11. Its records are not decoded here: kafkajs would make an object of each and unpack without a limit. */
export function fetchWire(internals: KafkaInternals, positions: readonly FetchPosition[], request: FetchRequest): WireRequest {
  const topics = Map.groupBy(positions, (p) => p.topic);
  return {
    requestTimeout: request.maxWaitMs + 1_000,
    logResponseError: false,
    request: {
      apiKey: 1,
      apiVersion: 11,
      apiName: 'Fetch',
      async encode() {
        const out = new internals.Encoder();
        out.writeInt32(-1).writeInt32(request.maxWaitMs).writeInt32(1).writeInt32(request.maxBytes);
        out
          .writeInt8(request.readCommitted ? 1 : 0)
          .writeInt32(0)
          .writeInt32(-1);
        out.writeInt32(topics.size);
        for (const [topic, parts] of topics) writeTopic(out, topic, parts, request.maxPartitionBytes);
        return out.writeInt32(0).writeString('');
      },
    },
    response: { decode: async (raw) => readFetch(raw), parse: async (data) => data },
  };
}

function writeTopic(out: WireEncoder, topic: string, parts: readonly FetchPosition[], maxBytes: number): void {
  out.writeString(topic).writeInt32(parts.length);
  for (const { partition, offset } of parts) {
    out.writeInt32(partition).writeInt32(-1).writeInt64(offset).writeInt64(-1).writeInt32(maxBytes);
  }
}

function readFetch(raw: Buffer): RawFetch {
  const reader = new Reader(raw);
  reader.int32(); // throttle time: the broker has waited already
  const fault = reader.int16();
  reader.int32(); // session
  const partitions: RawPartition[] = [];
  for (let topics = reader.int32(); topics > 0; topics--) {
    const topic = reader.text();
    for (let parts = reader.int32(); parts > 0; parts--) partitions.push(readPartition(reader, topic));
  }
  return { fault, partitions };
}

function readPartition(reader: Reader, topic: string): RawPartition {
  const partition = reader.int32();
  const fault = reader.int16();
  const highWatermark = reader.int64();
  const lastStableOffset = reader.int64();
  const logStart = reader.int64();
  const aborted: AbortedTransaction[] = [];
  for (let n = reader.int32(); n > 0; n--) aborted.push({ producerId: reader.bigint(), firstOffset: reader.int64() });
  reader.int32(); // preferred replica
  return { topic, partition, fault, highWatermark, lastStableOffset, logStart, aborted, records: reader.bytes(reader.int32()) };
}

class Reader {
  private readonly raw: Buffer;
  private at = 0;

  constructor(raw: Buffer) {
    this.raw = raw;
  }

  int16(): number {
    this.at += 2;
    return this.raw.readInt16BE(this.at - 2);
  }

  int32(): number {
    this.at += 4;
    return this.raw.readInt32BE(this.at - 4);
  }

  bigint(): bigint {
    this.at += 8;
    return this.raw.readBigInt64BE(this.at - 8);
  }

  int64(): number {
    return Number(this.bigint());
  }

  text(): string {
    const length = this.int16();
    this.at += length;
    return this.raw.toString('utf8', this.at - length, this.at);
  }

  bytes(length: number): Uint8Array {
    const end = this.at + Math.max(0, length);
    const part = this.raw.subarray(this.at, end);
    this.at = end;
    return part;
  }
}
