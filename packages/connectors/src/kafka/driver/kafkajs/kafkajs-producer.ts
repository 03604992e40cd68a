import { kafkaError, type VeloError } from '@velostream/core/connect';
import type { Codecs } from '../../records/compression.ts';
import { writeRecords } from '../../records/write-records.ts';
import type { KafkaProducer, OffsetToCommit, PartitionRecords, ProducerSettings } from '../kafka-driver.ts';
import type { KafkaBroker } from './internals.ts';
import { asVeloError, COORDINATOR_BUSY, COORDINATOR_MOVED, Fault, FENCED, faultOf, LEADER_MOVED, TRY_AGAIN } from './kafka-fault.ts';
import { type BatchToSend, type ProducedPartition, produceWire } from './produce-request.ts';
import { CoordinatorOf, pause, type Wire } from './wire.ts';

const NO_ID = -1n;
const RETRY_FIRST_MS = 20;
const RETRY_MAX_MS = 1_000;
const SEQUENCE_MAX = 0x7fffffff;
const ACKS = { all: -1, leader: 1, none: 0 } as const;
/** How long a takeover waits for markers of the transaction that it ends. */
const INIT_TIMEOUT_MS = 60_000;

type State = 'new' | 'ready' | 'open' | 'broken' | 'closed';

/**
 * An idempotent or transactional producer with one request under way at a time. What is safe to repeat is repeated here: record batches,
 * because the broker knows them by their sequence, and requests that the broker answered with "not now". A transactional request that was
 * not answered has an unknown outcome; the producer is broken then, and only a new one, which takes over the id, brings certainty.
 */
export class KafkajsProducer implements KafkaProducer {
  private readonly wire: Wire;
  private readonly codecs: Codecs;
  private readonly settings: ProducerSettings;
  private state: State = 'new';
  private producerId = NO_ID;
  private epoch = -1;
  private readonly sequences = new Map<string, number>();
  /** Partitions and groups of the open transaction. */
  private readonly added = new Set<string>();

  constructor(wire: Wire, codecs: Codecs, settings: ProducerSettings) {
    this.wire = wire;
    this.codecs = codecs;
    this.settings = settings;
  }

  get isBroken(): boolean {
    return this.state === 'broken';
  }

  async init(signal: AbortSignal): Promise<void> {
    await this.codecs.load(this.settings.compression);
    const { transactionalId, transactionTimeoutMs, idempotent } = this.settings;
    if (!idempotent && transactionalId === undefined) {
      this.state = 'ready';
      return;
    }
    const until = Date.now() + INIT_TIMEOUT_MS;
    for (let delayMs = RETRY_FIRST_MS; ; delayMs = Math.min(RETRY_MAX_MS, delayMs * 2)) {
      try {
        const answer = await this.wire.call('InitProducerId', async (cluster) => {
          const broker =
            transactionalId === undefined
              ? await cluster.findControllerBroker()
              : await this.wire.coordinator(cluster, transactionalId, CoordinatorOf.transaction);
          return broker.initProducerId({ transactionalId: transactionalId ?? null, transactionTimeout: transactionTimeoutMs });
        });
        this.producerId = BigInt(answer.producerId);
        this.epoch = answer.producerEpoch;
        this.sequences.clear();
        this.added.clear();
        this.state = 'ready';
        return;
      } catch (error) {
        // Taking over an id may be repeated: it only raises the epoch.
        const fault = faultOf(error);
        const mayHelp = fault === undefined || COORDINATOR_BUSY.has(fault) || COORDINATOR_MOVED.has(fault);
        if (!mayHelp || signal.aborted || Date.now() > until) throw this.fatal(error, 'InitProducerId');
        if (transactionalId !== undefined) this.wire.forgetCoordinator(transactionalId, CoordinatorOf.transaction);
        await pause(delayMs, signal);
      }
    }
  }

  begin(): void {
    if (this.state !== 'ready') throw this.wrongState('begin');
    this.state = 'open';
  }

  async send(parts: readonly PartitionRecords[], signal: AbortSignal): Promise<void> {
    const isTransactional = this.settings.transactionalId !== undefined;
    if (this.state !== (isTransactional ? 'open' : 'ready')) throw this.wrongState('send');
    const full = parts.filter((part) => part.records.length > 0);
    if (full.length === 0) return;
    if (isTransactional) await this.addPartitions(full);
    const batches = full.map((part) => ({ ...part, sequence: this.sequences.get(keyOf(part)) ?? 0 }));
    const waiting = new Map<string, BatchToSend & { readonly count: number; readonly sequence: number }>();
    for (const { topic, partition, records, sequence } of batches) {
      const producer = {
        producerId: this.producerId,
        producerEpoch: this.epoch,
        firstSequence: this.producerId === NO_ID ? -1 : sequence,
        isTransactional,
      };
      const batch = writeRecords(records, producer, this.settings.compression, this.codecs);
      waiting.set(keyOf({ topic, partition }), { topic, partition, batch, count: records.length, sequence });
    }
    await this.deliver(waiting, signal);
    for (const { topic, partition, records, sequence } of batches) {
      this.sequences.set(keyOf({ topic, partition }), (sequence + records.length) % (SEQUENCE_MAX + 1));
    }
  }

  async sendOffsets(groupId: string, offsets: readonly OffsetToCommit[]): Promise<void> {
    if (this.state !== 'open') throw this.wrongState('sendOffsets');
    const id = this.settings.transactionalId as string; // an open transaction has one
    const who = { transactionalId: id, producerId: String(this.producerId), producerEpoch: this.epoch };
    if (!this.added.has(`group:${groupId}`)) {
      await this.transactional('AddOffsetsToTxn', id, CoordinatorOf.transaction, (broker) => broker.addOffsetsToTxn({ ...who, groupId }));
      this.added.add(`group:${groupId}`);
    }
    const topics = [...Map.groupBy(offsets, (o) => o.topic)].map(([topic, list]) => ({
      topic,
      partitions: list.map(({ partition, offset, metadata }) => ({ partition, offset: String(offset), metadata })),
    }));
    await this.transactional('TxnOffsetCommit', groupId, CoordinatorOf.group, (broker) =>
      broker.txnOffsetCommit({ ...who, groupId, topics }),
    );
  }

  commit(): Promise<void> {
    return this.end(true);
  }

  abort(): Promise<void> {
    return this.end(false);
  }

  async close(): Promise<void> {
    if (this.state === 'open') await this.abort().catch(() => {});
    this.state = 'closed';
  }

  private async end(isCommit: boolean): Promise<void> {
    if (this.state !== 'open') throw this.wrongState(isCommit ? 'commit' : 'abort');
    const id = this.settings.transactionalId as string; // an open transaction has one
    const who = { transactionalId: id, producerId: String(this.producerId), producerEpoch: this.epoch };
    // The broker knows nothing of a transaction without partitions.
    if (this.added.size > 0) {
      await this.transactional('EndTxn', id, CoordinatorOf.transaction, (broker) => broker.endTxn({ ...who, transactionResult: isCommit }));
    }
    this.added.clear();
    this.state = 'ready';
  }

  private async addPartitions(parts: readonly PartitionRecords[]): Promise<void> {
    const fresh = parts.filter((part) => !this.added.has(keyOf(part)));
    if (fresh.length === 0) return;
    const id = this.settings.transactionalId as string; // called for transactions only
    const topics = [...Map.groupBy(fresh, (p) => p.topic)].map(([topic, list]) => ({ topic, partitions: list.map((p) => p.partition) }));
    const who = { transactionalId: id, producerId: String(this.producerId), producerEpoch: this.epoch };
    await this.transactional('AddPartitionsToTxn', id, CoordinatorOf.transaction, (broker) =>
      broker.addPartitionsToTxn({ ...who, topics }),
    );
    for (const part of fresh) this.added.add(keyOf(part));
  }

  /** Asks a coordinator; repeats what it answered with "not now", and breaks the producer at anything else. */
  private async transactional(call: string, id: string, kind: 0 | 1, ask: (broker: KafkaBroker) => Promise<unknown>): Promise<void> {
    const until = Date.now() + this.settings.deliveryTimeoutMs;
    for (let delayMs = RETRY_FIRST_MS; ; delayMs = Math.min(RETRY_MAX_MS, delayMs * 2)) {
      let wasSent = false;
      try {
        await this.wire.call(call, async (cluster) => {
          const broker = await this.wire.coordinator(cluster, id, kind);
          wasSent = true;
          await ask(broker);
        });
        return;
      } catch (error) {
        const fault = faultOf(error);
        const mayHelp =
          fault === undefined ? !wasSent : COORDINATOR_BUSY.has(fault) || COORDINATOR_MOVED.has(fault) || fault === Fault.unknownTopic;
        if (!mayHelp || Date.now() > until) throw this.fatal(error, call);
        this.wire.forgetCoordinator(id, kind);
        await pause(delayMs);
      }
    }
  }

  /** Sends the batches to their leaders until each is in the log. */
  private async deliver(waiting: Map<string, BatchToSend & { readonly count: number }>, signal: AbortSignal): Promise<void> {
    const until = Date.now() + this.settings.deliveryTimeoutMs;
    for (let delayMs = RETRY_FIRST_MS; waiting.size > 0; delayMs = Math.min(RETRY_MAX_MS, delayMs * 2)) {
      const problem = await this.sendOnce(waiting);
      if (waiting.size === 0) return;
      if (signal.aborted || Date.now() > until) throw this.fatal(problem ?? new Error('the leaders are not available'), 'Produce');
      await pause(delayMs, signal);
    }
  }

  /** One request to each leader; takes what is in the log out of `waiting`. Gives the last problem that may go away. */
  private async sendOnce(waiting: Map<string, BatchToSend>): Promise<unknown> {
    let problem: unknown;
    const topics = [...new Set([...waiting.values()].map((b) => b.topic))];
    const { acks, requestTimeoutMs, transactionalId } = this.settings;
    const options = { transactionalId: transactionalId ?? null, acks: ACKS[acks], timeoutMs: requestTimeoutMs };
    let answers: ProducedPartition[] = [];
    try {
      answers = await this.wire.call('Produce', async (cluster) => {
        await this.wire.know(cluster, topics);
        const byLeader = Map.groupBy(waiting.values(), (b) => this.wire.leaderOf(b.topic, b.partition) ?? -1);
        if (byLeader.has(-1)) {
          for (const topic of topics) this.wire.forgetTopic(topic);
          problem = new Error('a partition has no leader');
          byLeader.delete(-1);
        }
        const sent = [...byLeader].map(async ([nodeId, batches]) => {
          const broker = await this.wire.node(cluster, nodeId);
          const answer = await broker.connectionPool.send(produceWire(this.wire.internals!, batches, options));
          if (acks === 'none') return batches.map(({ topic, partition }) => ({ topic, partition, fault: 0 }));
          return answer as ProducedPartition[]; // what the request's own reader gives
        });
        const outcomes = await Promise.allSettled(sent);
        for (const outcome of outcomes) if (outcome.status === 'rejected') problem = outcome.reason;
        return outcomes.flatMap((outcome) => (outcome.status === 'fulfilled' ? outcome.value : []));
      });
    } catch (error) {
      if (faultOf(error) !== undefined && !TRY_AGAIN.has(faultOf(error) as number)) throw this.fatal(error, 'Produce');
      problem = error;
    }
    if (problem !== undefined && faultOf(problem) === undefined) this.wire.giveUp();
    for (const { topic, partition, fault } of answers) {
      if (fault === 0 || fault === Fault.duplicateSequence) waiting.delete(keyOf({ topic, partition }));
      else if (TRY_AGAIN.has(fault)) {
        if (LEADER_MOVED.has(fault)) this.wire.forgetTopic(topic);
        problem = Object.assign(new Error(`the leader of "${topic}" answered ${fault}`), { code: fault });
      } else throw this.refused(topic, fault);
    }
    return problem;
  }

  private refused(topic: string, fault: number): VeloError {
    if (fault === Fault.messageTooLarge || fault === Fault.recordListTooLarge) {
      if (this.settings.transactionalId !== undefined) this.state = 'broken';
      return kafkaError('VS4809', { problem: `the broker refuses its size for topic "${topic}"` });
    }
    return this.fatal(Object.assign(new Error(`the broker answered ${fault} for topic "${topic}"`), { code: fault }), 'Produce');
  }

  /** After this nothing is certain any more: of a transaction because its outcome is open, of a sequence because it has a gap. */
  private fatal(error: unknown, call: string): VeloError {
    this.state = 'broken';
    const id = this.settings.transactionalId;
    const fault = faultOf(error);
    if (fault !== undefined && FENCED.has(fault)) return kafkaError('VS4805', { id: id ?? 'this producer' }, { cause: error });
    if (id !== undefined && fault === undefined && call !== 'InitProducerId') return kafkaError('VS4806', { id, call }, { cause: error });
    return asVeloError(error, call);
  }

  private wrongState(call: string): VeloError {
    return kafkaError('VS4803', { call, error: `the producer is ${this.state}` });
  }
}

const keyOf = ({ topic, partition }: { readonly topic: string; readonly partition: number }): string => `${topic}:${partition}`;
