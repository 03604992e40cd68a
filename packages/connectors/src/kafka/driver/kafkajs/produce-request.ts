import type { KafkaInternals, WireRequest } from './internals.ts';

/** One record batch for one partition. */
export interface BatchToSend {
  readonly topic: string;
  readonly partition: number;
  readonly batch: Uint8Array;
}

export interface ProducedPartition {
  readonly topic: string;
  readonly partition: number;
  readonly fault: number;
}

export interface ProduceOptions {
  readonly transactionalId: string | null;
  readonly acks: number;
  readonly timeoutMs: number;
}

/** A produce request of version 7, whose answer tells each partition's outcome instead of throwing the first one. */
export function produceWire(internals: KafkaInternals, parts: readonly BatchToSend[], options: ProduceOptions): WireRequest {
  const topics = Map.groupBy(parts, (p) => p.topic);
  return {
    logResponseError: false,
    request: {
      apiKey: 0,
      apiVersion: 7,
      apiName: 'Produce',
      expectResponse: () => options.acks !== 0,
      async encode() {
        const out = new internals.Encoder(parts.reduce((sum, p) => sum + p.batch.length + 64, 256));
        out.writeString(options.transactionalId).writeInt16(options.acks).writeInt32(options.timeoutMs).writeInt32(topics.size);
        for (const [topic, batches] of topics) {
          out.writeString(topic).writeInt32(batches.length);
          for (const { partition, batch } of batches) {
            out.writeInt32(partition).writeInt32(batch.length);
            out.writeBufferInternal(Buffer.from(batch.buffer, batch.byteOffset, batch.byteLength));
          }
        }
        return out;
      },
    },
    response: { decode: async (raw) => readProduced(raw), parse: async (data) => data },
  };
}

function readProduced(raw: Buffer): ProducedPartition[] {
  const answers: ProducedPartition[] = [];
  let at = 4;
  for (let topics = raw.readInt32BE(0); topics > 0; topics--) {
    const length = raw.readInt16BE(at);
    const topic = raw.toString('utf8', at + 2, at + 2 + length);
    at += 2 + length;
    let parts = raw.readInt32BE(at);
    at += 4;
    for (; parts > 0; parts--) {
      answers.push({ topic, partition: raw.readInt32BE(at), fault: raw.readInt16BE(at + 4) });
      at += 4 + 2 + 8 + 8 + 8;
    }
  }
  return answers;
}
