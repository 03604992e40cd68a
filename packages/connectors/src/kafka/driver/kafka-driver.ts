import type { Compression, UnpackLimits } from '../records/compression.ts';
import type { ReadRecords } from '../records/record-chunk.ts';
import type { OutgoingRecord } from '../records/write-records.ts';

export interface TopicMetadata {
  readonly topic: string;
  readonly partitions: readonly number[];
  readonly isInternal: boolean;
}

export interface GroupDescription {
  readonly groupId: string;
  readonly state: string;
  readonly members: number;
}

export interface CommittedOffset {
  readonly topic: string;
  readonly partition: number;
  /** Next record to read; -1 when nothing was committed. */
  readonly offset: number;
  readonly metadata: string;
}

/** An offset to commit, with a text that comes back with it (at most 4096 bytes). */
export interface OffsetToCommit {
  readonly topic: string;
  readonly partition: number;
  readonly offset: number;
  readonly metadata: string;
}

export interface FetchPosition {
  readonly topic: string;
  readonly partition: number;
  readonly offset: number;
}

export interface FetchRequest {
  readonly positions: readonly FetchPosition[];
  readonly maxWaitMs: number;
  readonly maxBytes: number;
  readonly maxPartitionBytes: number;
  /** Only records of committed transactions. */
  readonly readCommitted: boolean;
  readonly limits: UnpackLimits;
  readonly checkCrc: boolean;
  readonly signal: AbortSignal;
}

export interface FetchedPartition extends ReadRecords {
  readonly topic: string;
  readonly partition: number;
  /** Up to where a reader may read now: the last stable offset for committed reading, the high watermark otherwise. */
  readonly readableTo: number;
  readonly highWatermark: number;
  readonly logStart: number;
  /** The offset asked for is not in the log. */
  readonly isOutOfRange: boolean;
  /** Says that nothing looks at the bytes of these records any more, so that a later answer may stand there. Need not be called. */
  release?(): void;
}

export interface FoundOffset {
  readonly partition: number;
  readonly offset: number;
  /** Of the record there, where one was looked up by time; -1 otherwise. */
  readonly timestamp: number;
}

/** Records for one partition. */
export interface PartitionRecords {
  readonly topic: string;
  readonly partition: number;
  readonly records: readonly OutgoingRecord[];
}

/** Writes with an idempotent producer id, in transactions or without. One call at a time. */
export interface KafkaProducer {
  /** Takes over the producer id, and ends a transaction that an earlier owner left open. Fences that owner. */
  init(signal: AbortSignal): Promise<void>;
  begin(): void;
  send(parts: readonly PartitionRecords[], signal: AbortSignal): Promise<void>;
  /** Adds consumed offsets to the open transaction. */
  sendOffsets(groupId: string, offsets: readonly OffsetToCommit[]): Promise<void>;
  commit(): Promise<void>;
  abort(): Promise<void>;
  /** After an unknown outcome or fencing: nothing but `close` and a new producer helps. */
  readonly isBroken: boolean;
  close(): Promise<void>;
}

export interface ProducerSettings {
  readonly acks: 'all' | 'leader' | 'none';
  readonly idempotent: boolean;
  readonly transactionalId: string | undefined;
  readonly transactionTimeoutMs: number;
  readonly compression: Compression;
  readonly requestTimeoutMs: number;
  /** How long one `send` goes on trying. */
  readonly deliveryTimeoutMs: number;
}

export interface NewTopic {
  readonly topic: string;
  readonly partitions: number;
  readonly replicationFactor: number;
  readonly configs?: Readonly<Record<string, string>>;
}

/** Changes of the cluster. Reached only where the program allows it. */
export interface KafkaAdminPort {
  createTopics(topics: readonly NewTopic[]): Promise<void>;
  /** `total` partitions in all. */
  addPartitions(topic: string, total: number): Promise<void>;
  deleteTopics(topics: readonly string[]): Promise<void>;
}

/**
 * What the connector needs of a Kafka client. A driver fetches from explicit offsets (no group membership, so no rebalance can interrupt a
 * reader), shows no record of an aborted transaction to a committed reader, answers or fails within its timeouts, and never resends what
 * may have taken effect without the broker's duplicate check. `driverConformance` proves it.
 */
export interface KafkaDriver {
  /** All topics without names; a topic that does not exist is missing from the answer. */
  topics(names?: readonly string[]): Promise<readonly TopicMetadata[]>;
  /** Offsets of all partitions: the first one there is, the end, or the first record at or after a time. */
  offsets(
    topic: string,
    at: 'earliest' | 'latest' | number,
    options?: { readonly readCommitted?: boolean },
  ): Promise<readonly FoundOffset[]>;
  fetch(request: FetchRequest): Promise<readonly FetchedPartition[]>;
  producer(settings: ProducerSettings): KafkaProducer;
  groups(): Promise<readonly GroupDescription[]>;
  /** What a group committed, for the given topics' partitions or for all. */
  committed(groupId: string, topics?: readonly TopicMetadata[]): Promise<readonly CommittedOffset[]>;
  /** Commits offsets outside a transaction, for a group without members. */
  commitOffsets(groupId: string, offsets: readonly OffsetToCommit[]): Promise<void>;
  configs(topic: string): Promise<Readonly<Record<string, string>>>;
  readonly admin: KafkaAdminPort;
  close(): Promise<void>;
}

export interface DriverSettings {
  readonly brokers: readonly string[];
  readonly clientId: string;
  readonly connectionTimeoutMs: number;
  readonly requestTimeoutMs: number;
  readonly tls: { readonly ca?: string; readonly cert?: string; readonly key?: string; readonly checkName: boolean } | undefined;
  readonly sasl:
    | { readonly mechanism: 'plain' | 'scram-sha-256' | 'scram-sha-512'; readonly username: string; readonly password: string }
    | undefined;
}
