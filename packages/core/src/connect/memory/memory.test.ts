import { describe, expect, test } from 'vitest';
import { columnFromScalars } from '../../values/column-builder.ts';
import { NO_META, Op } from '../../values/record-batch.ts';
import { FLOAT, INTEGER, STRING } from '../../values/types.ts';
import { resolveOptions } from '../options/resolve-options.ts';
import { memory } from './memory.ts';

const HOST = { warn: () => {}, now: () => 5 };
const { signal } = new AbortController();
const FIELDS = [
  { name: 'id', type: INTEGER, nullable: false },
  { name: '__proto__', type: STRING, nullable: true },
];
const batchOf = (rows: readonly (readonly [number, string | null])[], ops?: readonly number[]) => ({
  keys: null,
  batch: {
    length: rows.length,
    columns: [
      columnFromScalars(
        INTEGER,
        rows.map((r) => r[0]),
      ),
      columnFromScalars(
        STRING,
        rows.map((r) => r[1]),
      ),
    ],
    meta: NO_META,
    ops: ops === undefined ? null : Uint8Array.from(ops),
    watermarks: null,
  },
});
const asPairs = (rows: readonly object[]) => rows.map((row) => Object.entries(row).map(([, v]) => v as unknown));

async function all<T>(parts: AsyncIterable<T>): Promise<T[]> {
  const list: T[] = [];
  for await (const part of parts) list.push(part);
  return list;
}

describe('memory source', () => {
  test('infers types by a full scan and reads wanted columns in order', async () => {
    const store = memory({
      t: [
        { a: 1, b: 'x' },
        { a: 2.5, b: null },
      ],
    });
    const source = store.source!(resolveOptions(store, store.fromUri!('memory:t')), HOST);
    const { fields } = await source.describe(signal);
    expect(fields.map((f) => `${f.name} ${f.type.kind}`)).toEqual(['a float', 'b string']);
    const request = {
      fields: [fields[1]!],
      system: ['_OFFSET' as const, '_TIMESTAMP' as const],
      predicates: [],
      from: 1,
      signal,
      maxBatchRows: 9,
    };
    const parts = await all(source.read(request));
    expect(parts).toHaveLength(1);
    expect(parts[0]).toMatchObject({ next: 2, batch: { length: 1, columns: [{ nulls: Uint8Array.of(1) }] } });
    expect([...(parts[0]!.batch.meta.offset ?? []), ...(parts[0]!.batch.meta.timestamp ?? [])]).toEqual([1, 5]);
  });

  test('refuses tables and positions it does not know', async () => {
    const store = memory({ t: [{ a: 1 }] });
    expect(() => store.source!(resolveOptions(store, { table: 'u' }), HOST)).toThrowError(expect.objectContaining({ code: 'VS4106' }));
    const source = store.source!(resolveOptions(store, { table: 't' }), HOST);
    const { fields } = await source.describe(signal);
    const read = all(source.read({ fields, system: [], predicates: [], from: 7, signal, maxBatchRows: 9 }));
    await expect(read).rejects.toMatchObject({ code: 'VS4107' });
  });
});

describe('memory sink', () => {
  test('shows rows at commit and a repeated epoch adds nothing', async () => {
    const store = memory();
    const sink = store.sink!(resolveOptions(store, { table: 'out' }), HOST);
    await sink.open(FIELDS, signal);
    await sink.write(
      batchOf([
        [1, 'a'],
        [2, null],
      ]),
      signal,
    );
    expect(store.rows('out')).toEqual([]);
    await sink.commit(1);
    expect(asPairs(store.rows('out'))).toEqual([
      [1, 'a'],
      [2, null],
    ]);
    await sink.write(batchOf([[1, 'a']]), signal);
    await sink.commit(1);
    expect(store.rows('out')).toHaveLength(2);
    expect(Object.keys(store.rows('out')[0]!)).toEqual(['id', '__proto__']);
  });

  test('applies a changelog', async () => {
    const store = memory();
    const sink = store.sink!(resolveOptions(store, { table: 'out' }), HOST);
    await sink.open(FIELDS, signal);
    await sink.write(
      batchOf(
        [
          [1, 'a'],
          [1, 'a'],
          [1, 'b'],
          [2, 'c'],
          [2, 'c'],
        ],
        [Op.insert, Op.updateBefore, Op.updateAfter, Op.insert, Op.delete],
      ),
      signal,
    );
    await sink.commit(1);
    expect(asPairs(store.rows('out'))).toEqual([[1, 'b']]);
  });

  test('forgets what was not committed and refuses writes after close', async () => {
    const store = memory();
    const sink = store.sink!(resolveOptions(store, { table: 'out' }), HOST);
    await sink.open(FIELDS, signal);
    await sink.write(batchOf([[1, 'a']]), signal);
    await sink.close('abort');
    await sink.close('abort');
    expect(store.rows('out')).toEqual([]);
    await expect(sink.write(batchOf([[1, 'a']]), signal)).rejects.toMatchObject({ code: 'VS4401' });
  });

  test('refuses a row more than it may keep, and keeps what was committed', async () => {
    const store = memory();
    const sink = store.sink!(resolveOptions(store, { table: 'out', max_rows: 3 }), HOST);
    await sink.open(FIELDS, signal);
    await sink.write(batchOf([[1, 'a']]), signal);
    await sink.commit(1);
    await sink.write(
      batchOf([
        [2, 'b'],
        [3, 'c'],
      ]),
      signal,
    );
    await expect(sink.write(batchOf([[4, 'd']]), signal)).rejects.toMatchObject({ code: 'VS4405', reason: 'table-full' });
    await sink.close('abort');
    expect(asPairs(store.rows('out'))).toEqual([[1, 'a']]);
  });

  test('counts rows that stay, not changes: a row may be replaced for ever', async () => {
    const store = memory();
    const sink = store.sink!(resolveOptions(store, { table: 'out', max_rows: 2 }), HOST);
    await sink.open(FIELDS, signal);
    await sink.write(
      batchOf([
        [0, 'x'],
        [1, 'y'],
      ]),
      signal,
    );
    await sink.commit(1);
    for (let i = 0; i < 20; i++) {
      await sink.write(
        batchOf(
          [
            [i, 'x'],
            [i + 1, 'x'],
          ].map(([id, name]) => [id, name] as [number, string]),
          [Op.updateBefore, Op.updateAfter],
        ),
        signal,
      );
      if (i % 7 === 3) await sink.commit(i + 2);
    }
    await sink.commit(99);
    expect(asPairs(store.rows('out'))).toEqual([
      [1, 'y'],
      [20, 'x'],
    ]);
  });

  test('a row with NaN and one with NULL are two rows', async () => {
    const store = memory();
    const sink = store.sink!(resolveOptions(store, { table: 'out' }), HOST);
    const fields = [{ name: 'v', type: FLOAT, nullable: true }];
    await sink.open(fields, signal);
    const values = [Number.NaN, null, null];
    const ops = Uint8Array.from([Op.insert, Op.insert, Op.delete]);
    const batch = { length: 3, columns: [columnFromScalars(FLOAT, values)], meta: NO_META, ops, watermarks: null };
    await sink.write({ keys: null, batch }, signal);
    await sink.commit(1);
    expect(asPairs(store.rows('out'))).toEqual([[Number.NaN]]);
  });
});
