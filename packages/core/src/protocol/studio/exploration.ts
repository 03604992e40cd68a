import type { Row, Value } from '../query.ts';
import type { ColumnSchema } from '../table-schema.ts';

/** What an answer about a source rests on. Every peek, inferred schema and count carries one. */
export interface Coverage {
  /** Records (or rows, files, objects) that were read for this answer. */
  readonly scanned: number;
  /** What there was to read, where that is known. */
  readonly available?: number;
  /** Partitions (or files) that were read. */
  readonly partitions: readonly (string | number)[];
  readonly stoppedBy: 'end' | 'limit' | 'time' | 'bytes' | 'cancelled' | 'error';
  /** Hand it back as `PeekRequest.continueFrom` to go on. Opaque. */
  readonly continueFrom?: string;
}

export type SourceKind = 'topic' | 'file' | 'object' | 'table' | 'stream';

/** One thing that can be read: a topic, a file, an object, a table. */
export interface SourceInfo {
  /** Unique in a session, stable: `<connection>/<name>`. */
  readonly id: string;
  readonly name: string;
  readonly kind: SourceKind;
  readonly connectionId: string;
  /** URI that FROM takes; without credentials. */
  readonly uri: string;
  readonly format?: string;
  /** Schema (namespace) of a table. */
  readonly namespace?: string;
  readonly recordCount?: number;
  readonly sizeBytes?: number;
  readonly partitions?: readonly PartitionInfo[];
  readonly lastRecordAt?: number;
  /** A topic that tests or the studio itself made. */
  readonly isTest?: boolean;
  readonly config?: Readonly<Record<string, string>>;
}

export interface PartitionInfo {
  readonly partition: number;
  readonly lowOffset: string;
  readonly highOffset: string;
  readonly messageCount: number;
  readonly latestTimestampMs?: number;
  readonly latestKey?: string;
}

export interface SourceField extends ColumnSchema {
  /** A value as it was seen, as text; masked where the column is tagged. */
  readonly sample?: string;
  /** Share of scanned records without a value, 0 to 1. */
  readonly nullRate?: number;
  /** Distinct values seen. */
  readonly distinct?: number;
  readonly min?: Value;
  readonly max?: Value;
}

export interface SourceSchema {
  readonly id: string;
  readonly name: string;
  readonly fields: readonly SourceField[];
  readonly eventTime?: string;
  readonly key?: readonly string[];
  readonly hasKeys?: boolean;
  readonly origin: 'declared' | 'registry' | 'inferred';
  readonly coverage: Coverage;
  readonly warnings?: readonly string[];
}

/** A message of a log, beside its decoded row. */
export interface MessageInfo {
  readonly partition: number;
  readonly offset: string;
  readonly timestampMs?: number;
  readonly key?: string;
  readonly headers: readonly (readonly [string, string])[];
  /** The value was a tombstone. */
  readonly tombstone?: boolean;
  /** Why the value could not be decoded. */
  readonly error?: string;
}

export interface PeekRequest {
  readonly limit?: number;
  /** `latest`: the last n records; default for topics. */
  readonly from?: 'latest' | 'earliest' | { readonly offset: string } | { readonly timestampMs: number };
  readonly partition?: number;
  /** Boolean SQL expression over the columns. */
  readonly filter?: string;
  readonly continueFrom?: string;
  readonly maxBytes?: number;
  readonly timeoutMs?: number;
  readonly signal?: AbortSignal;
}

export interface Peek {
  readonly id: string;
  readonly name: string;
  readonly columns: readonly ColumnSchema[];
  readonly rows: readonly Row[];
  /** One per row for topics; absent elsewhere. */
  readonly messages?: readonly MessageInfo[];
  /** Names of the columns whose values are masked. */
  readonly masked: readonly string[];
  readonly coverage: Coverage;
  /** What the rows are not, in words: such as the newest ones of a source that had not ended when reading stopped. */
  readonly warnings?: readonly string[];
  /** Records that a bounded live tail had to leave out. */
  readonly dropped?: number;
}

export interface SourceStats {
  readonly id: string;
  readonly recordCount?: number;
  /** Whether `recordCount` was counted or estimated. */
  readonly exact: boolean;
  readonly sizeBytes?: number;
  readonly partitions?: readonly PartitionInfo[];
  readonly firstRecordAt?: number;
  readonly lastRecordAt?: number;
  readonly coverage: Coverage;
}

export interface ConsumerPosition {
  readonly topic: string;
  readonly partition: number;
  readonly currentOffset: string;
  readonly highWatermark: string;
  readonly lag: number;
  readonly lagSeconds?: number;
}

export interface ConsumerInfo {
  readonly groupId: string;
  readonly state: string;
  readonly subscribedTopics: readonly string[];
  readonly positions: readonly ConsumerPosition[];
  readonly lag: number;
  readonly lagSeconds?: number;
  /** Messages per second by which the lag grows; negative when it shrinks. */
  readonly lagSlope?: number;
}

export interface ListRequest {
  /** Glob or part of a name. */
  readonly filter?: string;
  readonly limit?: number;
  readonly signal?: AbortSignal;
}

export interface InspectRequest {
  readonly maxRecords?: number;
  readonly timeoutMs?: number;
  readonly signal?: AbortSignal;
}

/** A source as a connector names it: without the id and connection that a session adds. */
export type FoundSource = Omit<SourceInfo, 'id' | 'connectionId'>;
/** Answers of an explorer carry no session id. */
export type Found<T extends { readonly id: string }> = Omit<T, 'id'>;

/**
 * What a connector offers to look around before a query is written. `name` is `FoundSource.name`.
 * Every answer is bounded in records, bytes and time, and says its coverage. A missing method means the system cannot do it.
 */
export interface Explorer {
  list(request: ListRequest): Promise<readonly FoundSource[]>;
  inspect(name: string, request: InspectRequest): Promise<Found<SourceSchema>>;
  peek(name: string, request: PeekRequest): Promise<Found<Peek>>;
  stats?(name: string, request: { readonly signal?: AbortSignal }): Promise<Found<SourceStats>>;
  consumers?(name: string | undefined, request: { readonly signal?: AbortSignal }): Promise<readonly ConsumerInfo[]>;
  /** Live records in small peeks; the ring behind it is bounded, and `dropped` counts what did not fit. */
  tail?(name: string, request: PeekRequest): AsyncIterable<Found<Peek>>;
  close?(): Promise<void>;
}
