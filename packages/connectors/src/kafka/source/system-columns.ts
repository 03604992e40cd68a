import type { SystemName } from '@velostream/core/connect';
import { NO_META, type RecordBatch } from '@velostream/core/connect/formats';
import { headersAt, keyAt, type RecordChunk } from '../records/record-chunk.ts';
import type { Picked } from './pick-records.ts';

const utf8 = new TextDecoder();
const EVENT_TIME = '_EVENT_TIME';

/** System columns of the rows; `records` tells the record of each row. Headers are looked at only where a message has some. */
export function systemColumns(
  picked: Picked,
  length: number,
  recordAt: (row: number) => number,
  topic: string,
  system: readonly SystemName[],
): RecordBatch['meta'] {
  if (system.length === 0) return NO_META;
  const wants = (name: SystemName): boolean => system.includes(name);
  const numbers = (read: (chunk: RecordChunk, row: number, record: number) => number): Float64Array => {
    const values = new Float64Array(length);
    for (let i = 0; i < length; i++) {
      const record = recordAt(i);
      values[i] = read(picked.chunks[picked.chunk[record] as number] as RecordChunk, picked.row[record] as number, record);
    }
    return values;
  };
  const list = <T>(read: (chunk: RecordChunk, row: number) => T): T[] =>
    Array.from({ length }, (_, i) => {
      const record = recordAt(i);
      return read(picked.chunks[picked.chunk[record] as number] as RecordChunk, picked.row[record] as number);
    });
  return {
    ...NO_META,
    timestamp: wants('_TIMESTAMP') ? numbers((chunk, row) => chunk.timestamps[row] as number) : null,
    eventTime: wants('_TIMESTAMP') ? eventTimes(picked, length, recordAt) : null,
    offset: wants('_OFFSET') ? numbers((chunk, row) => chunk.offsets[row] as number) : null,
    partition: wants('_PARTITION') ? numbers((_, __, record) => picked.partitions[record] as number) : null,
    key: wants('_key') ? list(keyText) : null,
    topic: wants('_topic') ? new Array<string>(length).fill(topic) : null,
    headers: wants('_headers') ? list(headerMap) : null,
  };
}

export function keyText(chunk: RecordChunk, row: number): string | null {
  const key = keyAt(chunk, row);
  return key === null ? null : utf8.decode(key);
}

const hasHeaders = (chunk: RecordChunk, row: number): boolean => chunk.bytes[chunk.headers[row] as number] !== 0;

export function headerMap(chunk: RecordChunk, row: number): ReadonlyMap<string, string> | null {
  if (!hasHeaders(chunk, row)) return null;
  return new Map(headersAt(chunk, row).map(([name, value]) => [name, value === null ? '' : utf8.decode(value)]));
}

/** Event times that messages bring in their header; null when none does. */
function eventTimes(picked: Picked, length: number, recordAt: (row: number) => number): Float64Array | null {
  let times: Float64Array | null = null;
  for (let i = 0; i < length; i++) {
    const record = recordAt(i);
    const chunk = picked.chunks[picked.chunk[record] as number] as RecordChunk;
    const row = picked.row[record] as number;
    if (!hasHeaders(chunk, row)) continue;
    const text = headerMap(chunk, row)?.get(EVENT_TIME);
    if (text === undefined || text.trim() === '' || !Number.isFinite(Number(text))) continue;
    // Rows without the header have the time of their message.
    times ??= Float64Array.from({ length }, (_, n) => {
      const other = recordAt(n);
      return (picked.chunks[picked.chunk[other] as number] as RecordChunk).timestamps[picked.row[other] as number] as number;
    });
    times[i] = Number(text);
  }
  return times;
}
