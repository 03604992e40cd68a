import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import type { Column } from '../../values/column.ts';
import { scalarAt } from '../../values/column-read.ts';
import { createDictionary } from '../../values/dictionary.ts';
import { type BatchMeta, NO_META, type RecordBatch } from '../../values/record-batch.ts';
import { ANY, BOOLEAN, FLOAT, INTEGER, type Scalar, STRING } from '../../values/types.ts';
import { createStateReader } from '../state/state-reader.ts';
import { createStateWriter } from '../state/state-writer.ts';
import { readRows, writeRows } from './batch-codec.ts';
import { field } from './operator.fixture.ts';
import { StoredColumn } from './stored-column.ts';
import { StoredRows } from './stored-rows.ts';

const upTo = (n: number): Int32Array => Int32Array.from({ length: n }, (_, i) => i);
const maskOf = (values: readonly Scalar[]): Uint8Array | null =>
  values.includes(null) ? Uint8Array.from(values, (v) => (v === null ? 1 : 0)) : null;
const shared = createDictionary(['unused', 'a']);

/** Columns of one lane over values that fit it. */
const lanes: Record<string, (values: readonly Scalar[]) => Column> = {
  f64: (v) => ({ lane: 'f64', values: Float64Array.from(v, (x) => Number(x ?? Number.NaN)), nulls: maskOf(v) }),
  i64: (v) => ({ lane: 'i64', values: BigInt64Array.from(v, (x) => BigInt((x as number) ?? 7)), nulls: maskOf(v) }),
  boxed: (v) => ({ lane: 'boxed', values: [...v], nulls: maskOf(v) }),
  bool: (v) => ({ lane: 'bool', values: Uint8Array.from(v, (x) => (x === true ? 1 : 0)), nulls: maskOf(v) }),
  str: (v) => ({ lane: 'str', values: v.map((x) => (x as string | null) ?? ''), nulls: maskOf(v) }),
  dict: (v) => ({
    lane: 'dict',
    values: Int32Array.from(v, (x) => (x === null ? 99 : shared.add(x as string))),
    nulls: maskOf(v),
    dictionary: shared,
  }),
  'another dict': (v) => {
    const dictionary = createDictionary(['z', 'y']);
    return {
      lane: 'dict',
      values: Int32Array.from(v, (x) => (x === null ? 99 : dictionary.add(x as string))),
      nulls: maskOf(v),
      dictionary,
    };
  },
};
const numbers = fc.array(fc.option(fc.integer(), { nil: null }), { minLength: 1, maxLength: 6 });
const texts = fc.array(fc.option(fc.constantFrom('a', 'b', 'é', ''), { nil: null }), { minLength: 1, maxLength: 6 });
const flags = fc.array(fc.option(fc.boolean(), { nil: null }), { minLength: 1, maxLength: 6 });
const part = (values: fc.Arbitrary<Scalar[]>, ...names: string[]) => fc.tuple(fc.constantFrom(...names), values);
const histories = fc.oneof(
  fc.record({ type: fc.constant(INTEGER), parts: fc.array(part(numbers, 'f64', 'i64', 'boxed')) }),
  fc.record({ type: fc.constant(STRING), parts: fc.array(part(texts, 'str', 'dict', 'another dict', 'boxed')) }),
  fc.record({ type: fc.constant(BOOLEAN), parts: fc.array(part(flags, 'bool', 'boxed')) }),
  fc.record({
    type: fc.constant(ANY),
    parts: fc.array(fc.oneof(part(numbers, 'f64', 'boxed'), part(texts, 'str', 'dict'), part(flags, 'bool'))),
  }),
);

describe('stored column', () => {
  test('gives back what was copied in, from lane to lane and dictionary to dictionary', () => {
    fc.assert(
      fc.property(histories, fc.nat(5), ({ type, parts }, moveAfter) => {
        const stored = new StoredColumn(type, 64);
        const kept: Scalar[] = [];
        parts.forEach(([lane, values], i) => {
          const column = lanes[lane]!(values);
          const slots = Int32Array.from(values, (_, j) => kept.length + j);
          stored.copy(column, upTo(values.length), values.length, slots);
          kept.push(...values);
          if (i !== moveAfter) return;
          const [from, to] = [upTo(kept.length), Int32Array.from(kept, (_, j) => kept.length - 1 - j)];
          stored.relocate(64, from, to, kept.length);
          kept.reverse();
        });
        expect(kept.map((_, slot) => (kept.length > 0 ? scalarAt(stored.view, slot) : null))).toEqual(kept);
      }),
      { numRuns: 500 },
    );
  });

  test('a private dictionary is written anew once its strings are gone', () => {
    const stored = new StoredColumn(STRING, 16);
    stored.copy(lanes['dict']!(['a']), upTo(1), 1, upTo(1));
    for (let i = 0; i < 500; i++) {
      const values = Array.from({ length: 10 }, (_, j) => `${i}-${j}`);
      const dictionary = createDictionary(values);
      stored.copy({ lane: 'dict', values: upTo(10), nulls: null, dictionary }, upTo(10), 10, upTo(10));
    }
    stored.relocate(16, upTo(10), upTo(10), 10);
    expect(stored.view.lane === 'dict' && stored.view.dictionary.size).toBe(10);
    expect(scalarAt(stored.view, 9)).toBe('499-9');
  });

  test('forgotten strings and objects are let go; a cleared column starts afresh', () => {
    const stored = new StoredColumn(ANY, 4);
    stored.copy(lanes['boxed']!([new Map([['a', 1]])]), upTo(1), 1, upTo(1));
    stored.forget(0);
    expect(scalarAt(stored.view, 0)).toBeNull();
    stored.clear(4);
    stored.copy(lanes['str']!(['x']), upTo(1), 1, upTo(1));
    stored.forget(0);
    expect(scalarAt(stored.view, 0)).toBe('');
  });
});

const FIELDS = [field('n', FLOAT), field('s', STRING)];
const META: BatchMeta = {
  eventTime: Float64Array.of(1, 2),
  timestamp: Float64Array.of(3, 4),
  offset: Float64Array.of(5, 6),
  partition: Float64Array.of(0, 1),
  key: ['k', undefined],
  topic: ['t', null],
  headers: [new Map([['h', 'x']]), null],
};
const batch = (meta: BatchMeta): RecordBatch => ({
  length: 2,
  columns: [lanes['f64']!([1, null]), lanes['dict']!(['a', 'b'])],
  meta,
  ops: null,
  watermarks: null,
});

describe('stored rows', () => {
  test('keep what travels beside the rows, also when only later rows have it', () => {
    const rows = new StoredRows(FIELDS, 4);
    rows.copy(batch(NO_META), upTo(2), 2, upTo(2));
    rows.copy(batch(META), upTo(2), 2, Int32Array.of(2, 3));
    rows.ensure(5);
    rows.copy(batch(NO_META), upTo(1), 1, Int32Array.of(2));
    const { meta } = rows.take(Int32Array.of(0, 3, 2), 3);
    expect([...(meta.eventTime ?? [])]).toEqual([Number.NaN, 2, Number.NaN]);
    expect(meta.key).toEqual([undefined, undefined, undefined]);
    expect(meta.topic).toEqual([null, null, null]);
    rows.copy(batch(META), upTo(1), 1, Int32Array.of(4));
    expect(rows.take(Int32Array.of(4), 1).meta).toMatchObject({ key: ['k'], topic: ['t'], headers: [new Map([['h', 'x']])] });
    rows.forget(4);
    expect(rows.take(Int32Array.of(4), 1).meta).toMatchObject({ key: [undefined], headers: [null] });
  });

  test('come back from a checkpoint as they were, in every lane', () => {
    const columns = [
      lanes['f64']!([Number.NaN, null]),
      lanes['i64']!([2 ** 40, null]),
      lanes['bool']!([true, null]),
      lanes['dict']!(['b', null]),
      lanes['str']!(['é', null]),
      lanes['boxed']!([[1, 'x'], null]),
    ];
    for (const meta of [META, NO_META]) {
      const writer = createStateWriter();
      writeRows(writer, { ...batch(meta), columns }, Int32Array.of(1, 0), 2);
      const read = readRows(createStateReader(writer.finish()));
      expect(read.columns.map((c) => [scalarAt(c, 0), scalarAt(c, 1)])).toEqual(columns.map((c) => [scalarAt(c, 1), scalarAt(c, 0)]));
      expect(read.columns.map((c) => c.lane)).toEqual(columns.map((c) => c.lane));
      expect(read.meta.key).toEqual(meta.key === null ? null : [undefined, 'k']);
      expect(read.meta.headers).toEqual(meta.headers === null ? null : [null, new Map([['h', 'x']])]);
      expect(read.meta.eventTime && [...read.meta.eventTime]).toEqual(meta.eventTime && [2, 1]);
    }
  });
});
