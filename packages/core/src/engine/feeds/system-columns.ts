import type { SystemName } from '../../connect/connector.ts';
import type { Clock } from '../../runtime/ports.ts';
import { type BatchMeta, NO_META, type RecordBatch } from '../../values/record-batch.ts';
import type { Scalar } from '../../values/types.ts';
import type { ReadRows } from './array-feed.ts';

/** What an in-process row may carry beside its payload. */
interface Envelope {
  readonly _timestamp?: unknown;
  readonly _partition?: unknown;
  readonly _key?: unknown;
  readonly _topic?: unknown;
  readonly _headers?: unknown;
}

const time = (x: unknown, now: number): number => (typeof x === 'number' ? x : x instanceof Date ? x.getTime() : now);
const text = (x: unknown): string | null => (x === undefined || x === null ? null : String(x));

function headers(x: unknown): ReadonlyMap<string, string> | null {
  if (typeof x !== 'object' || x === null) return null;
  return x instanceof Map ? (x as ReadonlyMap<string, string>) : new Map(Object.entries(x).map(([k, v]) => [k, String(v)]));
}

/**
 * Adds system columns to in-process rows: properties `_timestamp`, `_partition`, `_key`, `_topic` and `_headers` where a row has
 * them; otherwise the clock, partition 0 and NULL. `_OFFSET` is the number of the row in its source.
 */
export function withSystemColumns(
  read: (rows: readonly object[], from: number, to: number) => RecordBatch,
  system: readonly SystemName[],
  clock: Clock,
): ReadRows {
  const wants = new Set(system);
  return (rows, from, to, firstOffset) => {
    const batch = read(rows, from, to);
    // A row that could not be read is left out of the batch, which then is shorter than the range.
    const kept = batch.length === to - from ? null : batch.meta.offset;
    const n = batch.length;
    const at = (i: number): Envelope => rows[from + (kept ? (kept[i] as number) : i)] as Envelope;
    const numbers = (value: (i: number) => number) => Float64Array.from({ length: n }, (_, i) => value(i));
    const list = <T>(value: (i: number) => T) => Array.from({ length: n }, (_, i) => value(i));
    const now = clock.now();
    const meta: BatchMeta = {
      ...NO_META,
      timestamp: wants.has('_TIMESTAMP') ? numbers((i) => time(at(i)._timestamp, now)) : null,
      offset: wants.has('_OFFSET') ? numbers((i) => firstOffset + (kept ? (kept[i] as number) : i)) : null,
      partition: wants.has('_PARTITION') ? numbers((i) => Number(at(i)._partition ?? 0)) : null,
      key: wants.has('_key') ? list((i) => text(at(i)._key) as Scalar) : null,
      topic: wants.has('_topic') ? list((i) => text(at(i)._topic)) : null,
      headers: wants.has('_headers') ? list((i) => headers(at(i)._headers)) : null,
    };
    return { ...batch, meta };
  };
}

/** Ready batches bring their own meta; what they lack and somebody reads is filled in: the clock, partition 0, the number of the row. */
export function fillMeta(batch: RecordBatch, system: readonly SystemName[], clock: Clock, firstOffset: number): RecordBatch {
  if (system.length === 0) return batch;
  const { meta, length } = batch;
  const wants = (name: SystemName, have: unknown): boolean => have === null && system.includes(name);
  return {
    ...batch,
    meta: {
      ...meta,
      timestamp: wants('_TIMESTAMP', meta.timestamp) ? new Float64Array(length).fill(clock.now()) : meta.timestamp,
      offset: wants('_OFFSET', meta.offset) ? Float64Array.from({ length }, (_, i) => firstOffset + i) : meta.offset,
      partition: wants('_PARTITION', meta.partition) ? new Float64Array(length) : meta.partition,
    },
  };
}
