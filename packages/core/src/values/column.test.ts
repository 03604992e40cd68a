import { describe, expect, test } from 'vitest';
import { concatBatches, sliceBatch, takeBatch } from './batch-gather.ts';
import type { Column } from './column.ts';
import { columnBuilder, columnFromScalars } from './column-builder.ts';
import { concatColumns } from './column-concat.ts';
import { constantColumn, sliceColumn, takeColumn, takeColumnPadded } from './column-gather.ts';
import { isNullAt, scalarAt } from './column-read.ts';
import { createDictionary } from './dictionary.ts';
import { NO_META, Op, type RecordBatch } from './record-batch.ts';
import { arrayOf, BOOLEAN, decimal, FLOAT, INTEGER, type Scalar, type SqlType, STRING } from './types.ts';

const BIG = 9007199254740993n;
const HUGE = 10n ** 30n;
const read = (column: Column, length: number): Scalar[] => Array.from({ length }, (_, i) => scalarAt(column, i));

const CASES: readonly { readonly type: SqlType; readonly values: readonly Scalar[]; readonly lane: string }[] = [
  { type: FLOAT, values: [1.5, null, -0.25, Number.NaN], lane: 'f64' },
  { type: INTEGER, values: [1, null, 3], lane: 'f64' },
  { type: INTEGER, values: [1, null, BIG, 4, null, -BIG], lane: 'i64' },
  { type: decimal(38, 2), values: [100, HUGE, null, BIG], lane: 'boxed' },
  { type: BOOLEAN, values: [true, false, null], lane: 'bool' },
  { type: STRING, values: ['a', 'b', null, 'a', ''], lane: 'dict' },
  { type: arrayOf(INTEGER), values: [[1], null, []], lane: 'boxed' },
];

describe('column builders', () => {
  for (const { type, values, lane } of CASES) {
    test(`${type.kind} lands in lane ${lane} and reads back`, () => {
      const column = columnFromScalars(type, values, { capacity: 1 });
      expect(column.lane).toBe(lane);
      expect(read(column, values.length)).toEqual(values);
      expect(values.map((_, i) => isNullAt(column, i))).toEqual(values.map((v) => v === null));
    });
  }

  test('strings can skip the dictionary', () => {
    const column = columnFromScalars(STRING, ['x', null, 'y'], { strings: 'str', capacity: 1 });
    expect(column.lane).toBe('str');
    expect(read(column, 3)).toEqual(['x', null, 'y']);
  });

  test('finish starts an empty column and keeps the dictionary', () => {
    const builder = columnBuilder(STRING);
    builder.append('a');
    const first = builder.finish();
    expect(builder.length).toBe(0);
    builder.append('b');
    builder.append('a');
    const second = builder.finish();
    expect(read(second, 2)).toEqual(['b', 'a']);
    expect(first.lane === 'dict' && second.lane === 'dict' && first.dictionary === second.dictionary).toBe(true);
    const numbers = columnBuilder(INTEGER);
    numbers.append(BIG);
    numbers.finish();
    numbers.append(7);
    expect(numbers.finish().lane).toBe('f64');
  });

  test('strings that hardly repeat leave the dictionary after a while', () => {
    const builder = columnBuilder(STRING);
    for (let i = 0; i < 40_000; i++) builder.append(`id-${i}`);
    expect(builder.finish().lane).toBe('dict');
    builder.append('next');
    builder.append(null);
    const column = builder.finish();
    expect(column.lane).toBe('str');
    expect(read(column, 2)).toEqual(['next', null]);
  });

  test('a column without nulls has no mask', () => {
    expect(columnFromScalars(INTEGER, [1, 2]).nulls).toBeNull();
  });

  test('a value of another type breaks a promise', () => {
    expect(() => columnFromScalars(BOOLEAN, ['x'])).toThrow('internal');
    expect(() => columnFromScalars(STRING, [1])).toThrow('internal');
    expect(() => columnFromScalars(INTEGER, ['1'])).toThrow('internal');
    expect(() => columnFromScalars(FLOAT, ['1'])).toThrow('internal');
  });
});

describe('gather, slice and concatenate', () => {
  for (const { type, values, lane } of CASES) {
    test(`lane ${lane} of ${type.kind}`, () => {
      const column = columnFromScalars(type, values);
      const order = Int32Array.from(values, (_, i) => values.length - 1 - i);
      expect(read(takeColumn(column, order, values.length), values.length)).toEqual([...values].reverse());
      expect(read(sliceColumn(column, 1, 3), 2)).toEqual(values.slice(1, 3));
      const padded = takeColumnPadded(column, Int32Array.of(-1, 0, -1, 1), 4);
      expect(read(padded, 4)).toEqual([null, values[0], null, values[1]]);
      expect(read(takeColumnPadded(sliceColumn(column, 0, 0), Int32Array.of(-1, -1), 2), 2)).toEqual([null, null]);
      const both = concatColumns([
        { column, length: values.length },
        { column: sliceColumn(column, 0, 1), length: 1 },
      ]);
      expect(both.lane).toBe(lane);
      expect(read(both, values.length + 1)).toEqual([...values, values[0]]);
    });
  }

  test('different lanes meet in one that holds both', () => {
    const part = (type: SqlType, values: Scalar[], strings: 'dict' | 'str' = 'dict') => ({
      column: columnFromScalars(type, values, { strings }),
      length: values.length,
    });
    const wide = concatColumns([part(INTEGER, [1, null]), part(INTEGER, [BIG])]);
    expect([wide.lane, ...read(wide, 3)]).toEqual(['i64', 1, null, BIG]);
    const texts = concatColumns([part(STRING, ['a', null]), part(STRING, ['b'], 'str')]);
    expect([texts.lane, ...read(texts, 3)]).toEqual(['str', 'a', null, 'b']);
    const other = concatColumns([part(STRING, ['a']), part(STRING, ['b'])]);
    expect([other.lane, ...read(other, 2)]).toEqual(['str', 'a', 'b']);
    const boxed = concatColumns([part(INTEGER, [1]), part(decimal(38, 0), [HUGE])]);
    expect([boxed.lane, ...read(boxed, 2)]).toEqual(['boxed', 1, HUGE]);
  });

  test('a constant column repeats its value', () => {
    expect(read(constantColumn(STRING, 'x', 3), 3)).toEqual(['x', 'x', 'x']);
    expect(read(constantColumn(INTEGER, null, 2), 2)).toEqual([null, null]);
  });
});

describe('batches', () => {
  const batch: RecordBatch = {
    length: 3,
    columns: [columnFromScalars(INTEGER, [1, 2, 3]), columnFromScalars(STRING, ['a', null, 'c'])],
    meta: { ...NO_META, eventTime: Float64Array.of(10, 20, 30), key: ['k', undefined, null], topic: ['t', null, 't'] },
    ops: Uint8Array.of(Op.insert, Op.updateBefore, Op.updateAfter),
    watermarks: null,
  };
  const bare: RecordBatch = {
    length: 1,
    columns: [columnFromScalars(INTEGER, [9]), columnFromScalars(STRING, ['z'])],
    meta: NO_META,
    ops: null,
    watermarks: Float64Array.of(5),
  };

  test('rows take along all that travels beside them', () => {
    const taken = takeBatch(batch, Int32Array.of(2, 0), 2);
    expect(taken.columns.map((c) => read(c, 2))).toEqual([
      [3, 1],
      ['c', 'a'],
    ]);
    expect([...taken.meta.eventTime!]).toEqual([30, 10]);
    expect(taken.meta.key).toEqual([null, 'k']);
    expect([...taken.ops!]).toEqual([Op.updateAfter, Op.insert]);
    expect(taken.meta.offset).toBeNull();
    expect(takeBatch(bare, Int32Array.of(0), 1).meta).toBe(NO_META);
  });

  test('a slice shares the rest', () => {
    const slice = sliceBatch(batch, 1, 3);
    expect(slice.columns.map((c) => read(c, 2))).toEqual([
      [2, 3],
      [null, 'c'],
    ]);
    expect([...slice.meta.eventTime!]).toEqual([20, 30]);
    expect(slice.meta.topic).toEqual([null, 't']);
    expect(slice.meta.headers).toBeNull();
    expect(sliceBatch(batch, 0, 3)).toBe(batch);
  });

  test('concatenation fills what one side lacks', () => {
    const all = concatBatches([batch, bare]);
    expect(all.columns.map((c) => read(c, 4))).toEqual([
      [1, 2, 3, 9],
      ['a', null, 'c', 'z'],
    ]);
    expect([...all.meta.eventTime!]).toEqual([10, 20, 30, Number.NaN]);
    expect(all.meta.key).toEqual(['k', undefined, null, undefined]);
    expect([...all.ops!]).toEqual([0, 1, 2, 0]);
    expect([...all.watermarks!]).toEqual([-Infinity, -Infinity, -Infinity, 5]);
    expect(concatBatches([bare])).toBe(bare);
  });
});

test('a dictionary gives each string one code for good', () => {
  const dictionary = createDictionary(['a', 'b', 'a']);
  expect([dictionary.size, dictionary.add('b'), dictionary.add('__proto__'), dictionary.find('x')]).toEqual([2, 1, 2, -1]);
  expect(dictionary.at(2)).toBe('__proto__');
});
