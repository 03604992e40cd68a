import type { KafkaInternals, RawMetadata, WireRequest } from './internals.ts';
import { WireReader } from './wire-reader.ts';

/**
 * Metadata of version 5. kafkajs fails as a whole when one topic is unknown or without a leader, and asks for every topic of the cluster
 * when it wants the brokers alone; here each topic has its own outcome. `null` asks for all topics.
 */
export function metadataWire(internals: KafkaInternals, topics: readonly string[] | null): WireRequest {
  return {
    logResponseError: false,
    request: {
      apiKey: 3,
      apiVersion: 5,
      apiName: 'Metadata',
      async encode() {
        const out = new internals.Encoder();
        out.writeInt32(topics === null ? -1 : topics.length);
        for (const topic of topics ?? []) out.writeString(topic);
        return out.writeInt8(0); // never creates a topic
      },
    },
    response: { decode: async (raw) => readMetadata(raw), parse: async (data) => data },
  };
}

function readMetadata(raw: Buffer): RawMetadata {
  const reader = new WireReader(raw);
  const throttleTime = reader.int32();
  const brokers = reader.list(() => ({ nodeId: reader.int32(), host: reader.text(), port: reader.int32(), rack: reader.text() || null }));
  const clusterId = reader.text();
  const controllerId = reader.int32();
  const topicMetadata = reader.list(() => ({
    topicErrorCode: reader.int16(),
    topic: reader.text(),
    isInternal: reader.int8() !== 0,
    partitionMetadata: reader.list(() => ({
      partitionErrorCode: reader.int16(),
      partitionId: reader.int32(),
      leader: reader.int32(),
      replicas: reader.list(() => reader.int32()),
      isr: reader.list(() => reader.int32()),
      offlineReplicas: reader.list(() => reader.int32()),
    })),
  }));
  return { throttleTime, brokers, clusterId, controllerId, topicMetadata };
}
