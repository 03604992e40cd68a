import { connectorError, kafkaError, type ReadRequest, type Source, type SourceBatch, VeloError, waitFor } from '@velostream/core/connect';
import { BadRecords } from '../../failure/bad-records.ts';
import type { FetchedPartition, KafkaDriver } from '../driver/kafka-driver.ts';
import type { KafkaContext } from '../kafka-context.ts';
import { topicOf } from '../kafka-options.ts';
import { fromOffset, readPosition, toOffset } from '../kafka-position.ts';
import type { DecodedValues, ValueDecoder } from '../values/value-format.ts';
import { type BadMessage, badMessages } from './bad-messages.ts';
import { type PartitionBuffer, type Picked, pickRecords } from './pick-records.ts';
import { fetchSettings, sampleValues } from './sample-values.ts';
import { startBuffers } from './start-offsets.ts';
import { systemColumns } from './system-columns.ts';

/** Rows of one batch at most: what the decoders take at once. */
const ROWS_MAX = 1 << 16;
const RECONNECT_FIRST_MS = 200;
const RECONNECT_MAX_MS = 5_000;
const METADATA_EVERY_MS = 30_000;

/** A topic as a source: offsets are positions, partitions are merged by the time of their messages, and no group membership can interrupt it. */
export function kafkaSource(context: KafkaContext): Source {
  const topic = topicOf(context.options);
  let driver: KafkaDriver | undefined;
  let isReading = false;
  let current: TopicReader | undefined;
  const group = context.options['group.id'];
  let committing: Promise<void> = Promise.resolve();
  const open = (): KafkaDriver => {
    driver ??= context.open();
    return driver;
  };
  return {
    async describe(signal) {
      const { options } = context;
      const format = context.values(topic);
      const isFixed = !format.needsSamples;
      const sample = isFixed ? undefined : await sampleValues(open(), topic, options, options['sample.records'], signal);
      const { fields, origin } = await format.describe(sample?.values ?? [], signal);
      if (fields.length === 0) {
        const { code, message, hint } = kafkaError('VS4811', { topic });
        context.host.warn(`${code}: ${message}. ${hint}`);
      }
      return {
        fields,
        bounded: options.bounded,
        origin: origin === 'inferred' ? 'inferred' : 'declared',
        ...(sample === undefined
          ? {}
          : { coverage: { scannedRows: sample.scannedRows, scannedBytes: sample.scannedBytes, complete: sample.complete } }),
      };
    },
    async *read(request) {
      if (isReading) throw connectorError('VS4110', { connector: 'kafka' });
      isReading = true;
      const reader = new TopicReader(context, topic, request, open());
      current = reader;
      try {
        yield* reader.run();
      } finally {
        isReading = false;
        current = undefined;
        await reader.close();
      }
    },
    lag: () => current?.lag(),
    ...(group === undefined
      ? {}
      : {
          acknowledge(position) {
            const known = readPosition(position);
            if (known === undefined) return;
            const offsets = [...known.next].map(([partition, offset]) => ({ topic, partition, offset, metadata: '' }));
            // What a job is behind is seen by its group; the checkpoint is what it goes on from.
            committing = committing
              .then(() => open().commitOffsets(group, offsets))
              .catch((error: unknown) => context.host.warn(`offsets of group "${group}" could not be committed: ${messageOf(error)}`));
          },
        }),
    async close() {
      await committing;
      await driver?.close();
      driver = undefined;
    },
  };
}

const messageOf = (error: unknown): string => (error instanceof Error ? error.message : String(error));

class TopicReader {
  private readonly context: KafkaContext;
  private readonly topic: string;
  private readonly request: ReadRequest;
  private readonly driver: KafkaDriver;
  private readonly failures: BadRecords;
  private readonly stop = new AbortController();
  private buffers: PartitionBuffer[] = [];
  private decoder: ValueDecoder | undefined;
  private fetching: Promise<void> | null = null;
  private failed: { readonly error: unknown } | null = null;
  /** Of record batches that could not be unpacked; reported with the next batch. */
  private damaged: BadMessage[] = [];
  private lastMetadataAt = 0;

  constructor(context: KafkaContext, topic: string, request: ReadRequest, driver: KafkaDriver) {
    this.context = context;
    this.topic = topic;
    this.request = request;
    this.driver = driver;
    this.failures = new BadRecords({
      strategy: context.options.failure_strategy,
      letters: () => context.deadLetters(),
      now: () => context.host.now(),
    });
    if (request.signal.aborted) this.stop.abort();
    else request.signal.addEventListener('abort', () => this.stop.abort(), { once: true });
  }

  async *run(): AsyncGenerator<SourceBatch> {
    const { request, context, topic } = this;
    const { options } = context;
    if (request.signal.aborted) return;
    const saved = request.from === undefined || request.from === null ? undefined : fromOffset(request.from, topic);
    this.buffers = await this.reconnecting(() => startBuffers(this.driver, topic, options, saved));
    this.lastMetadataAt = context.host.now();
    const rowsMax = Math.min(request.maxBatchRows, ROWS_MAX);
    this.decoder = await context
      .values(topic)
      .decoder(request.fields, { maxBatchRows: rowsMax, maxRecordBytes: options.max_record_bytes }, this.stop.signal);
    while (!request.signal.aborted) {
      const before = new Map(this.buffers.map((b) => [b.partition, b.next]));
      const picked = pickRecords(this.buffers, rowsMax);
      if (picked) {
        this.prefetch(rowsMax);
        yield* this.decode(picked, before);
        if (this.decoder.copies) for (const buffer of this.buffers) buffer.release();
      } else if (this.damaged.length > 0) yield* this.onlyDamaged();
      else if (this.buffers.every((b) => b.isDone)) return;
      else await this.fill(rowsMax);
    }
  }

  /** As of the last fetch of each partition; undefined until each was fetched once. */
  lag(): number | undefined {
    const behind = this.buffers.map((b) => Math.max(0, b.readableTo - b.next));
    return behind.length === 0 || behind.some(Number.isNaN) ? undefined : behind.reduce((sum, n) => sum + n, 0);
  }

  async close(): Promise<void> {
    this.stop.abort();
    await this.fetching;
    this.decoder?.close();
    await this.failures.close();
  }

  private async *decode(all: Picked, before: ReadonlyMap<number, number>): AsyncGenerator<SourceBatch> {
    const picked = this.wanted(all);
    const decoder = this.decoder as ValueDecoder; // made before anything is picked
    await decoder.prepare?.(picked, this.stop.signal);
    let from = 0;
    for (const part of decoder.decode(picked)) {
      const isLast = part.upTo === picked.length;
      const bad = [...this.damaged, ...badMessages(part.bad, picked, this.topic)];
      this.damaged = [];
      await this.failures.handle(bad, this.request.signal);
      const next = isLast ? new Map(this.buffers.map((b) => [b.partition, b.next])) : nextAfter(picked, part.upTo, before);
      yield this.batchOf(part, picked, bad, next, from);
      from = part.upTo;
    }
  }

  private batchOf(
    part: DecodedValues,
    picked: Picked,
    bad: readonly BadMessage[],
    next: ReadonlyMap<number, number>,
    from: number,
  ): SourceBatch {
    const { records, length } = part;
    const first = part.upTo - length;
    const recordAt = records === null ? (row: number) => Math.max(from, first) + row : (row: number) => records[row] as number;
    const columns = part.columns.length === this.request.fields.length ? part.columns : [];
    const meta = systemColumns(picked, length, recordAt, this.topic, this.request.system);
    return {
      batch: { length, columns, meta, ops: null, watermarks: null },
      next: toOffset({ topic: this.topic, group: this.context.options['group.id'] ?? null, next }),
      ...(bad.length === 0 ? {} : { bad: bad.map(({ error, position, sample }) => ({ error, position, sample })) }),
    };
  }

  /** Without tombstones where they are skipped. */
  private wanted(picked: Picked): Picked {
    if (this.context.options.tombstones !== 'skip') return picked;
    let kept = 0;
    for (let i = 0; i < picked.length; i++) {
      const chunk = picked.chunks[picked.chunk[i] as number] as Picked['chunks'][number];
      const row = picked.row[i] as number;
      if ((chunk.values[row * 2] as number) < 0) continue;
      picked.chunk[kept] = picked.chunk[i] as number;
      picked.row[kept] = row;
      picked.partitions[kept++] = picked.partitions[i] as number;
    }
    return kept === picked.length ? picked : { ...picked, length: kept };
  }

  private async *onlyDamaged(): AsyncGenerator<SourceBatch> {
    const empty = { length: 0, chunks: [], chunk: new Int32Array(0), row: new Int32Array(0), partitions: new Int32Array(0) };
    yield* this.decode(empty, new Map());
  }

  private async fill(rowsMax: number): Promise<void> {
    this.prefetch(rowsMax);
    if (this.fetching === null && this.failed === null && !this.stop.signal.aborted)
      throw new Error('internal: expected that what is waited for is fetched');
    await this.fetching;
    if (this.failed) throw this.failed.error;
  }

  /** Starts a fetch for the partitions that have little, unless one is under way. */
  private prefetch(rowsMax: number): void {
    if (this.fetching || this.failed || this.stop.signal.aborted) return;
    const hungry = this.buffers.filter((b) => b.buffered < rowsMax && b.fetchFrom < b.end);
    if (hungry.length === 0) return;
    this.fetching = this.fetch(hungry)
      .catch((error: unknown) => {
        this.failed = { error };
      })
      .finally(() => {
        this.fetching = null;
      });
  }

  private async fetch(hungry: readonly PartitionBuffer[]): Promise<void> {
    const { options, host } = this.context;
    const { topic } = this;
    const { signal } = this.stop;
    if (options.partitions === undefined && !options.bounded && host.now() - this.lastMetadataAt > METADATA_EVERY_MS)
      await this.findNewPartitions();
    const positions = hungry.map((b) => ({ topic, partition: b.partition, offset: b.fetchFrom }));
    const maxWaitMs = options['fetch.max.wait.ms'];
    const fetched = await this.reconnecting(() => this.driver.fetch({ ...fetchSettings(options), positions, maxWaitMs, signal }));
    for (const part of fetched) {
      const buffer = hungry.find((b) => b.partition === part.partition);
      if (buffer) this.accept(buffer, part);
    }
  }

  private accept(buffer: PartitionBuffer, part: FetchedPartition): void {
    if (part.isOutOfRange) {
      this.jump(buffer, part);
      return;
    }
    buffer.readableTo = part.readableTo;
    buffer.add(part.chunks, part.nextOffset, part.release);
    for (const { firstOffset, lastOffset, problem } of part.damaged) {
      const error = kafkaError('VS4807', { topic: this.topic, partition: part.partition, first: firstOffset, last: lastOffset, problem });
      this.damaged.push({ error, position: `${this.topic}[${part.partition}]@${firstOffset}`, sample: '', key: null, value: null });
    }
  }

  /** The records at the position were deleted: goes on where the options say, or not at all. */
  private jump(buffer: PartitionBuffer, part: FetchedPartition): void {
    const reset = this.context.options['auto.offset.reset'];
    const { topic } = this;
    const lost = { topic, partition: part.partition, offset: buffer.fetchFrom, low: part.logStart, high: part.highWatermark };
    const error = kafkaError('VS4808', lost);
    if (reset === undefined || reset === 'none') throw error;
    this.context.host.warn(error.message);
    buffer.jumpTo(reset === 'earliest' ? Math.max(0, part.logStart) : Math.max(0, part.highWatermark));
  }

  private async findNewPartitions(): Promise<void> {
    this.lastMetadataAt = this.context.host.now();
    const [found] = await this.reconnecting(() => this.driver.topics([this.topic]));
    const known = new Set(this.buffers.map((b) => b.partition));
    const fresh = found?.partitions.filter((p) => !known.has(p)) ?? [];
    if (fresh.length === 0) return;
    const all = await startBuffers(this.driver, this.topic, this.context.options, { topic: this.topic, group: null, next: new Map() });
    this.buffers = [...this.buffers, ...all.filter((b) => fresh.includes(b.partition))];
  }

  /** Repeats what failed for the lack of a broker, for as long as the options say. */
  private async reconnecting<T>(work: () => Promise<T>): Promise<T> {
    const { options, host } = this.context;
    const since = host.now();
    for (let delayMs = RECONNECT_FIRST_MS; ; delayMs = Math.min(RECONNECT_MAX_MS, delayMs * 2)) {
      try {
        return await work();
      } catch (error) {
        const mayHelp = VeloError.is(error) && (error.code === 'VS4801' || error.code === 'VS4802');
        if (!mayHelp || this.stop.signal.aborted || host.now() - since > options['reconnect.timeout.ms']) throw error;
        await waitFor(delayMs * (0.5 + Math.random() / 2), this.stop.signal);
      }
    }
  }
}

/** Offsets behind the first `count` records, for a batch that does not take all. */
function nextAfter(picked: Picked, count: number, before: ReadonlyMap<number, number>): Map<number, number> {
  const next = new Map(before);
  for (let i = 0; i < count; i++) {
    const chunk = picked.chunks[picked.chunk[i] as number] as Picked['chunks'][number];
    next.set(picked.partitions[i] as number, (chunk.offsets[picked.row[i] as number] as number) + 1);
  }
  return next;
}
