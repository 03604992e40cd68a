import { kafkaError } from '@velostream/core/connect';
import { type DeadLetter, type DeadLetters, letterObject } from '../failure/dead-letters.ts';
import type { KafkaDriver, KafkaProducer, ProducerSettings } from './driver/kafka-driver.ts';
import type { OutgoingRecord } from './records/write-records.ts';

/** Bytes of a message beyond which the queue keeps only the sample. */
const WHOLE_VALUE_MAX = 900 * 1024;

/** A topic that keeps each message as it was, with where it stood and what was wrong in headers `dlq.*`; too long ones as a description. */
export function topicDeadLetters(topic: string, open: () => KafkaDriver, settings: ProducerSettings): DeadLetters {
  let driver: KafkaDriver | undefined;
  let producer: KafkaProducer | undefined;
  const ready = async (signal: AbortSignal): Promise<KafkaProducer> => {
    if (producer && !producer.isBroken) return producer;
    driver ??= open();
    producer = driver.producer({ ...settings, transactionalId: undefined, idempotent: true, acks: 'all' });
    await producer.init(signal);
    return producer;
  };
  return {
    target: topic,
    async write(letters, signal) {
      try {
        const to = await ready(signal);
        await to.send([{ topic, partition: 0, records: letters.map(recordOf) }], signal);
      } catch (cause) {
        throw kafkaError('VS4817', { target: topic, problem: cause instanceof Error ? cause.message : String(cause) }, { cause });
      }
    },
    async close() {
      await producer?.close();
      await driver?.close();
      producer = undefined;
      driver = undefined;
    },
  };
}

function recordOf(letter: DeadLetter): OutgoingRecord {
  const headers = Object.entries(letterObject(letter)).map(([name, value]) => [`dlq.${name}`, String(value)] as const);
  const { key = null, value, failedAt } = letter;
  const isWhole = value !== undefined && (value?.length ?? 0) <= WHOLE_VALUE_MAX;
  return { key, value: isWhole ? value : JSON.stringify(letterObject(letter)), timestamp: failedAt, headers };
}
