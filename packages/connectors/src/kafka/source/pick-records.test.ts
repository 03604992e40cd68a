import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import type { RecordChunk } from '../records/record-chunk.ts';
import { PartitionBuffer, pickRecords } from './pick-records.ts';

function chunk(first: number, times: readonly number[]): RecordChunk {
  const none = new Int32Array(times.length * 2);
  const offsets = Float64Array.from(times, (_, i) => first + i);
  return {
    bytes: new Uint8Array(0),
    length: times.length,
    offsets,
    timestamps: Float64Array.from(times),
    keys: none,
    values: none,
    headers: none,
  };
}

function buffer(partition: number, times: readonly number[], readableTo = times.length): PartitionBuffer {
  const made = new PartitionBuffer(partition, 0, Number.POSITIVE_INFINITY);
  made.readableTo = readableTo;
  if (times.length > 0) made.add([chunk(0, times)], times.length);
  return made;
}

const shown = (buffers: readonly PartitionBuffer[], rowsMax = 100) => {
  const picked = pickRecords(buffers, rowsMax);
  return picked && Array.from({ length: picked.length }, (_, i) => picked.chunks[picked.chunk[i]!]!.timestamps[picked.row[i]!]);
};

describe('merging partitions', () => {
  test('gives records in the order of their time, each partition in its own', () => {
    expect(shown([buffer(0, [1, 4, 5]), buffer(1, [2, 3, 9])])).toEqual([1, 2, 3, 4, 5, 9]);
    expect(shown([buffer(0, [5, 1]), buffer(1, [2])])).toEqual([2, 5, 1]);
  });

  test('waits for a partition that lies behind and does not for one that is at its end', () => {
    expect(shown([buffer(0, [1, 2]), buffer(1, [], 10)])).toBeNull();
    expect(shown([buffer(0, [1, 2]), buffer(1, [], 0)])).toEqual([1, 2]);
  });

  test('does not wait for a partition that a bounded source need not read', () => {
    expect(shown([buffer(0, [1, 2]), new PartitionBuffer(1, 0, 0)])).toEqual([1, 2]);
  });

  test('stops where a partition that has more to come ran out', () => {
    const behind = buffer(1, [3], 10);
    expect(shown([buffer(0, [1, 2, 4, 5]), behind])).toEqual([1, 2, 3]);
  });

  test('never lets the time of merged rows run ahead of a slow partition', () => {
    const times = fc.array(fc.integer({ min: 0, max: 50 }), { maxLength: 20 }).map((list) => list.sort((a, b) => a - b));
    fc.assert(
      fc.property(fc.array(times, { minLength: 1, maxLength: 4 }), fc.integer({ min: 1, max: 7 }), (partitions, rowsMax) => {
        const buffers = partitions.map((list, p) => buffer(p, list));
        const all: number[] = [];
        for (let part = shown(buffers, rowsMax); part; part = shown(buffers, rowsMax)) all.push(...(part as number[]));
        expect(all).toEqual(partitions.flat().sort((a, b) => a - b));
        expect(buffers.map((b) => b.next)).toEqual(partitions.map((list) => list.length));
      }),
      { numRuns: 300, seed: 5 },
    );
  });

  test('moves the position behind markers only once the records before them were taken', () => {
    const one = new PartitionBuffer(0, 0, Number.POSITIVE_INFINITY);
    one.readableTo = 10;
    one.add([chunk(0, [1, 2])], 10);
    pickRecords([one], 1);
    expect(one.next).toBe(1);
    pickRecords([one], 1);
    expect(one.next).toBe(10);
  });

  test('leaves what lies behind the end of a bounded source to the next reader', () => {
    const bounded = new PartitionBuffer(0, 0, 2);
    bounded.readableTo = 4;
    bounded.add([chunk(0, [1, 2, 3, 4])], 4);
    expect(shown([bounded])).toEqual([1, 2]);
    expect([bounded.next, bounded.isDone]).toEqual([2, true]);
  });

  test('says of an answer that nothing looks at it when its last record was taken and the reader is through', () => {
    const told: string[] = [];
    const made = new PartitionBuffer(0, 0, Number.POSITIVE_INFINITY);
    made.readableTo = 4;
    made.add([chunk(0, [1]), chunk(1, [2, 3])], 3, () => told.push('first'));
    made.add([], 3, () => told.push('empty'));
    made.add([chunk(3, [4])], 4, () => told.push('second'));
    shown([made], 2);
    made.release();
    expect(told).toEqual(['empty']);
    shown([made], 1);
    expect(told).toEqual(['empty']);
    made.release();
    made.release();
    expect(told).toEqual(['empty', 'first']);
  });
});
