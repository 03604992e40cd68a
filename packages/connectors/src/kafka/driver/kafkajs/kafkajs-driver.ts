import { kafkaError } from '@velostream/core/connect';
import type { NetworkGuard } from '../../../net/network-guard.ts';
import { type Codecs, createCodecs } from '../../records/compression.ts';
import { neededCodecs, readRecords } from '../../records/read-records.ts';
import type {
  CommittedOffset,
  DriverSettings,
  FetchedPartition,
  FetchPosition,
  FetchRequest,
  FoundOffset,
  GroupDescription,
  KafkaDriver,
  OffsetToCommit,
  TopicMetadata,
} from '../kafka-driver.ts';
import { fetchWire, type RawFetch, type RawPartition } from './fetch-request.ts';
import type { KafkaCluster } from './internals.ts';
import { asVeloError, Fault, LEADER_MOVED } from './kafka-fault.ts';
import { kafkajsAdmin } from './kafkajs-admin.ts';
import { KafkajsProducer } from './kafkajs-producer.ts';
import { type StableOffset, stableOffsetsWire } from './stable-offsets-request.ts';
import { CoordinatorOf, pause, Wire } from './wire.ts';

const TIME = { earliest: -2, latest: -1 } as const;
const LEADER_WAIT_MS = 100;

/**
 * Kafka through the connections of kafkajs: its sockets, TLS, SASL, protocol versions and metadata. Fetching, record batches,
 * compression, transactions and retries are ours, because those of kafkajs 2.2 show aborted records, unpack without a limit and stop at
 * errors that pass.
 */
export function kafkajsDriver(settings: DriverSettings, guard: NetworkGuard): KafkaDriver {
  const wire = new Wire(settings, guard);
  const codecs = createCodecs();
  return {
    // Whoever asks for all topics looks around, and waits in front of a page; a job asks for its own and may come before its cluster.
    topics: (names) =>
      wire.retried('Metadata', (cluster) => readTopics(wire, cluster, names), LEADER_MOVED, names ? undefined : LOOK_AROUND_MS),
    offsets: (topic, at, options) =>
      wire.retried('ListOffsets', (cluster) => readOffsets(wire, cluster, topic, at, options?.readCommitted ?? true), LEADER_MOVED),
    fetch: (request) => fetchAll(wire, codecs, request),
    producer: (options) => new KafkajsProducer(wire, codecs, options),
    groups: () => wire.retried('DescribeGroups', (cluster) => readGroups(wire, cluster)),
    committed: (groupId, topics) => wire.retried('OffsetFetch', (cluster) => readCommitted(wire, cluster, groupId, topics)),
    commitOffsets: (groupId, offsets) => wire.retried('OffsetCommit', (cluster) => commitOffsets(wire, cluster, groupId, offsets)),
    configs: (topic) => wire.retried('DescribeConfigs', (cluster) => readConfigs(wire, cluster, topic)),
    admin: kafkajsAdmin(wire),
    close: () => wire.close(),
  };
}

/** How long a cluster that refuses connections is tried for the list of its topics. */
const LOOK_AROUND_MS = 2_000;

async function readTopics(wire: Wire, cluster: KafkaCluster, names: readonly string[] | undefined): Promise<TopicMetadata[]> {
  if (names?.length === 0) return [];
  const raw = await (await wire.any(cluster)).metadata(names ?? null);
  // Of all topics those that can be told are listed; a topic that was asked for must be told.
  const failed = names && raw.topicMetadata.find(({ topicErrorCode: code }) => code !== 0 && code !== Fault.unknownTopic);
  if (failed)
    throw Object.assign(new Error(`metadata of "${failed.topic}": answer ${failed.topicErrorCode}`), { code: failed.topicErrorCode });
  return raw.topicMetadata
    .filter(({ topicErrorCode }) => topicErrorCode !== Fault.unknownTopic)
    .map(({ topic, isInternal, partitionMetadata }) => ({
      topic,
      isInternal,
      partitions: partitionMetadata.map((p) => p.partitionId).sort((a, b) => a - b),
    }));
}

async function readOffsets(
  wire: Wire,
  cluster: KafkaCluster,
  topic: string,
  at: 'earliest' | 'latest' | number,
  isCommitted: boolean,
): Promise<FoundOffset[]> {
  await know(wire, cluster, [topic]);
  const partitions = wire.partitionsOf(topic);
  const timestamp = typeof at === 'number' ? at : TIME[at];
  const byLeader = Map.groupBy(partitions, (partition) => leaderOf(wire, topic, partition));
  const found: FoundOffset[] = [];
  try {
    for (const [nodeId, list] of byLeader) {
      const broker = await wire.node(cluster, nodeId);
      const { responses } = await broker.listOffsets({
        isolationLevel: isCommitted ? 1 : 0,
        topics: [{ topic, partitions: list.map((partition) => ({ partition, timestamp: String(timestamp) })) }],
      });
      for (const response of responses) {
        for (const p of response.partitions)
          found.push({ partition: p.partition, offset: Number(p.offset), timestamp: Number(p.timestamp ?? -1) });
      }
    }
  } catch (error) {
    wire.forgetTopic(topic);
    throw error;
  }
  return found.sort((a, b) => a.partition - b.partition);
}

async function know(wire: Wire, cluster: KafkaCluster, topics: readonly string[]): Promise<void> {
  const [missing] = await wire.know(cluster, topics);
  if (missing !== undefined) throw kafkaError('VS4804', { topic: missing });
}

function leaderOf(wire: Wire, topic: string, partition: number): number {
  const leader = wire.leaderOf(topic, partition);
  if (leader !== undefined) return leader;
  wire.forgetTopic(topic);
  throw Object.assign(new Error(`partition ${partition} of "${topic}" has no leader`), { code: Fault.leaderNotAvailable });
}

/** One round: a request to each leader of the positions. Errors that pass give no records and another round. */
async function fetchAll(wire: Wire, codecs: Codecs, request: FetchRequest): Promise<FetchedPartition[]> {
  const topics = [...new Set(request.positions.map((p) => p.topic))];
  let raw: RawPartition[];
  try {
    const timeoutMs = Math.max(wire.settings.requestTimeoutMs, request.maxWaitMs + 1_000);
    const asked = wire.call('Fetch', (cluster) => askLeaders(wire, cluster, topics, request), timeoutMs);
    asked.catch(() => {});
    raw = await untilAborted(asked, request.signal);
  } catch (error) {
    if (request.signal.aborted) return [];
    throw asVeloError(error, 'Fetch');
  }
  const fetched: FetchedPartition[] = [];
  for (const part of raw) {
    const position = request.positions.find((p) => p.topic === part.topic && p.partition === part.partition);
    if (!position) continue;
    if (part.fault !== 0 && part.fault !== Fault.offsetOutOfRange) {
      if (!LEADER_MOVED.has(part.fault))
        throw asVeloError(Object.assign(new Error(`the broker answered ${part.fault}`), { code: part.fault }), 'Fetch');
      wire.forgetTopic(part.topic);
      await pause(LEADER_WAIT_MS, request.signal);
      continue;
    }
    for (const codec of neededCodecs(part.records, codecs)) await codecs.load(codec);
    fetched.push(unpacked(part, position, codecs, request));
  }
  return withRelease(fetched, raw, wire);
}

/** The memory of an answer is free when all of its partitions are. */
function withRelease(fetched: readonly FetchedPartition[], raw: readonly RawPartition[], { memory }: Wire): FetchedPartition[] {
  const open = new Map<ArrayBufferLike, number>();
  const answerOf = (part: FetchedPartition) => raw.find((r) => r.topic === part.topic && r.partition === part.partition)!.records; // made of one
  for (const part of fetched) {
    const { buffer } = answerOf(part);
    open.set(buffer, (open.get(buffer) ?? 0) + 1);
  }
  return fetched.map((part) => {
    const records = answerOf(part);
    let isHeld = true;
    const release = (): void => {
      if (!isHeld) return;
      isHeld = false;
      const left = (open.get(records.buffer) as number) - 1; // counted above
      open.set(records.buffer, left);
      if (left === 0) memory.give(records);
    };
    return { ...part, release };
  });
}

function unpacked(part: RawPartition, { offset }: FetchPosition, codecs: Codecs, request: FetchRequest): FetchedPartition {
  const aborted = request.readCommitted ? part.aborted : null;
  const { limits, checkCrc } = request;
  const isOutOfRange = part.fault === Fault.offsetOutOfRange;
  const records = isOutOfRange
    ? { chunks: [], damaged: [], nextOffset: offset }
    : readRecords(part.records, { from: offset, aborted, codecs, limits, checkCrc });
  return {
    topic: part.topic,
    partition: part.partition,
    ...records,
    readableTo: request.readCommitted ? part.lastStableOffset : part.highWatermark,
    highWatermark: part.highWatermark,
    logStart: part.logStart,
    isOutOfRange,
  };
}

async function askLeaders(wire: Wire, cluster: KafkaCluster, topics: readonly string[], request: FetchRequest): Promise<RawPartition[]> {
  await know(wire, cluster, topics);
  const byLeader = Map.groupBy(request.positions, (p) => wire.leaderOf(p.topic, p.partition) ?? -1);
  const homeless = byLeader.get(-1);
  byLeader.delete(-1);
  if (homeless) {
    for (const { topic } of homeless) wire.forgetTopic(topic);
    if (byLeader.size === 0) await pause(LEADER_WAIT_MS, request.signal);
  }
  const answers = await Promise.all(
    [...byLeader].map(async ([nodeId, positions]) => {
      const broker = await wire.node(cluster, nodeId);
      const answer = (await broker.connectionPool.send(fetchWire(wire.internals!, positions, request))) as RawFetch; // its own reader's
      if (answer.fault !== 0) throw Object.assign(new Error(`the broker answered ${answer.fault}`), { code: answer.fault });
      return answer.partitions;
    }),
  );
  return answers.flat();
}

function untilAborted<T>(work: Promise<T>, signal: AbortSignal): Promise<T> {
  return new Promise((resolve, reject) => {
    const onAbort = (): void => reject(new Error('aborted'));
    if (signal.aborted) return onAbort();
    signal.addEventListener('abort', onAbort, { once: true });
    work.then(resolve, reject).finally(() => signal.removeEventListener('abort', onAbort));
  });
}

async function readGroups(wire: Wire, cluster: KafkaCluster): Promise<GroupDescription[]> {
  const found: GroupDescription[] = [];
  for (const nodeId of cluster.getNodeIds()) {
    const broker = await wire.node(cluster, Number(nodeId));
    const { groups } = await broker.listGroups();
    const ids = groups.map((g) => g.groupId);
    if (ids.length === 0) continue;
    const described = await broker.describeGroups({ groupIds: ids });
    for (const { groupId, state, members } of described.groups) found.push({ groupId, state, members: members.length });
  }
  return found;
}

async function readCommitted(
  wire: Wire,
  cluster: KafkaCluster,
  groupId: string,
  topics: readonly TopicMetadata[] | undefined,
): Promise<CommittedOffset[]> {
  const broker = await wire.coordinator(cluster, groupId, CoordinatorOf.group);
  if (topics === undefined)
    return (await again(wire, groupId, () => broker.connectionPool.send(stableOffsetsWire(wire.internals!, groupId)))) as StableOffset[]; // its own reader's
  const wanted = topics.map(({ topic, partitions }) => ({ topic, partitions: partitions.map((partition) => ({ partition })) }));
  const { responses } = await again(wire, groupId, () => broker.offsetFetch({ groupId, topics: wanted }));
  return responses.flatMap(({ topic, partitions }) =>
    partitions.map((p) => ({ topic, partition: p.partition, offset: Number(p.offset), metadata: p.metadata ?? '' })),
  );
}

async function commitOffsets(wire: Wire, cluster: KafkaCluster, groupId: string, offsets: readonly OffsetToCommit[]): Promise<void> {
  const broker = await wire.coordinator(cluster, groupId, CoordinatorOf.group);
  const topics = [...Map.groupBy(offsets, (o) => o.topic)].map(([topic, list]) => ({
    topic,
    partitions: list.map(({ partition, offset, metadata }) => ({ partition, offset: String(offset), metadata })),
  }));
  await again(wire, groupId, () => broker.offsetCommit({ groupId, groupGenerationId: -1, memberId: '', retentionTime: -1, topics }));
}

/** Lets the next try look the coordinator up again. */
async function again<T>(wire: Wire, groupId: string, ask: () => Promise<T>): Promise<T> {
  try {
    return await ask();
  } catch (error) {
    wire.forgetCoordinator(groupId, CoordinatorOf.group);
    throw error;
  }
}

const TOPIC_RESOURCE = 2;

async function readConfigs(wire: Wire, cluster: KafkaCluster, topic: string): Promise<Record<string, string>> {
  const broker = await wire.any(cluster);
  const { resources } = await broker.describeConfigs({ resources: [{ type: TOPIC_RESOURCE, name: topic }] });
  const configs: Record<string, string> = Object.create(null);
  for (const { configEntries } of resources) {
    for (const { configName, configValue, isSensitive } of configEntries)
      if (configValue !== null && !isSensitive) configs[configName] = configValue;
  }
  return configs;
}
