import type { Explorer, Found, InspectRequest, SourceSchema } from '@velostream/core/protocol/explore';
import { ColumnFactsOf } from '../../files/column-facts.ts';
import type { KafkaContext } from '../kafka-context.ts';
import { PartitionBuffer, pickRecords } from '../source/pick-records.ts';
import { sampleValues } from '../source/sample-values.ts';
import { type ExploreContext, exploreContext } from './explore-context.ts';
import { ConsumerLister } from './list-consumers.ts';
import { listTopics, topicStats } from './list-topics.ts';
import { peekTopic } from './peek-topic.ts';
import { Reading } from './stop-reading.ts';
import { tailTopic } from './tail-topic.ts';

const INSPECT_DEFAULT = 200;
const INSPECT_MAX = 100_000;
const TIMEOUT_MS = 15_000;

/** Looking around in a Kafka cluster. Reads with offsets of its own and commits nothing, so no consumer notices. */
export function kafkaExplorer(kafka: KafkaContext): Explorer {
  const context = exploreContext(kafka);
  const consumers = new ConsumerLister(context);
  return {
    list: (request) => listTopics(context, request),
    inspect: (name, request) => inspectTopic(context, name, request),
    peek: (name, request) => peekTopic(context, name, request),
    stats: (name, request) => topicStats(context, name, request.signal),
    consumers: (name, request) => consumers.list(name, request.signal),
    tail: (name, request) => tailTopic(context, name, request),
    close: () => context.close(),
  };
}

/** Columns from a registry, a declared schema or the latest messages, with what those show of each column. */
async function inspectTopic(context: ExploreContext, topic: string, request: InspectRequest): Promise<Found<SourceSchema>> {
  const { options } = context.kafka;
  const reading = new Reading({
    maxBytes: Number.POSITIVE_INFINITY,
    maxRecords: INSPECT_MAX,
    timeoutMs: request.timeoutMs ?? TIMEOUT_MS,
    signal: request.signal,
  });
  const wanted = Math.min(request.maxRecords ?? INSPECT_DEFAULT, INSPECT_MAX);
  const sample = await sampleValues(context.driver(), topic, options, wanted, reading.signal);
  const format = context.kafka.values(topic);
  const { fields, origin } = await format.describe(sample.values, reading.signal);
  const facts = new ColumnFactsOf(fields);
  let bad = 0;
  let firstProblem: string | undefined;
  const decoder = await format.decoder(fields, { maxBatchRows: 4096, maxRecordBytes: options.max_record_bytes }, reading.signal);
  try {
    const buffer = new PartitionBuffer(0, 0, Number.POSITIVE_INFINITY);
    buffer.add(sample.chunks, Number.MAX_SAFE_INTEGER);
    for (let picked = pickRecords([buffer], 4096); picked && buffer.buffered >= 0; picked = pickRecords([buffer], 4096)) {
      await decoder.prepare?.(picked, reading.signal);
      for (const part of decoder.decode(picked)) {
        facts.see({ length: part.length, columns: part.columns, meta: EMPTY_META, ops: null, watermarks: null });
        bad += part.bad.length;
        firstProblem ??= part.bad[0]?.error.message;
      }
    }
  } finally {
    decoder.close();
  }
  return {
    name: topic,
    fields: facts.fields(),
    origin,
    hasKeys: sample.hasKeys,
    coverage: {
      scanned: sample.scannedRows,
      available: sample.available,
      partitions: sample.partitions,
      stoppedBy: reading.stoppedBy ?? (sample.complete ? 'end' : 'limit'),
    },
    ...(bad === 0 ? {} : { warnings: [`${bad} of the scanned messages cannot be read: ${firstProblem ?? ''}`] }),
  };
}

const EMPTY_META = { eventTime: null, timestamp: null, offset: null, partition: null, key: null, topic: null, headers: null };
