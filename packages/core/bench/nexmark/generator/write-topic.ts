import { Kafka, logLevel } from 'kafkajs';
import { eventMaker, type StreamOptions } from './events.ts';

const BATCH = 5000;

/**
 * The stream as a topic of JSON messages, made anew unless it holds the events already. Events go to partitions in turn, in order, so that
 * each partition alone is in order of time; message timestamps are event times.
 */
export async function fillTopic(brokers: string, events: number, options: StreamOptions, partitions: number): Promise<string> {
  const topic = `nexmark-${events}-s${options.seed}-r${options.eventsPerSecond}-p${partitions}`;
  const kafka = new Kafka({ brokers: brokers.split(','), clientId: 'nexmark', logLevel: logLevel.NOTHING });
  const admin = kafka.admin();
  await admin.connect();
  const known = (await admin.listTopics()).includes(topic);
  const held = known ? (await admin.fetchTopicOffsets(topic)).reduce((sum, { offset }) => sum + Number(offset), 0) : 0;
  if (held !== events) {
    if (known) await admin.deleteTopics({ topics: [topic] });
    await admin.createTopics({ topics: [{ topic, numPartitions: partitions, replicationFactor: 1 }], waitForLeaders: true });
    await send(kafka, topic, events, options, partitions);
  }
  await admin.disconnect();
  return topic;
}

async function send(kafka: Kafka, topic: string, events: number, options: StreamOptions, partitions: number): Promise<void> {
  const producer = kafka.producer({ idempotent: true, maxInFlightRequests: 1 });
  await producer.connect();
  const make = eventMaker(options);
  for (let at = 0; at < events; at += BATCH) {
    const messages = Array.from({ length: Math.min(BATCH, events - at) }, (_, i) => {
      const event = make(at + i);
      return { partition: (at + i) % partitions, value: JSON.stringify(event), timestamp: String(event.dateTime) };
    });
    await producer.send({ topic, messages });
  }
  await producer.disconnect();
}
