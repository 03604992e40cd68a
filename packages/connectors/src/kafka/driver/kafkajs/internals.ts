import { createRequire } from 'node:module';
import type { Socket } from 'node:net';
import type { ConnectionOptions } from 'node:tls';
import { loadDriver } from '../../../net/load-driver.ts';

/** The part of kafkajs 2.2 that carries requests; only what is used is typed. */
export interface KafkaBroker {
  readonly nodeId: number;
  readonly connectionPool: { send(request: WireRequest): Promise<unknown>; readonly host: string; readonly port: number };
  isConnected(): boolean;
  connect(): Promise<void>;
  /** Replaced by a request of ours when the broker is made. */
  metadata: (topics: readonly string[] | null) => Promise<RawMetadata>;
  listOffsets(request: object): Promise<{ responses: readonly RawTopic<{ partition: number; offset: string; timestamp?: string }>[] }>;
  offsetFetch(request: object): Promise<{
    responses: readonly RawTopic<{ partition: number; offset: string; metadata: string | null; errorCode: number }>[];
  }>;
  offsetCommit(request: object): Promise<unknown>;
  listGroups(): Promise<{ groups: readonly { groupId: string; protocolType: string }[] }>;
  describeGroups(request: object): Promise<{ groups: readonly { groupId: string; state: string; members: readonly unknown[] }[] }>;
  describeConfigs(request: object): Promise<{
    resources: readonly { configEntries: readonly { configName: string; configValue: string | null; isSensitive: boolean }[] }[];
  }>;
  initProducerId(request: object): Promise<{ producerId: string; producerEpoch: number }>;
  addPartitionsToTxn(request: object): Promise<unknown>;
  addOffsetsToTxn(request: object): Promise<unknown>;
  txnOffsetCommit(request: object): Promise<unknown>;
  endTxn(request: object): Promise<unknown>;
  createTopics(request: object): Promise<unknown>;
  createPartitions(request: object): Promise<unknown>;
  deleteTopics(request: object): Promise<unknown>;
}

export interface RawTopic<P> {
  readonly topic: string;
  readonly partitions: readonly P[];
}

/** As kafkajs' own reading gives it, for the parts of it that look at it. */
export interface RawMetadata {
  readonly throttleTime: number;
  readonly brokers: readonly { readonly nodeId: number; readonly host: string; readonly port: number; readonly rack: string | null }[];
  readonly clusterId: string;
  readonly controllerId: number;
  readonly topicMetadata: readonly {
    readonly topicErrorCode: number;
    readonly topic: string;
    readonly isInternal: boolean;
    readonly partitionMetadata: readonly { readonly partitionErrorCode: number; readonly partitionId: number; readonly leader: number }[];
  }[];
}

export interface WireRequest {
  readonly request: {
    readonly apiKey: number;
    readonly apiVersion: number;
    readonly apiName: string;
    expectResponse?(): boolean;
    encode(): Promise<unknown>;
  };
  readonly response: { decode(raw: Buffer): Promise<unknown>; parse(data: unknown): Promise<unknown> };
  readonly requestTimeout?: number;
  readonly logResponseError?: boolean;
}

/** kafkajs' growing buffer; written to by requests of ours. */
export interface WireEncoder {
  writeInt8(value: number): this;
  writeInt16(value: number): this;
  writeInt32(value: number): this;
  writeInt64(value: number | string): this;
  writeString(value: string | null): this;
  writeBufferInternal(value: Buffer): this;
}

export interface KafkaCluster {
  connect(): Promise<void>;
  disconnect(): Promise<void>;
  refreshMetadata(): Promise<void>;
  findBroker(target: { nodeId: number }): Promise<KafkaBroker>;
  findControllerBroker(): Promise<KafkaBroker>;
  findGroupCoordinator(target: { groupId: string; coordinatorType: number }): Promise<KafkaBroker>;
  getNodeIds(): readonly (string | number)[];
  readonly brokerPool: {
    createBroker(options: object): KafkaBroker;
    readonly metadata: RawMetadata | null;
  };
  readonly connectionPoolBuilder: { build(target?: object): Promise<RawPool> };
}

/** Two connections to one broker. */
interface RawPool {
  readonly pool: readonly RawConnection[];
}

export interface RawConnection {
  readonly requestQueue: RawQueue;
  /** Of the connection that is open. */
  readonly socket: Socket;
  /** There while a login is under way. */
  readonly authHandlers: object | null;
  connect: () => Promise<boolean>;
  /** Takes what the socket read. */
  processData: (data: Buffer) => void;
}

export interface RawQueue {
  throttledUntil: number;
  throttleCheckTimeoutId: unknown;
  readonly pending: readonly unknown[];
  scheduleCheckPendingRequests(): void;
  checkPendingRequests(): void;
  /** Hands an answer to the request with its number. */
  fulfillRequest(answer: { readonly size: number; readonly correlationId: number; readonly payload: Buffer }): void;
}

interface Logger {
  namespace(): Logger;
  debug(): void;
  info(): void;
  warn(): void;
  error(): void;
  setLogLevel(): void;
}

/** kafkajs logs addresses and payload sizes to the console; the connector reports its own errors instead. */
export const SILENT: Logger = {
  namespace: () => SILENT,
  debug: () => {},
  info: () => {},
  warn: () => {},
  error: () => {},
  setLogLevel: () => {},
};

export interface ClusterOptions {
  readonly logger: Logger;
  readonly socketFactory: (request: SocketRequest) => Socket;
  readonly brokers: readonly string[];
  readonly ssl: ConnectionOptions | null;
  readonly sasl: { readonly mechanism: string; readonly username: string; readonly password: string } | null;
  readonly clientId: string;
  readonly connectionTimeout: number;
  readonly authenticationTimeout: number;
  readonly requestTimeout: number;
  readonly enforceRequestTimeout: boolean;
  readonly metadataMaxAge: number;
  readonly retry: { readonly retries: number; readonly initialRetryTime: number; readonly maxRetryTime: number };
  readonly allowAutoTopicCreation: boolean;
  readonly isolationLevel: number;
}

export interface SocketRequest {
  readonly host: string;
  readonly port: number;
  readonly ssl: ConnectionOptions | null | undefined;
  onConnect(): void;
}

export interface KafkaInternals {
  readonly Cluster: new (options: ClusterOptions) => KafkaCluster;
  readonly Encoder: new (initialSize?: number) => WireEncoder;
}

/** kafkajs ships no entry point for these; the files are those of 2.2, the last line there is. They have no types, so it is said here what they are. */
export async function loadInternals(): Promise<KafkaInternals> {
  return loadDriver(
    async () => {
      const require = createRequire(import.meta.url);
      const Cluster = require('kafkajs/src/cluster/index.js') as KafkaInternals['Cluster'];
      const Encoder = require('kafkajs/src/protocol/encoder.js') as KafkaInternals['Encoder'];
      return { Cluster, Encoder };
    },
    'kafkajs',
    'Kafka',
  );
}
