import type { PushedPredicate } from '@velostream/core/connect';
import { columnFromScalars, NO_META, type Scalar, scalarAt } from '@velostream/core/connect/formats';
import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { fieldsOf } from '../decode/decode-all.fixture.ts';
import { bytesAccess, type OpenedFile, type RandomAccess } from '../random-access.ts';
import { parquet } from './index.ts';
import { ThriftReader } from './thrift.ts';

const FIELDS = fieldsOf(
  'id INTEGER, name STRING, price DECIMAL(12, 2), huge DECIMAL(38, 4), ratio FLOAT, at TIMESTAMP, ok BOOLEAN, note STRING',
);
const { signal } = new AbortController();

async function write(rows: readonly (readonly Scalar[])[], fields = FIELDS, options: Record<string, unknown> = {}): Promise<Uint8Array> {
  const read = parquet().options.safeParse(options);
  if (!read.success) throw new Error(read.error.issues[0]?.message);
  const encoder = await parquet().encoder!(fields, read.data);
  const columns = fields.map(({ type }, c) =>
    columnFromScalars(
      type,
      rows.map((row) => row[c] as Scalar),
    ),
  );
  return Buffer.concat([
    encoder.start(),
    encoder.encode({ length: rows.length, columns, meta: NO_META, ops: null, watermarks: null }),
    encoder.finish(),
  ]);
}

const open = (file: RandomAccess): Promise<OpenedFile> => parquet().open(file, {} as never, signal);

async function rowsOf(file: OpenedFile, more: { predicates?: PushedPredicate[]; names?: string[] } = {}): Promise<Scalar[][]> {
  const fields = more.names === undefined ? file.fields : more.names.map((name) => file.fields.find((field) => field.name === name)!);
  const rows: Scalar[][] = [];
  for await (const { batch } of file.read({ fields, predicates: more.predicates ?? [], maxBatchRows: 37, fromRecord: 0, signal }))
    for (let i = 0; i < batch.length; i++) rows.push(batch.columns.map((column) => scalarAt(column, i)));
  return rows;
}

/** A file that counts the bytes that are read of it. */
function counted(bytes: Uint8Array): RandomAccess & { readonly read: RandomAccess['read']; bytesRead: number } {
  const file = bytesAccess(bytes);
  return {
    ...file,
    bytesRead: 0,
    read(start, end, signal) {
      this.bytesRead += end - start;
      return file.read(start, end, signal);
    },
  };
}

const row = (i: number): Scalar[] => [
  i,
  i % 5 === 2 ? null : `n${i % 3}`,
  i * 101 - 5000,
  12345678901234567890n * BigInt(i + 1),
  i / 7,
  1_700_000_000_000 + i + 0.25,
  i % 4 === 0 ? null : i % 2 === 0,
  `note ${i} ${'x'.repeat(40)} ${(i * 7919) % 10007}`,
];
const ROWS = Array.from({ length: 1000 }, (_, i) => row(i));

describe('Parquet', () => {
  test('gives back what was written, for any values', async () => {
    const value = fc.tuple(
      fc.option(fc.bigInt({ min: -(2n ** 63n), max: 2n ** 63n - 1n }).map((v) => (Number.isSafeInteger(Number(v)) ? Number(v) : v))),
      fc.option(fc.string({ unit: 'grapheme' })),
      fc.option(fc.integer({ min: -99999999, max: 99999999 })),
      fc.option(fc.bigInt({ min: -(10n ** 38n) + 1n, max: 10n ** 38n - 1n }).map((v) => (Number.isSafeInteger(Number(v)) ? Number(v) : v))),
      fc.option(fc.double()),
      fc.option(fc.integer({ min: -8_000_000_000_000, max: 8_000_000_000_000 })),
      fc.option(fc.boolean()),
      fc.constantFrom('a', 'b', null),
    );
    await fc.assert(
      fc.asyncProperty(fc.array(value, { minLength: 1, maxLength: 60 }), fc.constantFrom(1, 7, 100), async (rows, group) => {
        const file = await open(bytesAccess(await write(rows, FIELDS, { 'parquet.row_group_rows': group })));
        expect(file.rows).toBe(rows.length);
        expect(await rowsOf(file)).toEqual(rows.map((values) => [...values]));
      }),
      { seed: 31, numRuns: 40 },
    );
  });

  test('reads the pages of wanted columns alone', async () => {
    const bytes = await write(ROWS);
    const all = counted(bytes);
    await rowsOf(await open(all));
    const one = counted(bytes);
    const opened = await open(one);
    const footer = one.bytesRead;
    expect(await rowsOf(opened, { names: ['id'] })).toEqual(ROWS.map(([id]) => [id]));
    expect(one.bytesRead - footer).toBeLessThan((all.bytesRead - footer) / 4);
  });

  test.each([
    ['=', [250], 1],
    ['in', [5, 950], 2],
    ['<', [100], 1],
    ['>=', [850], 2],
    ['>', [5000], 0],
    ['is-null', [], 0],
  ] as const)('leaves out row groups that cannot have id %s %s', async (op, values, groups) => {
    const file = await open(bytesAccess(await write(ROWS, FIELDS, { 'parquet.row_group_rows': 100 })));
    const rows = await rowsOf(file, { predicates: [{ column: 'id', op, values }], names: ['id'] });
    expect(rows).toHaveLength(groups * 100);
  });

  test('compares decimals, text and times exactly, and leaves nothing out by mistake', async () => {
    const file = await open(bytesAccess(await write(ROWS, FIELDS, { 'parquet.row_group_rows': 100 })));
    const count = async (column: string, op: PushedPredicate['op'], values: PushedPredicate['values']) =>
      (await rowsOf(file, { predicates: [{ column, op, values }], names: ['id'] })).length;
    expect(await count('price', '=', ['-50.01'])).toBe(0);
    expect(await count('price', '=', ['-50.00'])).toBe(100);
    expect(await count('huge', '>', ['1234567890123456789.0000'])).toBe(0);
    expect(await count('huge', '>', ['1234567890123456788.9999'])).toBe(100);
    expect(await count('at', '<=', [1_700_000_000_000])).toBe(0);
    expect(await count('name', '=', ['n1'])).toBe(1000);
    expect(await count('name', '=', ['z'])).toBe(0);
    expect(await count('name', 'is-null', [])).toBe(1000);
    expect(await count('price', '=', ['no number'])).toBe(1000);
    expect(await count('nope', '=', [1])).toBe(1000);
    for (const id of [0, 99, 100, 555, 999]) {
      const rows = await rowsOf(file, { predicates: [{ column: 'id', op: '=', values: [id] }] });
      expect(rows).toContainEqual(ROWS[id]);
    }
  });

  test('tells the facts of its columns from the footer alone', async () => {
    const file = await open(bytesAccess(await write(ROWS, FIELDS, { 'parquet.row_group_rows': 300 })));
    expect(file.stats?.()).toEqual(
      expect.arrayContaining([
        { column: 'id', min: 0, max: 999, nulls: 0 },
        { column: 'name', min: 'n0', max: 'n2', nulls: 200 },
        { column: 'price', min: -5000, max: 95899, nulls: 0 },
      ]),
    );
    expect(file.about).toMatchObject({ 'row groups': 4, compression: 'snappy', writer: 'velostream' });
  });

  test('keeps texts in one dictionary over all row groups', async () => {
    const file = await open(bytesAccess(await write(ROWS, FIELDS, { 'parquet.row_group_rows': 100 })));
    const dictionaries = new Set<unknown>();
    const fields = [file.fields[1]!];
    for await (const { batch } of file.read({ fields, predicates: [], maxBatchRows: 50, fromRecord: 0, signal })) {
      const [column] = batch.columns;
      expect(column?.lane).toBe('dict');
      if (column?.lane === 'dict') dictionaries.add(column.dictionary);
    }
    expect(dictionaries.size).toBe(1);
  });
});

describe('hostile Parquet', () => {
  test('a list that claims more elements than there are bytes gets no memory', () => {
    // A list of 2^28 structures in six bytes.
    const bytes = Uint8Array.of(0x19, 0xfc, 0xff, 0xff, 0xff, 0x7f, 0);
    expect(() => new ThriftReader(bytes).struct()).toThrow(/ends in the middle/);
    const nested = Uint8Array.from({ length: 500 }, () => 0x19);
    expect(() => new ThriftReader(nested).struct()).toThrow();
  });

  test('a footer longer than the file, and pages larger than allowed, are refused', async () => {
    const bytes = new Uint8Array(await write(ROWS));
    const long = bytes.slice();
    new DataView(long.buffer).setUint32(long.length - 8, 0x7fffffff, true);
    await expect(open(bytesAccess(long))).rejects.toMatchObject({ code: 'VS4311' });
    await expect(open(bytesAccess(new Uint8Array(5)))).rejects.toMatchObject({ code: 'VS4311' });
    await expect(open(bytesAccess(bytes.subarray(0, bytes.length - 1)))).rejects.toMatchObject({ code: 'VS4311' });
  });

  test('a file that is encrypted says so', async () => {
    const bytes = new Uint8Array(await write(ROWS.slice(0, 3)));
    bytes.set(new TextEncoder().encode('PARE'), bytes.length - 4);
    await expect(open(bytesAccess(bytes))).rejects.toMatchObject({ code: 'VS4312' });
  });
});
