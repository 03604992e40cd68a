import { expect } from 'vitest';
import type { KafkaDriver } from '../../src/kafka/driver/kafka-driver.ts';
import { COMPRESSIONS } from '../../src/kafka/records/compression.ts';
import { freshName, freshTopic, NEVER, PLAIN_PRODUCER, produce, readAll, settled, transaction } from './kafka.fixture.ts';

export interface DriverCase {
  readonly name: string;
  run(driver: KafkaDriver): Promise<void>;
}

const at = (topic: string, value: string, key: string | Uint8Array | null = null) => [
  { topic, partition: 0, records: [{ key, value, timestamp: 1_700_000_000_000 }] },
];

const visibleNow = async (driver: KafkaDriver, topic: string, options: Parameters<typeof readAll>[2] = {}): Promise<(string | null)[]> =>
  (await readAll(driver, topic, options)).map((m) => m.value);

/** As `visibleNow`, once the markers of all transactions are written: the broker answers a commit before it has done so. */
async function valuesIn(driver: KafkaDriver, topic: string, options: Parameters<typeof readAll>[2] = {}): Promise<(string | null)[]> {
  await settled(driver, topic);
  return visibleNow(driver, topic, options);
}

/** What a driver must do before exactly-once is promised with it. Runs against a real broker. */
export const DRIVER_CASES: readonly DriverCase[] = [
  {
    name: 'hides an aborted record whose key looks like a marker, and those behind it',
    async run(driver) {
      const topic = await freshTopic(driver, 'drv');
      const tx = await transaction(driver, freshName('drv-tx'));
      await tx.put(at(topic, 'p1', Uint8Array.of(0, 0, 0, 0)));
      await tx.put(at(topic, 'p2'));
      await tx.abort();
      await produce(driver, topic, ['good']);
      expect(await valuesIn(driver, topic)).toEqual(['good']);
    },
  },
  {
    name: 'hides overlapping aborted transactions, the later one ended first',
    async run(driver) {
      const topic = await freshTopic(driver, 'drv');
      const a = await transaction(driver, freshName('drv-tx'));
      const b = await transaction(driver, freshName('drv-tx'));
      await a.put(at(topic, 'a'));
      await b.put(at(topic, 'b'));
      await b.abort();
      await a.abort();
      await produce(driver, topic, ['good']);
      expect(await valuesIn(driver, topic)).toEqual(['good']);
    },
  },
  {
    name: 'hides two aborted transactions when a fetch begins inside both',
    async run(driver) {
      const topic = await freshTopic(driver, 'drv');
      const a = await transaction(driver, freshName('drv-tx'));
      const b = await transaction(driver, freshName('drv-tx'));
      for (let i = 0; i < 5; i++) {
        await a.put(at(topic, `a${i}`));
        await b.put(at(topic, `b${i}`));
      }
      await a.abort();
      await b.abort();
      await produce(driver, topic, ['good']);
      for (const from of [1, 2, 5, 8]) expect(await valuesIn(driver, topic, { from })).toEqual(['good']);
    },
  },
  {
    name: 'hides two aborts of one producer within one fetch, and shows the commit between',
    async run(driver) {
      const topic = await freshTopic(driver, 'drv');
      const tx = await transaction(driver, freshName('drv-tx'));
      await tx.put(at(topic, 'aborted 1'));
      await tx.abort();
      tx.begin();
      await tx.put(at(topic, 'committed'));
      await tx.commit();
      tx.begin();
      await tx.put(at(topic, 'aborted 2'));
      await tx.abort();
      expect(await valuesIn(driver, topic)).toEqual(['committed']);
    },
  },
  {
    name: 'hides a large aborted transaction whose marker lies in a later fetch',
    async run(driver) {
      const topic = await freshTopic(driver, 'drv');
      const tx = await transaction(driver, freshName('drv-tx'));
      for (let i = 0; i < 20; i++) await tx.put(at(topic, `${i}`.repeat(5_000)));
      await tx.abort();
      await produce(driver, topic, ['good']);
      expect(await valuesIn(driver, topic, { maxPartitionBytes: 8_000 })).toEqual(['good']);
    },
  },
  {
    name: 'shows nothing of an open transaction, nor what stands behind it',
    async run(driver) {
      const topic = await freshTopic(driver, 'drv');
      const tx = await transaction(driver, freshName('drv-tx'));
      await produce(driver, topic, ['before']);
      await tx.put(at(topic, 'open'));
      await produce(driver, topic, ['behind']);
      expect(await visibleNow(driver, topic)).toEqual(['before']);
      expect(await visibleNow(driver, topic, { readCommitted: false })).toEqual(['before', 'open', 'behind']);
      await tx.commit();
      expect(await valuesIn(driver, topic)).toEqual(['before', 'open', 'behind']);
    },
  },
  {
    name: 'fences the earlier owner of a transactional id',
    async run(driver) {
      const topic = await freshTopic(driver, 'drv');
      const id = freshName('drv-tx');
      const first = await transaction(driver, id);
      await first.put(at(topic, 'first'));
      const second = await transaction(driver, id);
      await second.put(at(topic, 'second'));
      await expect(first.commit()).rejects.toMatchObject({ code: 'VS4805' });
      expect(first.isBroken).toBe(true);
      await second.commit();
      expect(await valuesIn(driver, topic)).toEqual(['second']);
    },
  },
  {
    name: 'commits offsets with their text in the transaction, or not at all',
    async run(driver) {
      const topic = await freshTopic(driver, 'drv');
      const group = freshName('drv-group');
      const tx = await transaction(driver, freshName('drv-tx'));
      await tx.put(at(topic, 'x'));
      await tx.sendOffsets(group, [{ topic, partition: 0, offset: 5, metadata: 'v1;epoch=1;ckpt=a' }]);
      await tx.commit();
      tx.begin();
      await tx.sendOffsets(group, [{ topic, partition: 0, offset: 9, metadata: 'v1;epoch=2;ckpt=b' }]);
      await tx.abort();
      expect(await driver.committed(group)).toEqual([{ topic, partition: 0, offset: 5, metadata: 'v1;epoch=1;ckpt=a' }]);
    },
  },
  ...COMPRESSIONS.map(
    (compression): DriverCase => ({
      name: `writes record batches that the broker accepts and reads them back: ${compression}`,
      async run(driver) {
        const topic = await freshTopic(driver, 'drv');
        const values = Array.from({ length: 500 }, (_, i) => `${compression} ${i} ${'ä😀'.repeat(i % 17)}`);
        await produce(driver, topic, values, { compression, key: (i) => `k${i}` });
        const read = await readAll(driver, topic);
        expect(read.map((m) => m.value)).toEqual(values);
        expect(read.map((m) => m.key)).toEqual(values.map((_, i) => `k${i}`));
      },
    }),
  ),
  {
    name: 'refuses a record that the topic does not take, and goes on',
    async run(driver) {
      const topic = freshName('drv');
      await driver.admin.createTopics([{ topic, partitions: 1, replicationFactor: 1, configs: { 'max.message.bytes': '2000' } }]);
      const producer = driver.producer({ ...PLAIN_PRODUCER, deliveryTimeoutMs: 5_000 });
      await producer.init(NEVER);
      await expect(producer.send(at(topic, 'x'.repeat(5_000)), NEVER)).rejects.toMatchObject({ code: 'VS4809' });
      await producer.send(at(topic, 'small'), NEVER);
      expect(await valuesIn(driver, topic)).toEqual(['small']);
    },
  },
  {
    name: 'says which topic does not exist, and creates none',
    async run(driver) {
      const topic = freshName('nowhere');
      await expect(driver.offsets(topic, 'latest')).rejects.toMatchObject({ code: 'VS4804' });
      expect(await driver.topics([topic])).toEqual([]);
    },
  },
  {
    name: 'finds offsets by time, and says where a partition begins and ends',
    async run(driver) {
      const topic = await freshTopic(driver, 'drv');
      await produce(driver, topic, ['a', 'b', 'c'], { startAt: 1_000_000 });
      expect(await driver.offsets(topic, 1_000_001)).toMatchObject([{ partition: 0, offset: 1, timestamp: 1_000_001 }]);
      expect(await driver.offsets(topic, 'earliest')).toMatchObject([{ offset: 0 }]);
      expect(await driver.offsets(topic, 'latest')).toMatchObject([{ offset: 3 }]);
    },
  },
  {
    name: 'tells an offset that is not in the log',
    async run(driver) {
      const topic = await freshTopic(driver, 'drv');
      await produce(driver, topic, ['a']);
      const [part] = await driver.fetch({
        positions: [{ topic, partition: 0, offset: 77 }],
        maxWaitMs: 100,
        maxBytes: 1 << 20,
        maxPartitionBytes: 1 << 20,
        readCommitted: true,
        limits: { maxBytes: 1 << 24, maxRatio: 200 },
        checkCrc: true,
        signal: NEVER,
      });
      expect(part).toMatchObject({ isOutOfRange: true, chunks: [] });
    },
  },
];
