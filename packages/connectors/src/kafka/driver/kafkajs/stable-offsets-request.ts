import type { KafkaInternals, WireRequest } from './internals.ts';

export interface StableOffset {
  readonly topic: string;
  readonly partition: number;
  readonly offset: number;
  readonly metadata: string;
}

/** An answer of the broker that is a fault; `faultOf` reads its number. */
class Refused extends Error {
  readonly code: number;

  constructor(code: number) {
    super(`the broker answered OffsetFetch with ${code}`);
    this.code = code;
  }
}

/**
 * OffsetFetch of version 7, which asks for stable offsets: while a transaction that commits to the group is not settled in the group, the
 * broker says so instead of giving the offsets before it. Those of kafkajs (up to version 4) do not know that: right after a commit
 * they can be one behind, and a job that goes on from them would repeat what was committed.
 */
export function stableOffsetsWire(internals: KafkaInternals, groupId: string): WireRequest {
  return {
    logResponseError: false,
    request: {
      apiKey: 9,
      apiVersion: 7,
      apiName: 'OffsetFetch',
      async encode() {
        const group = Buffer.from(groupId, 'utf8');
        // Tags of the header, the group, all topics (null), stable offsets only, tags.
        const body = Buffer.concat([Buffer.of(0), unsigned(group.length + 1), group, Buffer.of(0, 1, 0)]);
        const out = new internals.Encoder();
        out.writeBufferInternal(body);
        return out;
      },
    },
    response: { decode: async (raw) => readOffsets(raw), parse: async (data) => data },
  };
}

function unsigned(value: number): Buffer {
  const bytes: number[] = [];
  let rest = value;
  for (; rest > 127; rest >>>= 7) bytes.push((rest & 127) | 128);
  bytes.push(rest);
  return Buffer.from(bytes);
}

/** Fields of the compact forms: lengths are one more than they are, as variable-length numbers. */
class CompactReader {
  private readonly raw: Buffer;
  private at = 0;

  constructor(raw: Buffer) {
    this.raw = raw;
  }

  fixed(bytes: number): bigint {
    this.at += bytes;
    let value = 0n;
    for (let i = this.at - bytes; i < this.at; i++) value = (value << 8n) | BigInt(this.raw[i] as number);
    return BigInt.asIntN(bytes * 8, value);
  }

  number(bytes: number): number {
    return Number(this.fixed(bytes));
  }

  unsigned(): number {
    let value = 0;
    for (let shift = 0; ; shift += 7) {
      const byte = this.raw.readUInt8(this.at++);
      value += (byte & 127) * 2 ** shift;
      if (byte < 128) return value;
    }
  }

  text(): string {
    const length = Math.max(0, this.unsigned() - 1);
    this.at += length;
    return this.raw.toString('utf8', this.at - length, this.at);
  }

  tags(): void {
    for (let n = this.unsigned(); n > 0; n--) {
      this.unsigned();
      const size = this.unsigned();
      this.at += size;
    }
  }

  list<T>(read: () => T): T[] {
    const items: T[] = [];
    for (let n = this.unsigned() - 1; n > 0; n--) items.push(read());
    return items;
  }
}

function readOffsets(raw: Buffer): StableOffset[] {
  const reader = new CompactReader(raw);
  reader.tags();
  reader.number(4);
  const topics = reader.list(() => {
    const topic = reader.text();
    const partitions = reader.list(() => {
      const partition = reader.number(4);
      const offset = reader.number(8);
      reader.number(4);
      const metadata = reader.text();
      const fault = reader.number(2);
      reader.tags();
      return { topic, partition, offset, metadata, fault };
    });
    reader.tags();
    return partitions;
  });
  const fault = reader.number(2);
  const all = topics.flat();
  const refused = fault !== 0 ? fault : all.find((p) => p.fault !== 0)?.fault;
  if (refused !== undefined) throw new Refused(refused);
  return all.map(({ topic, partition, offset, metadata }) => ({ topic, partition, offset, metadata }));
}
