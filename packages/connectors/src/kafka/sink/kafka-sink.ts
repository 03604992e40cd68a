import { connectorError, type Field, kafkaError, type Sink, type SinkWrite } from '@velostream/core/connect';
import type { KafkaDriver, KafkaProducer, ProducerSettings } from '../driver/kafka-driver.ts';
import type { KafkaContext } from '../kafka-context.ts';
import { type KafkaOptions, topicOf } from '../kafka-options.ts';
import type { ValueEncoder } from '../values/value-format.ts';
import { lastCommit, offsetsOf } from './commit-record.ts';
import { outgoing, Partitioner, partitioned } from './outgoing.ts';

/**
 * Rows as messages of a topic. Without a transactional id they are in the log when `write` resolves (at least once: what was written
 * before a crash comes again). With one, everything between two commits is one transaction: committed readers see it after `commit` and
 * never otherwise, and the epoch stands in the same transaction, so that an epoch that comes again adds nothing.
 */
export function kafkaSink(context: KafkaContext): Sink {
  const topic = topicOf(context.options);
  const sink = new KafkaSink(context, topic);
  return {
    takesChanges: true,
    open: (fields, signal) => sink.open(fields, signal),
    write: (write, signal) => sink.write(write, signal),
    commit: (epoch, context) => sink.commit(epoch, context?.checkpoint ?? '', context?.positions ?? []),
    close: (outcome) => sink.close(outcome),
    ...(context.options['transactional.id'] === undefined ? {} : { recover: () => sink.recover() }),
  };
}

class KafkaSink {
  private readonly context: KafkaContext;
  private readonly topic: string;
  private readonly transactionalId: string | undefined;
  private readonly group: string;
  private driver: KafkaDriver | undefined;
  private producer: KafkaProducer | undefined;
  private encoder: ValueEncoder | undefined;
  private partitioner = new Partitioner(1, 0);
  private last: { readonly epoch: number; readonly checkpoint: string } | null = null;
  private isOpen = false;
  private inTransaction = false;

  constructor(context: KafkaContext, topic: string) {
    this.context = context;
    this.topic = topic;
    this.transactionalId = context.options['transactional.id'];
    this.group = context.options['group.id'] ?? `velo-${this.transactionalId ?? topic}`;
  }

  async open(fields: readonly Field[], signal: AbortSignal): Promise<void> {
    const { context, topic } = this;
    this.driver ??= context.open();
    const [found] = await this.driver.topics([topic]);
    if (!found) throw kafkaError('VS4804', { topic });
    this.partitioner = new Partitioner(found.partitions.length, Math.floor(Math.random() * found.partitions.length));
    this.encoder = await context.values(topic).encoder(fields, signal);
    this.producer = this.driver.producer(producerSettings(context.options));
    // Taking over the id comes before reading the offsets: it waits until a transaction that was left open is decided.
    await this.producer.init(signal);
    if (this.transactionalId !== undefined) this.last = await lastCommit(this.driver, this.group);
    this.isOpen = true;
  }

  async recover(): Promise<{ readonly epoch: number; readonly checkpoint: string } | null> {
    return this.last;
  }

  async write(write: SinkWrite, signal: AbortSignal): Promise<void> {
    const { context, topic, producer, encoder } = this;
    if (!this.isOpen || !producer || !encoder) throw connectorError('VS4401', { name: topic });
    if (write.batch.length === 0) return;
    const records = outgoing(write, encoder.encode(write.batch), context.host.now());
    if (records.length === 0) return;
    this.begin(producer);
    for (const round of partitioned(topic, records, this.partitioner, context.options['batch.size'])) await producer.send(round, signal);
  }

  async commit(epoch: number, checkpoint: string, positions: readonly unknown[]): Promise<void> {
    const { producer } = this;
    if (!this.isOpen || !producer) throw connectorError('VS4401', { name: this.topic });
    if (this.transactionalId === undefined) return;
    if (this.last !== null && epoch <= this.last.epoch) {
      await this.discard(producer);
      return;
    }
    this.begin(producer);
    const record = { epoch, checkpoint };
    await producer.sendOffsets(this.group, offsetsOf(this.topic, record, positions));
    await producer.commit();
    this.inTransaction = false;
    this.last = record;
  }

  async close(outcome: 'complete' | 'abort'): Promise<void> {
    this.isOpen = false;
    const { producer, driver } = this;
    this.producer = undefined;
    this.driver = undefined;
    if (producer && outcome === 'abort' && !producer.isBroken) await this.discard(producer).catch(() => {});
    await producer?.close();
    await driver?.close();
  }

  private begin(producer: KafkaProducer): void {
    if (this.transactionalId === undefined || this.inTransaction) return;
    producer.begin();
    this.inTransaction = true;
  }

  private async discard(producer: KafkaProducer): Promise<void> {
    if (!this.inTransaction) return;
    this.inTransaction = false;
    await producer.abort();
  }
}

export function producerSettings(options: KafkaOptions): ProducerSettings {
  const transactionalId = options['transactional.id'];
  const acks = options.acks === '0' ? 'none' : options.acks === '1' ? 'leader' : 'all';
  const wantsIds = options['enable.idempotence'] && acks === 'all';
  return {
    acks: transactionalId === undefined ? acks : 'all',
    idempotent: transactionalId !== undefined || wantsIds,
    transactionalId,
    transactionTimeoutMs: options['transaction.timeout.ms'],
    compression: options['compression.type'],
    requestTimeoutMs: options['request.timeout.ms'],
    deliveryTimeoutMs: options['delivery.timeout.ms'],
  };
}
