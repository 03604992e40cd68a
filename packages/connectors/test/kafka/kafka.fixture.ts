import { randomBytes } from 'node:crypto';
import { expect } from 'vitest';
import type {
  DriverSettings,
  KafkaDriver,
  KafkaProducer,
  PartitionRecords,
  ProducerSettings,
} from '../../src/kafka/driver/kafka-driver.ts';
import { kafkajsDriver } from '../../src/kafka/driver/kafkajs/kafkajs-driver.ts';
import { type Header, headersAt, keyAt, valueAt } from '../../src/kafka/records/record-chunk.ts';
import { networkGuard } from '../../src/net/network-guard.ts';

export const NEVER = new AbortController().signal;

export const settingsFor = (brokers: string, more: Partial<DriverSettings> = {}): DriverSettings => ({
  brokers: brokers.split(','),
  clientId: 'velostream-test',
  connectionTimeoutMs: 5_000,
  requestTimeoutMs: 10_000,
  tls: undefined,
  sasl: undefined,
  ...more,
});

export const driverFor = (brokers: string, more: Partial<DriverSettings> = {}): KafkaDriver =>
  kafkajsDriver(settingsFor(brokers, more), networkGuard({}));

/** A name that no other test run uses. */
export const freshName = (prefix: string): string => `${prefix}-${randomBytes(6).toString('hex')}`;

export async function freshTopic(driver: KafkaDriver, prefix: string, partitions = 1): Promise<string> {
  const topic = freshName(prefix);
  await driver.admin.createTopics([{ topic, partitions, replicationFactor: 1 }]);
  return topic;
}

export const PLAIN_PRODUCER: ProducerSettings = {
  acks: 'all',
  idempotent: true,
  transactionalId: undefined,
  transactionTimeoutMs: 30_000,
  compression: 'none',
  requestTimeoutMs: 10_000,
  deliveryTimeoutMs: 30_000,
};

/** Writes values (texts or tombstones) to one partition with growing times. */
export async function produce(
  driver: KafkaDriver,
  topic: string,
  values: readonly (string | Uint8Array | null)[],
  options: {
    readonly partition?: number;
    readonly key?: (i: number) => string | null;
    readonly startAt?: number;
  } & Partial<ProducerSettings> = {},
): Promise<void> {
  const { partition = 0, key = () => null, startAt = 1_700_000_000_000, ...settings } = options;
  const producer = driver.producer({ ...PLAIN_PRODUCER, ...settings });
  await producer.init(NEVER);
  const records = values.map((value, i) => ({ key: key(i), value, timestamp: startAt + i }));
  await producer.send([{ topic, partition, records }], NEVER);
  await producer.close();
}

/** A transaction that stays open until the caller decides. */
export async function transaction(
  driver: KafkaDriver,
  transactionalId: string,
  more: Partial<ProducerSettings> = {},
): Promise<KafkaProducer & { put(parts: readonly PartitionRecords[]): Promise<void> }> {
  const producer = driver.producer({ ...PLAIN_PRODUCER, transactionalId, ...more });
  await producer.init(NEVER);
  producer.begin();
  return Object.assign(producer, { put: (parts: readonly PartitionRecords[]) => producer.send(parts, NEVER) });
}

export interface ReadMessage {
  readonly partition: number;
  readonly offset: number;
  readonly key: string | null;
  readonly value: string | null;
  readonly headers: readonly Header[];
}

/** Waits until the markers of all transactions are written: the broker answers a commit before it has done so. */
export async function settled(driver: KafkaDriver, topic: string, timeout = 20_000): Promise<void> {
  const end = async (readCommitted: boolean) => JSON.stringify(await driver.offsets(topic, 'latest', { readCommitted }));
  await expect.poll(async () => (await end(true)) === (await end(false)), { timeout }).toBe(true);
}

/** Everything that a reader sees now in the given partitions. */
export async function readAll(
  driver: KafkaDriver,
  topic: string,
  options: {
    readonly partitions?: readonly number[];
    readonly readCommitted?: boolean;
    readonly maxPartitionBytes?: number;
    readonly from?: number;
  } = {},
): Promise<ReadMessage[]> {
  const { readCommitted = true, maxPartitionBytes = 1 << 20, from } = options;
  const ends = await driver.offsets(topic, 'latest', { readCommitted });
  const starts = await driver.offsets(topic, 'earliest');
  const utf8 = new TextDecoder();
  const text = (bytes: Uint8Array | null) => (bytes === null ? null : utf8.decode(bytes));
  const messages: ReadMessage[] = [];
  for (const { partition, offset: end } of ends) {
    if (options.partitions && !options.partitions.includes(partition)) continue;
    let at = from ?? starts.find((s) => s.partition === partition)?.offset ?? 0;
    while (at < end) {
      const [part] = await driver.fetch({
        positions: [{ topic, partition, offset: at }],
        maxWaitMs: 200,
        maxBytes: 32 << 20,
        maxPartitionBytes,
        readCommitted,
        limits: { maxBytes: 64 << 20, maxRatio: 200 },
        checkCrc: true,
        signal: NEVER,
      });
      if (!part) continue;
      for (const chunk of part.chunks) {
        for (let row = 0; row < chunk.length; row++) {
          const offset = chunk.offsets[row] as number;
          messages.push({
            partition,
            offset,
            key: text(keyAt(chunk, row)),
            value: text(valueAt(chunk, row)),
            headers: headersAt(chunk, row),
          });
        }
      }
      at = Math.max(at, part.nextOffset);
    }
  }
  return messages;
}
