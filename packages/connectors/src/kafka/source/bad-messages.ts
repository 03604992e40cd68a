import type { BadRecord } from '@velostream/core/connect';
import { keyAt, type RecordChunk, valueAt } from '../records/record-chunk.ts';
import type { BadValue } from '../values/value-format.ts';
import type { Picked } from './pick-records.ts';

/** A bad record with the bytes that a dead-letter queue keeps. */
export interface BadMessage extends BadRecord {
  readonly key: Uint8Array | null;
  readonly value: Uint8Array | null;
}

export function badMessages(bad: readonly BadValue[], picked: Picked, topic: string): BadMessage[] {
  return bad.map(({ record, error, sample }) => {
    const chunk = picked.chunks[picked.chunk[record] as number] as RecordChunk;
    const row = picked.row[record] as number;
    const position = `${topic}[${picked.partitions[record]}]@${chunk.offsets[row]}`;
    // Letters may be written when the memory of their records holds others.
    return { error, position, sample, key: keyAt(chunk, row)?.slice() ?? null, value: valueAt(chunk, row)?.slice() ?? null };
  });
}
