import { kafkaError } from '@velostream/core/connect';
import { type DeadLetter, type DeadLetters, letterObject } from '../failure/dead-letters.ts';
import type { KafkaDriver, KafkaProducer, OffsetToCommit, ProducerSettings } from './driver/kafka-driver.ts';
import type { OutgoingRecord } from './records/write-records.ts';

/** Bytes of a message beyond which the queue keeps only the sample. */
const WHOLE_VALUE_MAX = 900 * 1024;
const POSITION = /^(.+)\[(\d+)\]@(\d+)$/;

/**
 * A topic that keeps each message as it was, with where it stood and what was wrong in headers `dlq.*`; too long ones as a description.
 * With a transactional id the place of the last letter of each partition is committed in the transaction of the letters themselves: a
 * job that was killed reads the same messages again, and what has its letter gets no second one.
 */
export function topicDeadLetters(topic: string, open: () => KafkaDriver, settings: ProducerSettings): DeadLetters {
  const writer = new LetterWriter(topic, open, settings);
  return {
    target: topic,
    async write(letters, signal) {
      try {
        await writer.write(letters, signal);
      } catch (cause) {
        throw kafkaError('VS4817', { target: topic, problem: cause instanceof Error ? cause.message : String(cause) }, { cause });
      }
    },
    close: () => writer.close(),
  };
}

class LetterWriter {
  private readonly topic: string;
  private readonly open: () => KafkaDriver;
  private readonly settings: ProducerSettings;
  private driver: KafkaDriver | undefined;
  private producer: KafkaProducer | undefined;
  /** The first offset of each source partition that has no letter yet. */
  private written = new Map<string, number>();

  constructor(topic: string, open: () => KafkaDriver, settings: ProducerSettings) {
    this.topic = topic;
    this.open = open;
    this.settings = settings;
  }

  async write(letters: readonly DeadLetter[], signal: AbortSignal): Promise<void> {
    const to = await this.ready(signal);
    const { transactionalId } = this.settings;
    const wanted = transactionalId === undefined ? letters : letters.filter((letter) => !this.hasLetter(letter));
    if (wanted.length === 0) return;
    const parts = [{ topic: this.topic, partition: 0, records: wanted.map(recordOf) }];
    if (transactionalId === undefined) {
      await to.send(parts, signal);
      return;
    }
    to.begin();
    await to.send(parts, signal);
    const offsets = behind(wanted);
    await to.sendOffsets(groupOf(transactionalId), offsets);
    await to.commit();
    for (const { topic, partition, offset } of offsets) this.written.set(`${topic}:${partition}`, offset);
  }

  async close(): Promise<void> {
    await this.producer?.close();
    await this.driver?.close();
    this.producer = undefined;
    this.driver = undefined;
  }

  private async ready(signal: AbortSignal): Promise<KafkaProducer> {
    if (this.producer && !this.producer.isBroken) return this.producer;
    this.driver ??= this.open();
    this.producer = this.driver.producer(this.settings);
    // Taking over the id comes before the places are read: it waits until a transaction that was left open is decided.
    await this.producer.init(signal);
    const { transactionalId } = this.settings;
    if (transactionalId !== undefined) {
      const committed = await this.driver.committed(groupOf(transactionalId));
      this.written = new Map(committed.map(({ topic, partition, offset }) => [`${topic}:${partition}`, offset]));
    }
    return this.producer;
  }

  private hasLetter({ position }: DeadLetter): boolean {
    const match = POSITION.exec(position);
    return match !== null && Number(match[3]) < (this.written.get(`${match[1]}:${match[2]}`) ?? 0);
  }
}

const groupOf = (transactionalId: string): string => `velo-dlq-${transactionalId}`;

/** Per partition, the offset behind its last letter. */
function behind(letters: readonly DeadLetter[]): OffsetToCommit[] {
  const places = new Map<string, OffsetToCommit>();
  for (const { position } of letters) {
    const match = POSITION.exec(position);
    if (match === null) continue;
    const [, topic = '', partition = '', offset = ''] = match;
    const before = places.get(`${topic}:${partition}`)?.offset ?? 0;
    places.set(`${topic}:${partition}`, {
      topic,
      partition: Number(partition),
      offset: Math.max(before, Number(offset) + 1),
      metadata: '',
    });
  }
  return [...places.values()];
}

function recordOf(letter: DeadLetter): OutgoingRecord {
  const headers = Object.entries(letterObject(letter)).map(([name, value]) => [`dlq.${name}`, String(value)] as const);
  const { key = null, value, failedAt } = letter;
  const isWhole = value !== undefined && (value?.length ?? 0) <= WHOLE_VALUE_MAX;
  return { key, value: isWhole ? value : JSON.stringify(letterObject(letter)), timestamp: failedAt, headers };
}
