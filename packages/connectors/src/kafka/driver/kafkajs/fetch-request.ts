import type { AbortedTransaction } from '../../records/aborted-transactions.ts';
import type { FetchPosition, FetchRequest } from '../kafka-driver.ts';
import type { KafkaInternals, WireEncoder, WireRequest } from './internals.ts';
import { WireReader } from './wire-reader.ts';

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
  const reader = new WireReader(raw);
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

function readPartition(reader: WireReader, topic: string): RawPartition {
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
