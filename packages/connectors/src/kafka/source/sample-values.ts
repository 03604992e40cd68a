import { kafkaError } from '@velostream/core/connect';
import type { KafkaDriver } from '../driver/kafka-driver.ts';
import type { KafkaOptions } from '../kafka-options.ts';
import { type DamagedBatch, type RecordChunk, valueAt } from '../records/record-chunk.ts';
import { partitionsOf } from './start-offsets.ts';

export interface SampledValues {
  readonly chunks: readonly RecordChunk[];
  readonly values: readonly Uint8Array[];
  readonly scannedRows: number;
  readonly scannedBytes: number;
  readonly complete: boolean;
  readonly partitions: readonly number[];
  /** Messages that the partitions hold, by their offsets. */
  readonly available: number;
  readonly hasKeys: boolean;
}

const ROUNDS_MAX = 200;
const WAIT_MS = 100;

/** The latest values of each partition, `wanted` of them in all. */
export async function sampleValues(
  driver: KafkaDriver,
  topic: string,
  options: KafkaOptions,
  wanted: number,
  signal: AbortSignal,
): Promise<SampledValues> {
  const partitions = await partitionsOf(driver, topic, options);
  const readCommitted = options['isolation.level'] === 'read_committed';
  const lows = await knownOffsets(driver, topic, 'earliest', partitions, false);
  const highs = await knownOffsets(driver, topic, 'latest', partitions, readCommitted);
  const share = Math.max(1, Math.ceil(wanted / Math.max(1, partitions.length)));
  const values: Uint8Array[] = [];
  const chunks: RecordChunk[] = [];
  const damaged: DamagedBatch[] = [];
  let scannedRows = 0;
  let scannedBytes = 0;
  let available = 0;
  let hasKeys = false;
  let isComplete = true;
  for (const partition of partitions) {
    const low = lows.get(partition) as number; // knownOffsets has one of each
    const high = highs.get(partition) as number; // as above
    available += Math.max(0, high - low);
    let at = Math.max(low, high - share);
    if (at > low) isComplete = false;
    for (let round = 0; at < high && round < ROUNDS_MAX && !signal.aborted; round++) {
      const [fetched] = await driver.fetch({
        ...fetchSettings(options),
        positions: [{ topic, partition, offset: at }],
        maxWaitMs: WAIT_MS,
        signal,
      });
      if (!fetched) continue;
      if (fetched.isOutOfRange) at = fetched.logStart;
      else at = Math.max(at, fetched.nextOffset);
      damaged.push(...fetched.damaged);
      for (const chunk of fetched.chunks) {
        chunks.push(chunk);
        for (let row = 0; row < chunk.length; row++) {
          const value = valueAt(chunk, row);
          scannedRows++;
          if ((chunk.keys[row * 2] as number) >= 0) hasKeys = true;
          if (value === null || value.length > options.max_record_bytes) continue;
          scannedBytes += value.length;
          values.push(value);
        }
      }
    }
    // Types made of nothing would look like a topic without columns.
    if (at < high && !signal.aborted) throw kafkaError('VS4802', { call: 'sample', timeoutMs: ROUNDS_MAX * WAIT_MS });
  }
  const [first] = damaged;
  if (first && scannedRows === 0)
    throw kafkaError('VS4803', {
      call: 'sample',
      error: `no record of "${topic}" can be unpacked; at ${first.firstOffset}: ${first.problem}`,
    });
  return { values, chunks, scannedRows, scannedBytes, complete: isComplete, partitions, available, hasKeys };
}

/** The offset of each partition; a partition without one would look as if it were empty. */
async function knownOffsets(
  driver: KafkaDriver,
  topic: string,
  at: 'earliest' | 'latest',
  partitions: readonly number[],
  readCommitted: boolean,
): Promise<ReadonlyMap<number, number>> {
  const found = new Map((await driver.offsets(topic, at, { readCommitted })).map((o) => [o.partition, o.offset]));
  const without = partitions.find((partition) => !((found.get(partition) ?? -1) >= 0));
  if (without !== undefined || partitions.length === 0)
    throw kafkaError('VS4803', { call: 'ListOffsets', error: `it told no ${at} offset of "${topic}[${without ?? ''}]"` });
  return found;
}

/** What every fetch takes over from the options. */
export const fetchSettings = (options: KafkaOptions) => ({
  maxBytes: options['fetch.max.bytes'],
  maxPartitionBytes: options['max.partition.fetch.bytes'],
  readCommitted: options['isolation.level'] === 'read_committed',
  limits: { maxBytes: options.max_output_bytes, maxRatio: 200 },
  checkCrc: options['check.crcs'],
});
