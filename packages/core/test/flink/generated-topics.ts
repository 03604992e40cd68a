import { Kafka, logLevel } from 'kafkajs';
import type { Inquiry } from './differential.ts';
import { type Dataset, delay } from './generated.ts';

export interface Topics {
  readonly all: readonly { readonly dataset: Dataset; readonly connections: Inquiry['connections'] }[];
  remove(): Promise<void>;
}

/** The rows of data sets in topics of one partition, as JSON. */
export async function writeTopics(datasets: readonly Dataset[], brokers: string): Promise<Topics> {
  const kafka = new Kafka({ brokers: brokers.split(','), logLevel: logLevel.NOTHING });
  const admin = kafka.admin();
  const producer = kafka.producer();
  await Promise.all([admin.connect(), producer.connect()]);
  const mark = `flink-diff-${process.pid}-${process.hrtime.bigint()}`;
  const names = (['t', 'u', 'v'] as const).flatMap((name) =>
    datasets.map((dataset) => ({ dataset, name, topic: `${mark}-${dataset.name}-${name}` })),
  );
  await admin.createTopics({ topics: names.map(({ topic }) => ({ topic, numPartitions: 1 })) });
  for (const { dataset, name, topic } of names) {
    await producer.send({ topic, messages: dataset.rows[name].map((row) => ({ value: JSON.stringify(row) })) });
  }
  await producer.disconnect();
  const all = datasets.map((dataset) => {
    const of = (name: string) => ({
      type: 'kafka_source',
      topic: `${mark}-${dataset.name}-${name}`,
      'bootstrap.servers': brokers,
      'event.time.format': 'epoch_millis',
      bounded: true,
      ...delay,
    });
    return { dataset, connections: { t: of('t'), u: of('u'), v: of('v') } };
  });
  const remove = async (): Promise<void> => {
    await admin.deleteTopics({ topics: names.map(({ topic }) => topic) });
    await admin.disconnect();
  };
  return { all, remove };
}
