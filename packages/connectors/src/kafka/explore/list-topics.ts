import type { Found, FoundSource, ListRequest, PartitionInfo, SourceStats } from '@velostream/core/protocol/explore';
import { wantsName } from '../../tables/column-tags.ts';
import type { TopicMetadata } from '../driver/kafka-driver.ts';
import { keyText } from '../source/system-columns.ts';
import type { ExploreContext } from './explore-context.ts';
import { fetchRange } from './fetch-range.ts';
import { Reading } from './stop-reading.ts';

const LIST_MAX = 1_000;
/** Topics whose settings are asked for; more would make a list slow. */
const CONFIGS_MAX = 200;
/** Topics and partitions whose last record is looked at for its time: one small read each. */
const DATED_MAX = 60;
const DATED_PARTITIONS_MAX = 12;
const DATED_TIMEOUT_MS = 3_000;
const AT_ONCE = 8;
const TIMEOUT_MS = 15_000;
const TEST_NAME = /^(test|velo-test)[-_.]|[-_.]test$/i;
const SHOWN_CONFIGS = ['cleanup.policy', 'retention.ms', 'retention.bytes', 'max.message.bytes', 'compression.type', 'min.insync.replicas'];

/** Topics with their partitions, offsets, counts and main settings; those of Kafka itself are left out. */
export async function listTopics(
  context: ExploreContext,
  { filter, limit = LIST_MAX, signal }: ListRequest,
): Promise<readonly FoundSource[]> {
  const driver = context.driver();
  const wants = wantsName(filter);
  const { topic: only } = context.kafka.options;
  const all = await driver.topics(only === undefined ? undefined : [only]);
  const topics = all
    .filter((t) => !t.isInternal && !t.topic.startsWith('__') && wants(t.topic))
    .sort((a, b) => (a.topic < b.topic ? -1 : 1))
    .slice(0, Math.min(limit, LIST_MAX));
  const reading = new Reading({ maxBytes: 64 * 1024 ** 2, maxRecords: 1_000_000, timeoutMs: DATED_TIMEOUT_MS, signal });
  return inTurns(topics, async (topic, i) => {
    const partitions = await partitionsOf(context, topic);
    const lastRecordAt = i < DATED_MAX ? await lastRecordOf(context, topic.topic, partitions, reading) : undefined;
    const configs = i < CONFIGS_MAX ? await driver.configs(topic.topic).catch(() => ({})) : {};
    const shown = Object.entries(configs as Record<string, string>).filter(([name]) => SHOWN_CONFIGS.includes(name));
    return {
      name: topic.topic,
      kind: 'topic',
      uri: uriOf(context, topic.topic),
      format: context.kafka.options.format,
      recordCount: partitions.reduce((sum, p) => sum + p.messageCount, 0),
      partitions,
      ...(lastRecordAt === undefined ? {} : { lastRecordAt }),
      isTest: TEST_NAME.test(topic.topic),
      ...(shown.length === 0 ? {} : { config: Object.fromEntries(shown) }),
    };
  });
}

/** Time of the newest record. A list does without what cannot be read in time. */
async function lastRecordOf(
  context: ExploreContext,
  topic: string,
  partitions: readonly PartitionInfo[],
  reading: Reading,
): Promise<number | undefined> {
  const times = await inTurns(partitions.slice(0, DATED_PARTITIONS_MAX), async ({ partition, lowOffset, highOffset }) => {
    const [low, high] = [Number(lowOffset), Number(highOffset)];
    if (high <= low || reading.stoppedBy) return Number.NEGATIVE_INFINITY;
    // Behind the last record there may be markers.
    const range = { topic, partition, from: Math.max(low, high - 10), to: high };
    const tail = await fetchRange(context.driver(), context.kafka.options, range, reading).catch(() => null);
    return tail?.records.at(-1)?.timestamp ?? Number.NEGATIVE_INFINITY;
  });
  const last = Math.max(Number.NEGATIVE_INFINITY, ...times);
  return Number.isFinite(last) ? last : undefined;
}

/** Counts by offsets, and the first and last record of each partition. Compaction, markers and aborted records make the count an upper bound. */
export async function topicStats(context: ExploreContext, topic: string, signal: AbortSignal | undefined): Promise<Found<SourceStats>> {
  const driver = context.driver();
  const [metadata] = await driver.topics([topic]);
  const reading = new Reading({ maxBytes: 64 * 1024 ** 2, maxRecords: 1_000_000, timeoutMs: TIMEOUT_MS, signal });
  const plain = await partitionsOf(context, metadata ?? { topic, partitions: [], isInternal: false });
  let firstRecordAt = Number.POSITIVE_INFINITY;
  const partitions = await inTurns(plain, async (p): Promise<PartitionInfo> => {
    const [low, high] = [Number(p.lowOffset), Number(p.highOffset)];
    if (high <= low) return p;
    const { options } = context.kafka;
    const first = await fetchRange(driver, options, { topic, partition: p.partition, from: low, to: low + 1, maxBytes: 1 }, reading);
    // Behind the last record there may be markers.
    const tail = await fetchRange(driver, options, { topic, partition: p.partition, from: Math.max(low, high - 10), to: high }, reading);
    const last = tail.records.at(-1);
    firstRecordAt = Math.min(firstRecordAt, first.records[0]?.timestamp ?? Number.POSITIVE_INFINITY);
    const key = last ? keyText(last.chunk, last.row) : null;
    return { ...p, ...(last ? { latestTimestampMs: last.timestamp } : {}), ...(key === null ? {} : { latestKey: key }) };
  });
  const times = partitions.map((p) => p.latestTimestampMs ?? Number.NEGATIVE_INFINITY);
  const lastRecordAt = Math.max(Number.NEGATIVE_INFINITY, ...times);
  return {
    name: topic,
    recordCount: partitions.reduce((sum, p) => sum + p.messageCount, 0),
    exact: false,
    partitions,
    ...(Number.isFinite(firstRecordAt) ? { firstRecordAt } : {}),
    ...(Number.isFinite(lastRecordAt) ? { lastRecordAt } : {}),
    coverage: { scanned: reading.scanned, partitions: partitions.map((p) => p.partition), stoppedBy: reading.stoppedBy ?? 'end' },
  } as Found<SourceStats>;
}

async function partitionsOf(context: ExploreContext, { topic }: TopicMetadata): Promise<PartitionInfo[]> {
  const driver = context.driver();
  const lows = await driver.offsets(topic, 'earliest');
  const highs = new Map((await driver.offsets(topic, 'latest', { readCommitted: false })).map((o) => [o.partition, o.offset]));
  return lows.map(({ partition, offset: low }) => {
    const high = highs.get(partition) ?? low;
    return { partition, lowOffset: String(low), highOffset: String(high), messageCount: Math.max(0, high - low) };
  });
}

/** Without credentials. */
function uriOf({ kafka }: ExploreContext, topic: string): string {
  const scheme = kafka.options['security.protocol'].endsWith('ssl') ? 'kafka+ssl' : 'kafka';
  return `${scheme}://${kafka.options['bootstrap.servers'] ?? 'localhost:9092'}/${topic}`;
}

async function inTurns<T, R>(items: readonly T[], work: (item: T, index: number) => Promise<R>): Promise<R[]> {
  const results: R[] = new Array(items.length);
  let next = 0;
  const one = async (): Promise<void> => {
    for (let i = next++; i < items.length; i = next++) results[i] = await work(items[i] as T, i);
  };
  await Promise.all(Array.from({ length: Math.min(AT_ONCE, items.length) }, one));
  return results;
}
