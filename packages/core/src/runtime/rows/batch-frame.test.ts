import { describe, expect, test } from 'vitest';
import { columnFromScalars } from '../../values/column-builder.ts';
import { scalarAt } from '../../values/column-read.ts';
import { NO_META, type RecordBatch } from '../../values/record-batch.ts';
import { batchFrame, batchOfFrame } from './batch-frame.ts';

const batch: RecordBatch = {
  length: 3,
  columns: [
    columnFromScalars({ kind: 'string' }, ['a', null, 'a']),
    columnFromScalars({ kind: 'integer' }, [1, 9_007_199_254_740_993n, null]),
    columnFromScalars({ kind: 'boolean' }, [true, false, null]),
  ],
  meta: { ...NO_META, eventTime: Float64Array.of(1, 2, Number.NaN) },
  ops: Uint8Array.of(0, 1, 2),
  watermarks: Float64Array.of(5, 5, 6),
};

describe('a batch as bytes', () => {
  test('comes back with values, times, operations and watermarks', () => {
    const back = batchOfFrame(batchFrame(batch));
    const read = (b: RecordBatch) => b.columns.map((c) => [0, 1, 2].map((i) => scalarAt(c, i)));
    expect(read(back)).toEqual(read(batch));
    expect([back.length, back.ops, back.watermarks, back.meta.eventTime]).toEqual([3, batch.ops, batch.watermarks, batch.meta.eventTime]);
  });
  test('that is cut off anywhere is refused', () => {
    const bytes = batchFrame(batch);
    for (let end = 0; end < bytes.length; end++) expect(() => batchOfFrame(bytes.slice(0, end))).toThrow();
  });
});
