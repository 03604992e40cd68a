import { kafkaError } from '@velostream/core/connect';
import type { KafkaDriver } from '../driver/kafka-driver.ts';
import type { KafkaOptions } from '../kafka-options.ts';
import type { KafkaPosition } from '../kafka-position.ts';
import { PartitionBuffer } from './pick-records.ts';

const isCommittedOnly = (options: KafkaOptions): boolean => options['isolation.level'] === 'read_committed';

/** The partitions to read, as the options choose them. */
export async function partitionsOf(driver: KafkaDriver, topic: string, options: KafkaOptions): Promise<readonly number[]> {
  const [found] = await driver.topics([topic]);
  if (!found) throw kafkaError('VS4804', { topic });
  if (options.partitions === undefined) return found.partitions;
  const missing = options.partitions.find((p) => !found.partitions.includes(p));
  if (missing !== undefined) throw kafkaError('VS4804', { topic: `${topic}[${missing}]` });
  return options.partitions;
}

/** Each partition at its start: the saved position, the committed offset of the group, a time, the beginning or the end. */
export async function startBuffers(
  driver: KafkaDriver,
  topic: string,
  options: KafkaOptions,
  saved: KafkaPosition | undefined,
): Promise<PartitionBuffer[]> {
  const partitions = await partitionsOf(driver, topic, options);
  const readCommitted = isCommittedOnly(options);
  const ends = options.bounded ? await offsetMap(driver, topic, 'latest', readCommitted) : null;
  const starts = await startsOf(driver, topic, options, partitions);
  return partitions.map((partition) => {
    // A partition that came after the position was saved is read from its beginning.
    const from = saved === undefined ? (starts.get(partition) ?? 0) : (saved.next.get(partition) ?? 0);
    return new PartitionBuffer(partition, from, ends?.get(partition) ?? Number.POSITIVE_INFINITY);
  });
}

async function startsOf(
  driver: KafkaDriver,
  topic: string,
  options: KafkaOptions,
  partitions: readonly number[],
): Promise<Map<number, number>> {
  const readCommitted = isCommittedOnly(options);
  const reset = options['auto.offset.reset'] ?? (options.bounded ? 'earliest' : 'latest');
  const at = options['start.timestamp'];
  const starts =
    at === undefined
      ? await offsetMap(driver, topic, reset === 'latest' ? 'latest' : 'earliest', readCommitted)
      : await atTime(driver, topic, at, readCommitted);
  const group = options['group.id'];
  if (group === undefined) return starts;
  const committed = await driver.committed(group, [{ topic, partitions, isInternal: false }]);
  for (const { partition, offset } of committed) if (offset >= 0) starts.set(partition, offset);
  const without = partitions.filter((p) => !committed.some((c) => c.partition === p && c.offset >= 0));
  if (options['auto.offset.reset'] === 'none' && without.length > 0) {
    throw kafkaError('VS4803', {
      call: 'start',
      error: `group "${group}" committed nothing for "${topic}[${without[0]}]", and 'auto.offset.reset' is none`,
    });
  }
  return starts;
}

async function offsetMap(
  driver: KafkaDriver,
  topic: string,
  at: 'earliest' | 'latest',
  readCommitted: boolean,
): Promise<Map<number, number>> {
  return new Map((await driver.offsets(topic, at, { readCommitted })).map((o) => [o.partition, o.offset]));
}

/** Where no message is that young a partition starts at its end. */
async function atTime(driver: KafkaDriver, topic: string, time: number, readCommitted: boolean): Promise<Map<number, number>> {
  const ends = await offsetMap(driver, topic, 'latest', readCommitted);
  for (const { partition, offset } of await driver.offsets(topic, time, { readCommitted })) if (offset >= 0) ends.set(partition, offset);
  return ends;
}
