import type { ConnectorDefinition, ReadRequest, Sink, Source, SourceBatch } from '../../connect/connector.ts';
import type { Offset } from '../../connect/offset.ts';
import { defineOptions, type OptionsIn } from '../../connect/options/define-options.ts';
import { requiredText } from '../../connect/options/option.ts';
import { uriParts } from '../../connect/options/uri-parts.ts';
import { connectorError } from '../../diagnostics/codes/connector.ts';
import { takeBatch } from '../../values/batch-gather.ts';
import type { RecordBatch } from '../../values/record-batch.ts';
import type { StreamTopic } from './stream-topic.ts';

const OPTIONS = defineOptions({
  topic: requiredText({ about: 'Stream of the deployment.' }),
  reader: requiredText({ about: 'Job that reads or writes it.' }),
});

type StreamOptions = OptionsIn<typeof OPTIONS>;

/** URI of a stream of a deployment, as one of its jobs opens it. */
export const streamUri = (topic: string, job: string): string => `stream://${encodeURIComponent(topic)}?job=${encodeURIComponent(job)}`;

/** The streams between the jobs of one deployment, as a connector: a job reads and writes them like any topic. */
export function streamConnector(topics: ReadonlyMap<string, StreamTopic>): ConnectorDefinition<StreamOptions> {
  const find = (name: string): StreamTopic => {
    const topic = topics.get(name);
    if (topic === undefined) throw connectorError('VS4106', { table: name, known: [...topics.keys()] });
    return topic;
  };
  return Object.freeze<ConnectorDefinition<StreamOptions>>({
    name: 'stream',
    schemes: ['stream'],
    options: OPTIONS,
    guarantees: { resume: true, sink: 'exactly-once' },
    fromUri(uri) {
      const parts = uriParts(uri);
      return { topic: parts?.path ?? '', reader: parts?.query['job'] ?? '' };
    },
    source: ({ topic, reader }) => streamSource(find(topic), reader),
    sink: ({ topic }) => streamSink(find(topic)),
  });
}

function streamSource(topic: StreamTopic, reader: string): Source {
  return {
    async describe() {
      await topic.open();
      return { fields: topic.fields, bounded: false, origin: 'declared' };
    },
    read: (request) => read(topic, reader, request),
    acknowledge: (position: Offset) => topic.acknowledge(reader, Number(position)),
  };
}

async function* read(topic: StreamTopic, reader: string, request: ReadRequest): AsyncGenerator<SourceBatch> {
  const { fields, signal, maxBatchRows, from } = request;
  await topic.open();
  let at = Math.max(Number(from ?? 0), topic.start);
  topic.register(reader, at);
  const columns = fields.map((field) => topic.fields.findIndex((each) => each.name === field.name));
  while (!signal.aborted) {
    const segment = topic.segmentAt(at);
    if (segment === undefined) {
      if (topic.ended && at >= topic.end) return;
      await topic.changed(signal);
      continue;
    }
    let first = segment.offset;
    for (const batch of segment.batches) {
      const skip = Math.max(0, at - first);
      for (let low = skip; low < batch.length; low += maxBatchRows) {
        const high = Math.min(batch.length, low + maxBatchRows);
        at = first + high;
        yield { batch: slice(batch, low, high, columns), next: at };
        if (signal.aborted) return;
      }
      first += batch.length;
    }
    at = Math.max(at, segment.offset + segment.rows);
  }
}

function slice(batch: RecordBatch, from: number, to: number, columns: readonly number[]): RecordBatch {
  const picked = { ...batch, columns: columns.map((c) => batch.columns[c] as RecordBatch['columns'][number]) };
  const whole =
    from === 0 && to === batch.length
      ? picked
      : takeBatch(
          picked,
          Int32Array.from({ length: to - from }, (_, i) => from + i),
          to - from,
        );
  const { meta } = whole;
  // The time of the event is the time of the message, as in a topic.
  return { ...whole, ops: null, watermarks: null, meta: { ...meta, timestamp: meta.eventTime ?? meta.timestamp } };
}

function streamSink(topic: StreamTopic): Sink {
  let waiting: RecordBatch[] = [];
  let isOpen = false;
  return {
    async open() {
      await topic.open();
      isOpen = true;
    },
    async write({ batch }, signal) {
      if (!isOpen) throw connectorError('VS4401', { name: topic.name });
      while (topic.isFull && !signal.aborted) await topic.changed(signal);
      waiting.push(batch);
    },
    async commit(epoch, context) {
      const rows = waiting;
      waiting = [];
      if (epoch <= (topic.lastCommit?.epoch ?? 0)) return;
      await topic.commit(rows, { epoch, checkpoint: context?.checkpoint ?? '' });
    },
    recover: async () => topic.lastCommit,
    async close(outcome) {
      isOpen = false;
      waiting = [];
      if (outcome === 'complete') await topic.finish();
    },
  };
}
