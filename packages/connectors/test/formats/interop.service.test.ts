import { execFile } from 'node:child_process';
import { mkdtemp, readdir, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { basename, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { promisify } from 'node:util';
import { DuckDBInstance } from '@duckdb/node-api';
import type { Field } from '@velostream/core/connect';
import { columnFromScalars, NO_META, type Scalar, textWriter } from '@velostream/core/connect/formats';
import { afterAll, beforeAll, describe, expect, type TestContext, test } from 'vitest';
import { service } from '../../../../test/services.ts';
import { arrow } from '../../src/formats/arrow/index.ts';
import { avro } from '../../src/formats/avro/index.ts';
import { orc } from '../../src/formats/orc/index.ts';
import { parquet } from '../../src/formats/parquet/index.ts';
import { bytesAccess, type OpenedFile, type RandomAccessFormat } from '../../src/formats/random-access.ts';
import { type ExpectedRows, expectedRows, expectedScalar, plain, rowsOf } from './expected-rows.fixture.ts';

const interop = service('interop');
const run = promisify(execFile);
const script = (name: string): string => fileURLToPath(new URL(`../fixtures/${name}`, import.meta.url));
const FORMATS = { parquet: parquet(), orc: orc(), avro: avro(), arrow: arrow() } as unknown as Readonly<
  Record<string, RandomAccessFormat<unknown>>
>;
const { signal } = new AbortController();

let folder = '';
let expected: ExpectedRows = {};
beforeAll(async () => {
  const env = interop.find();
  if (env === undefined) return;
  folder = await mkdtemp(join(tmpdir(), 'velostream-interop-'));
  await run(env.VELO_INTEROP_PYTHON, [script('write_files.py'), folder], { env: { ...process.env, ...env } });
  expected = await expectedRows(folder);
});
afterAll(() => (folder === '' ? undefined : rm(folder, { recursive: true, force: true })));

async function open(format: string, path: string, more: Record<string, unknown> = {}): Promise<OpenedFile> {
  const definition = FORMATS[format]!;
  const options = definition.options.safeParse(more);
  if (!options.success) throw new Error(options.error.issues[0]?.message);
  return definition.open(bytesAccess(await readFile(path), basename(path)), options.data, signal);
}

const wanted = (file: OpenedFile, rows: ExpectedRows[string]) =>
  rows.map((row) => Object.fromEntries(file.fields.map(({ name, type }) => [name, expectedScalar(type, row[name])])));

/** Writers whose files are read, and how many files of each there are at least. */
const WRITERS = [
  ['parquet', 'pyarrow', 21],
  ['parquet', 'duckdb', 9],
  ['parquet', 'polars', 2],
  ['orc', 'pyarrow', 18],
  ['orc', 'pyorc', 6],
  ['orc', 'java', 0],
  ['avro', 'fastavro', 9],
  ['avro', 'polars', 6],
  ['arrow', 'pyarrow', 12],
  ['arrow', 'polars', 2],
] as const;

describe.each(WRITERS)('%s files written by %s', (format, tool, least) => {
  const files = async (context: TestContext): Promise<string[]> => {
    const env = interop.require(context);
    const names = (await readdir(folder)).filter((name) => name.startsWith(`${format}-${tool}`));
    if (tool === 'java' && env.VELO_INTEROP_ORC_TOOLS === undefined) context.skip("Java's ORC tools are not installed");
    expect(names.length).toBeGreaterThanOrEqual(tool === 'java' ? 4 : least);
    return names;
  };

  test('have the rows that were written', async (context) => {
    for (const name of await files(context)) {
      const file = await open(format, join(folder, name));
      const rows = await rowsOf(file);
      const right = wanted(file, expected[/-(\w+)\.\w+$/.exec(name)![1]!]!);
      expect(rows.length, name).toBe(right.length);
      rows.forEach((row, i) => {
        expect(row, `${name}, row ${i}`).toEqual(right[i]);
      });
    }
  });

  test('give columns alone, and go on from any record', async (context) => {
    for (const name of await files(context)) {
      const file = await open(format, join(folder, name));
      const right = wanted(file, expected[/-(\w+)\.\w+$/.exec(name)![1]!]!);
      const fields = [file.fields.at(-1)!, file.fields[2]!];
      for (const fromRecord of [0, 1, 99, 100, 333, 499, 500]) {
        const rows = await rowsOf(file, { fields, fromRecord, maxBatchRows: 41 });
        const rest = right.slice(fromRecord).map((row) => Object.fromEntries(fields.map((field) => [field.name, row[field.name]!])));
        expect(rows, `${name} from ${fromRecord}`).toEqual(rest);
      }
    }
  });
});

/** A file of ours with the rows of a case. */
async function write(format: string, fields: readonly Field[], rows: Record<string, Scalar>[], options: Record<string, unknown>) {
  const definition = FORMATS[format]!;
  const read = definition.options.safeParse(options);
  if (!read.success) throw new Error(read.error.issues[0]?.message);
  const encoder = await definition.encoder!(fields, read.data);
  const parts = [encoder.start()];
  for (let at = 0; at < rows.length; at += 90) {
    const part = rows.slice(at, at + 90);
    const columns = fields.map(({ name, type }) =>
      columnFromScalars(
        type,
        part.map((row) => row[name] ?? null),
      ),
    );
    parts.push(encoder.encode({ length: part.length, columns, meta: NO_META, ops: null, watermarks: null }));
  }
  parts.push(encoder.finish());
  return Buffer.concat(parts);
}

describe.each([
  ['parquet', { 'parquet.row_group_rows': 128 }],
  ['parquet', { 'parquet.compression': 'zstd' }],
  ['parquet', { 'parquet.compression': 'gzip' }],
  ['parquet', { 'parquet.compression': 'none' }],
  ['avro', {}],
  ['avro', { 'avro.codec': 'null' }],
  ['arrow', {}],
] as const)('our %s files with %o', (format, options) => {
  test.for(['scalars', 'nested', 'empty'])('are read back by Python: %s', async (kind, context) => {
    const env = interop.require(context);
    const source = await open('parquet', join(folder, `parquet-pyarrow-${kind}.parquet`));
    const path = join(folder, `ours-${format}-${kind}-${Object.values(options).join('')}.${format}`);
    await writeFile(path, await write(format, source.fields, await rowsOf(source), options));
    const { stdout } = await run(env.VELO_INTEROP_PYTHON, [script('read_files.py'), path], { maxBuffer: 1 << 26 });
    const back = (JSON.parse(stdout) as Record<string, Record<string, unknown>[]>)[path]!;
    expect(back).toHaveLength(expected[kind]!.length);
    back.forEach((row, i) => {
      expect(row, `row ${i}`).toEqual(atMs(format, expected[kind]![i]!));
    });
    // And by ourselves.
    const own = await open(format, path);
    expect(await rowsOf(own)).toEqual(
      wanted(
        own,
        expected[kind]!.map((row) => atMs(format, row) as never),
      ),
    );
  });
});

/** Arrow has times to the ms here, which is what its library can write. */
const atMs = (format: string, row: Readonly<Record<string, unknown>>): Readonly<Record<string, unknown>> =>
  format === 'arrow' && typeof row['at'] === 'string' ? { ...row, at: `${Math.round(Number(row['at']) / 1000)}000` } : row;

test.each(['snappy', 'zstd', 'none'])('DuckDB reads our Parquet with %s', async (compression) => {
  const at = (i: number): number => Date.UTC(2024, 0, 1) + i * 1000.5;
  const types = (await open('parquet', fileURLToPath(new URL('../fixtures/small.parquet', import.meta.url)))).fields;
  const rows: Record<string, Scalar>[] = Array.from({ length: 300 }, (_, i) => ({
    id: i,
    wide: i % 2 ? 9007199254740993n + BigInt(i) : -i,
    name: i % 7 === 3 ? null : `n${i % 5}`,
    price: i % 7 === 3 ? null : i * 7 - 900,
    at: at(i),
    day: 86_400_000 * (i - 100),
    tags: i % 6 === 2 ? null : Array.from({ length: i % 4 }, (_, j) => (j % 3 ? `t${j}` : null)),
    point: i % 5 === 4 ? null : { x: i, y: i % 3 ? i / 2 : null },
  }));
  const path = join(await mkdtemp(join(tmpdir(), 'velostream-duckdb-')), 'ours.parquet');
  await writeFile(path, await write('parquet', types, rows, { 'parquet.compression': compression, 'parquet.row_group_rows': 100 }));
  const connection = await (await DuckDBInstance.create(':memory:')).connect();
  const result = await connection.runAndReadAll(
    `SELECT id, wide, name, price::VARCHAR, epoch_us("at"), "day"::VARCHAR, tags::VARCHAR, point.x, point.y FROM '${path}' ORDER BY id`,
  );
  const text = textWriter(types.find((field) => field.name === 'price')!.type);
  const day = textWriter({ kind: 'date' });
  expect(result.getRows()).toEqual(
    rows.map((row) => {
      const point = row['point'] as { x: number; y: number | null } | null;
      const tags = row['tags'] as (string | null)[] | null;
      return [
        BigInt(row['id'] as number),
        BigInt(row['wide'] as number),
        row['name'],
        row['price'] === null ? null : text(row['price'] as Scalar),
        BigInt(Math.round((row['at'] as number) * 1000)),
        day(row['day'] as Scalar),
        tags === null ? null : `[${tags.map((tag) => tag ?? 'NULL').join(', ')}]`,
        point === null ? null : BigInt(point.x),
        point === null ? null : point.y,
      ];
    }),
  );
  // Its own count by a pruned scan, from the statistics that we wrote.
  const pruned = await connection.runAndReadAll(`SELECT count(*) FROM '${path}' WHERE id >= 250`);
  expect(pruned.getRows()).toEqual([[50n]]);
  connection.closeSync();
  await rm(join(path, '..'), { recursive: true });
  expect(plain(rows[0]!['id']!)).toBe(0);
});
