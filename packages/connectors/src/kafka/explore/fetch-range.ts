import type { KafkaDriver } from '../driver/kafka-driver.ts';
import type { KafkaOptions } from '../kafka-options.ts';
import type { RecordChunk } from '../records/record-chunk.ts';
import { fetchSettings } from '../source/sample-values.ts';
import type { Reading } from './stop-reading.ts';

/** One record where it stands. */
export interface FoundRecord {
  readonly partition: number;
  readonly chunk: RecordChunk;
  readonly row: number;
  readonly offset: number;
  readonly timestamp: number;
}

export interface FetchedRange {
  readonly records: readonly FoundRecord[];
  /** Where reading went to. */
  readonly to: number;
  /** Record batches that could not be unpacked. */
  readonly problems: readonly string[];
}

/** A fetch that gives nothing this often has no more to give. */
const EMPTY_MAX = 20;

/** Records of `[from, to)` of one partition, as far as the reading's limits go. */
export async function fetchRange(
  driver: KafkaDriver,
  options: KafkaOptions,
  range: { readonly topic: string; readonly partition: number; readonly from: number; readonly to: number; readonly maxBytes?: number },
  reading: Reading,
): Promise<FetchedRange> {
  const { topic, partition, to } = range;
  const records: FoundRecord[] = [];
  const problems: string[] = [];
  let at = range.from;
  for (let empty = 0; at < to && empty < EMPTY_MAX && reading.stoppedBy === undefined; ) {
    const settings = { ...fetchSettings(options), ...(range.maxBytes === undefined ? {} : { maxPartitionBytes: range.maxBytes }) };
    const [part] = await driver.fetch({
      ...settings,
      positions: [{ topic, partition, offset: at }],
      maxWaitMs: 100,
      signal: reading.signal,
    });
    const before = at;
    if (part?.isOutOfRange) at = part.logStart > at ? part.logStart : to;
    else if (part) {
      problems.push(...part.damaged.map((d) => `offsets ${d.firstOffset} to ${d.lastOffset} of partition ${partition}: ${d.problem}`));
      for (const chunk of part.chunks) take(chunk, partition, to, records, reading);
      at = Math.max(at, part.nextOffset);
    }
    empty = at === before ? empty + 1 : 0;
  }
  return { records, to: Math.min(at, to), problems };
}

function take(chunk: RecordChunk, partition: number, to: number, records: FoundRecord[], reading: Reading): void {
  for (let row = 0; row < chunk.length; row++) {
    const offset = chunk.offsets[row] as number;
    if (offset >= to) return;
    const start = chunk.values[row * 2] as number;
    reading.scanned++;
    reading.bytes += start < 0 ? 0 : (chunk.values[row * 2 + 1] as number) - start;
    records.push({ partition, chunk, row, offset, timestamp: chunk.timestamps[row] as number });
  }
}
