import { readFileSync } from 'node:fs';
import type { Socket } from 'node:net';
import { kafkaError, waitFor } from '@velostream/core/connect';
import { guardedSocketFactory } from '../../../net/guarded-socket.ts';
import type { NetworkGuard } from '../../../net/network-guard.ts';
import type { DriverSettings } from '../kafka-driver.ts';
import { AnswerMemory, gatherAnswers } from './answers.ts';
import {
  type KafkaBroker,
  type KafkaCluster,
  type KafkaInternals,
  loadInternals,
  type RawConnection,
  type RawMetadata,
  type RawQueue,
  SILENT,
} from './internals.ts';
import {
  asVeloError,
  COORDINATOR_BUSY,
  COORDINATOR_MOVED,
  Fault,
  faultOf,
  isAnswered,
  isLoginFault,
  isNobodyThere,
} from './kafka-fault.ts';
import { metadataWire } from './metadata-request.ts';

export const CoordinatorOf = { group: 0, transaction: 1 } as const;

/** Room beyond a request's own timeout before a call is given up and its connections with it. */
const DEADLINE_SLACK_MS = 5_000;
const RETRY_FIRST_MS = 20;
const RETRY_MAX_MS = 1_000;
/** What a plain socket reads at once, into memory that it uses again. */
const READ_BYTES = 256 * 1024;

/** Connections to one cluster: requests by node or coordinator, each answered or failed within a deadline. */
export class Wire {
  readonly settings: DriverSettings;
  /** Of answers; whoever is through with one may give it back. */
  readonly memory = new AnswerMemory();
  private readonly guard: NetworkGuard;
  private readonly sockets = new Set<Socket>();
  private cluster: KafkaCluster | undefined;
  private connecting: Promise<KafkaCluster> | undefined;
  /** Node of each partition, by topic. */
  private readonly leaders = new Map<string, ReadonlyMap<number, number>>();
  private readonly coordinators = new Map<string, number>();
  private lastRefusal: Error | undefined;
  private isClosed = false;
  private wasReached = false;
  private turn = 0;
  internals: KafkaInternals | undefined;

  constructor(settings: DriverSettings, guard: NetworkGuard) {
    this.settings = settings;
    this.guard = guard;
  }

  /** The connected cluster; connects on first use and again after it was given up. */
  async connected(): Promise<KafkaCluster> {
    if (this.isClosed) throw kafkaError('VS4801', { problem: 'the connection was closed' });
    if (this.cluster) return this.cluster;
    this.connecting ??= this.connect().finally(() => {
      this.connecting = undefined;
    });
    return this.connecting;
  }

  /** Runs one request; past its deadline all connections are given up, because a client that does not answer once does not recover by itself. */
  async call<T>(name: string, work: (cluster: KafkaCluster) => Promise<T>, timeoutMs = this.settings.requestTimeoutMs): Promise<T> {
    const deadlineMs = timeoutMs + DEADLINE_SLACK_MS;
    let timer: NodeJS.Timeout | undefined;
    const late = new Promise<never>((_, fail) => {
      timer = setTimeout(() => {
        fail(kafkaError('VS4802', { call: name, timeoutMs: deadlineMs }));
        this.giveUp();
      }, deadlineMs);
    });
    const run = this.connected().then(work);
    run.catch(() => {});
    try {
      return await Promise.race([run, late]);
    } catch (error) {
      // A refusal by name was on this call's way: it says more than the closed connection.
      const refusal = this.lastRefusal;
      if (refusal && !isAnswered(error)) {
        this.lastRefusal = undefined;
        throw refusal;
      }
      throw error;
    } finally {
      clearTimeout(timer);
    }
  }

  /**
   * As `call`, for reading: repeated while the connection is the problem or the broker says to wait, for `timeoutMs` in all. Where nothing has been
   * reached yet and connections are refused, for `patienceMs` at most.
   */
  async retried<T>(
    name: string,
    work: (cluster: KafkaCluster) => Promise<T>,
    again: ReadonlySet<number> = COORDINATOR_BUSY,
    patienceMs?: number,
  ): Promise<T> {
    const since = Date.now();
    const until = since + this.settings.requestTimeoutMs;
    for (let delayMs = RETRY_FIRST_MS; ; delayMs = Math.min(RETRY_MAX_MS, delayMs * 2)) {
      try {
        return await this.call(name, work);
      } catch (error) {
        const fault = faultOf(error);
        const mayHelp = fault === undefined ? !isLoginFault(error) && !isRefusal(error) : again.has(fault) || COORDINATOR_MOVED.has(fault);
        const isLate = patienceMs !== undefined && !this.wasReached && isNobodyThere(error) && Date.now() + delayMs > since + patienceMs;
        if (!mayHelp || isLate || this.isClosed || Date.now() + delayMs > until) throw asVeloError(error, name);
        if (fault === undefined) this.giveUp();
        await pause(delayMs);
      }
    }
  }

  /** A broker by its number, connected. */
  async node(cluster: KafkaCluster, nodeId: number): Promise<KafkaBroker> {
    if (!cluster.getNodeIds().some((id) => Number(id) === nodeId)) await cluster.refreshMetadata();
    return cluster.findBroker({ nodeId });
  }

  /** Some broker that can be reached, another one each time. kafkajs' own way to one swallows what the broker answers. */
  async any(cluster: KafkaCluster): Promise<KafkaBroker> {
    const ids = cluster.getNodeIds();
    let problem: unknown = new Error('no broker is known');
    for (let i = 0; i < ids.length; i++) {
      try {
        return await cluster.findBroker({ nodeId: Number(ids[this.turn++ % ids.length]) });
      } catch (error) {
        problem = error;
      }
    }
    throw problem;
  }

  /** The broker that keeps a group or a transactional id; looked up once, and again after it moved. */
  async coordinator(cluster: KafkaCluster, id: string, kind: 0 | 1): Promise<KafkaBroker> {
    const key = `${kind}:${id}`;
    const known = this.coordinators.get(key);
    if (known !== undefined) return cluster.findBroker({ nodeId: known });
    const broker = await cluster.findGroupCoordinator({ groupId: id, coordinatorType: kind });
    this.coordinators.set(key, broker.nodeId);
    return broker;
  }

  forgetCoordinator(id: string, kind: 0 | 1): void {
    this.coordinators.delete(`${kind}:${id}`);
  }

  /** Makes sure that the leaders of these topics are known; gives those topics that do not exist. */
  async know(cluster: KafkaCluster, topics: readonly string[]): Promise<readonly string[]> {
    const unknown = topics.filter((topic) => !this.leaders.has(topic));
    if (unknown.length === 0) return [];
    const { topicMetadata } = await (await this.any(cluster)).metadata(unknown);
    const missing: string[] = [];
    for (const { topic, topicErrorCode, partitionMetadata } of topicMetadata) {
      if (topicErrorCode === Fault.unknownTopic) missing.push(topic);
      else if (topicErrorCode !== 0)
        throw Object.assign(new Error(`metadata of "${topic}": answer ${topicErrorCode}`), { code: topicErrorCode });
      else this.leaders.set(topic, new Map(partitionMetadata.map((p) => [p.partitionId, p.leader])));
    }
    return missing;
  }

  partitionsOf(topic: string): readonly number[] {
    return [...(this.leaders.get(topic)?.keys() ?? [])].sort((a, b) => a - b);
  }

  leaderOf(topic: string, partition: number): number | undefined {
    const leader = this.leaders.get(topic)?.get(partition);
    return leader === undefined || leader < 0 ? undefined : leader;
  }

  forgetTopic(topic: string): void {
    this.leaders.delete(topic);
  }

  /** Drops every connection; the next call makes new ones. */
  giveUp(): void {
    const { cluster } = this;
    this.cluster = undefined;
    this.coordinators.clear();
    this.leaders.clear();
    const gone = new Error('the connection was given up');
    for (const socket of this.sockets) socket.destroy(gone);
    this.sockets.clear();
    cluster?.disconnect().catch(() => {});
  }

  async close(): Promise<void> {
    this.isClosed = true;
    this.giveUp();
  }

  private async connect(): Promise<KafkaCluster> {
    this.internals ??= await loadInternals();
    const { settings } = this;
    const open = guardedSocketFactory(this.guard, { readBytes: READ_BYTES });
    const cluster = new this.internals.Cluster({
      logger: SILENT,
      brokers: settings.brokers,
      clientId: settings.clientId,
      connectionTimeout: settings.connectionTimeoutMs,
      authenticationTimeout: settings.connectionTimeoutMs,
      requestTimeout: settings.requestTimeoutMs,
      enforceRequestTimeout: true,
      metadataMaxAge: 300_000,
      // Retries are decided here, by what each call may repeat.
      retry: { retries: 2, initialRetryTime: 50, maxRetryTime: 500 },
      allowAutoTopicCreation: false,
      isolationLevel: 1,
      ssl: tlsOptions(settings),
      sasl: settings.sasl ?? null,
      socketFactory: ({ host, port, ssl, onConnect }) => {
        const socket = open({ host, port, ssl: ssl ?? undefined, onConnect });
        this.sockets.add(socket);
        socket.once('error', (error) => {
          if (isRefusal(error)) this.lastRefusal = error;
        });
        socket.once('close', () => this.sockets.delete(socket));
        socket.setNoDelay(true);
        return socket;
      },
    });
    const { internals } = this;
    const create = cluster.brokerPool.createBroker;
    cluster.brokerPool.createBroker = (options) => {
      const broker = create(options);
      broker.metadata = async (topics) => (await broker.connectionPool.send(metadataWire(internals, topics))) as RawMetadata; // its own reader's
      return broker;
    };
    const build = cluster.connectionPoolBuilder.build.bind(cluster.connectionPoolBuilder);
    cluster.connectionPoolBuilder.build = async (target) => {
      const built = await build(target);
      for (const connection of built.pool) {
        quietQueue(connection.requestQueue);
        gatherAnswers(connection, this.memory);
        connectOnce(connection);
      }
      return built;
    };
    await cluster.connect();
    await cluster.refreshMetadata();
    this.cluster = cluster;
    this.wasReached = true;
    return cluster;
  }
}

const isRefusal = (error: unknown): boolean => typeof error === 'object' && error !== null && 'code' in error && error.code === 'VS4501';

function tlsOptions({ tls }: DriverSettings): Record<string, unknown> | null {
  if (!tls) return null;
  const { ca, cert, key, checkName } = tls;
  return {
    ...(ca === undefined ? {} : { ca: [readFileSync(ca)] }),
    ...(cert === undefined ? {} : { cert: readFileSync(cert) }),
    ...(key === undefined ? {} : { key: readFileSync(key) }),
    ...(checkName ? {} : { checkServerIdentity: () => undefined }),
  };
}

/** kafkajs asks its queue of waiting requests every millisecond, for as long as the process lives; here only while a request waits. */
function quietQueue(queue: RawQueue): void {
  queue.scheduleCheckPendingRequests = () => {
    if (queue.throttleCheckTimeoutId || queue.pending.length === 0) return;
    const waitMs = Math.max(10, queue.throttledUntil - Date.now());
    queue.throttleCheckTimeoutId = setTimeout(() => {
      queue.throttleCheckTimeoutId = null;
      queue.checkPendingRequests();
    }, waitMs);
  };
}

/** Two requests at once would each open a socket, and one of them would be written to before it is connected. */
function connectOnce(connection: RawConnection): void {
  const connect = connection.connect.bind(connection);
  let underWay: Promise<boolean> | undefined;
  connection.connect = () => {
    underWay ??= connect().finally(() => {
      underWay = undefined;
    });
    return underWay;
  };
}

const NEVER = new AbortController().signal;
export const pause = (delayMs: number, signal: AbortSignal = NEVER): Promise<void> => waitFor(delayMs * (0.5 + Math.random() / 2), signal);
