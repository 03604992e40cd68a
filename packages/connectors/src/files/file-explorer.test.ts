import { appendFile, mkdir, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { columnFromScalars, NO_META } from '@velostream/core/connect/formats';
import { resolveOptions } from '@velostream/core/connect/options';
import type { Explorer } from '@velostream/core/protocol/explore';
import { describe, expect, test } from 'vitest';
import { compileFilter } from '../../../core/src/sessions/compile-filter.ts';
import { fieldsOf } from '../formats/decode/decode-all.fixture.ts';
import { parquet } from '../formats/parquet/parquet.ts';
import { folderWith, HOST } from './files.fixture.ts';
import { files } from './files.ts';

const explore = (root: string, path = '.', more: Record<string, unknown> = {}): Explorer => {
  const definition = files({ roots: [root] });
  return definition.explore!(resolveOptions(definition, { path, ...more }), HOST);
};

const csv = (from: number, to: number): string =>
  `id,symbol,price\n${Array.from({ length: to - from }, (_, i) => `${from + i},${(from + i) % 3 === 0 ? '' : `S${(from + i) % 5}`},${from + i}.5`).join('\n')}\n`;

async function parquetOf(rows: number): Promise<Uint8Array> {
  const fields = fieldsOf('id INTEGER, name STRING');
  const encoder = await parquet().encoder!(fields, { 'parquet.compression': 'snappy', 'parquet.row_group_rows': 40 });
  const columns = [
    columnFromScalars(
      fields[0]!.type,
      Array.from({ length: rows }, (_, i) => i),
    ),
    columnFromScalars(
      fields[1]!.type,
      Array.from({ length: rows }, (_, i) => `n${i}`),
    ),
  ];
  return Buffer.concat([
    encoder.start(),
    encoder.encode({ length: rows, columns, meta: NO_META, ops: null, watermarks: null }),
    encoder.finish(),
  ]);
}

describe('looking around in files', () => {
  test('lists what is below a folder, with formats and sizes', async () => {
    const root = await folderWith({ 'b.csv': csv(0, 3), 'a.jsonl': '{"x":1}\n', 'c.bin.xlsx': 'PK' });
    await mkdir(join(root, 'deep'));
    await writeFile(join(root, 'deep', 'd.parquet'), await parquetOf(3));
    const found = await explore(root).list({});
    expect(found.map(({ name, format, kind, uri }) => [name, format, kind, uri])).toEqual([
      ['a.jsonl', 'jsonl', 'file', 'file://a.jsonl'],
      ['b.csv', 'csv', 'file', 'file://b.csv'],
      ['c.bin.xlsx', undefined, 'file', 'file://c.bin.xlsx'],
      ['deep/d.parquet', 'parquet', 'file', 'file://deep/d.parquet'],
    ]);
    expect(found[1]).toMatchObject({ sizeBytes: csv(0, 3).length });
    expect((await explore(root).list({ filter: '*.csv' })).map(({ name }) => name)).toEqual(['b.csv']);
    expect(await explore(root).list({ limit: 2 })).toHaveLength(2);
  });

  test('gives a pattern as one source, and its files', async () => {
    const root = await folderWith({ 't-1.csv': csv(0, 20), 't-2.csv': csv(20, 40) });
    const explorer = explore(root, 't-*.csv');
    expect((await explorer.list({})).map(({ name }) => name)).toEqual(['t-*.csv', 't-1.csv', 't-2.csv']);
    const peeked = await explorer.peek('t-*.csv', { limit: 30 });
    expect(peeked.rows.map((row) => row['id'])).toEqual(Array.from({ length: 30 }, (_, i) => i));
    expect(peeked.coverage).toMatchObject({ scanned: 30, stoppedBy: 'limit', partitions: ['t-1.csv', 't-2.csv'] });
  });

  test('says what columns hold and what that rests on', async () => {
    const root = await folderWith({ 'a.csv': csv(0, 30) });
    const { fields, origin, coverage } = await explore(root).inspect('a.csv', {});
    expect(fields).toMatchObject([
      { name: 'id', type: 'INTEGER', nullRate: 0, distinct: 30, min: 0, max: 29, sample: '0' },
      { name: 'symbol', type: 'STRING', nullRate: 1 / 3, distinct: 5, min: 'S0', max: 'S4', sample: 'S1' },
      { name: 'price', type: 'FLOAT', nullRate: 0, distinct: 30, min: 0.5, max: 29.5, sample: '0.5' },
    ]);
    expect([origin, coverage]).toEqual(['inferred', { scanned: 30, available: 30, partitions: ['a.csv'], stoppedBy: 'end' }]);
    expect((await explore(root).inspect('a.csv', { maxRecords: 10 })).coverage).toEqual({
      scanned: 10,
      partitions: ['a.csv'],
      stoppedBy: 'limit',
    });
  });

  test('takes columns and counts of Parquet from its footer', async () => {
    const root = await folderWith({ 'p.parquet': await parquetOf(100) });
    const schema = await explore(root).inspect('p.parquet', { maxRecords: 5 });
    expect(schema).toMatchObject({ origin: 'declared', coverage: { scanned: 5, available: 100, stoppedBy: 'limit' } });
    expect(await explore(root).stats!('p.parquet', {})).toMatchObject({
      recordCount: 100,
      exact: true,
      coverage: { scanned: 1, available: 1 },
    });
    const latest = await explore(root).peek('p.parquet', { from: 'latest', limit: 3 });
    expect(latest.rows).toEqual([97, 98, 99].map((id) => ({ id, name: `n${id}` })));
  });

  test('warns of records that cannot be read', async () => {
    const root = await folderWith({ 'a.csv': 'id,v\n1,a\n2\n3,b\n' });
    const { warnings, coverage } = await explore(root).inspect('a.csv', {});
    expect(warnings?.[0]).toMatch(/^1 of the scanned records cannot be read, such as a\.csv:2: /);
    expect(coverage.scanned).toBe(3);
  });

  test('goes on where a look stopped, until the end', async () => {
    const root = await folderWith({ 'a-1.csv': csv(0, 17), 'a-2.csv': csv(17, 25) });
    const seen: unknown[] = [];
    for (let token: string | undefined, more = true; more; ) {
      const { rows, coverage } = await explore(root).peek('a-*.csv', { limit: 7, ...(token === undefined ? {} : { continueFrom: token }) });
      seen.push(...rows.map((row) => row['id']));
      token = coverage.continueFrom;
      more = token !== undefined;
    }
    expect(seen).toEqual(Array.from({ length: 25 }, (_, i) => i));
  });

  test('shows the last records, or those from a number on', async () => {
    const root = await folderWith({ 'a.csv': csv(0, 50), 'b.jsonl': Array.from({ length: 50 }, (_, i) => `{"id":${i}}\n`).join('') });
    for (const name of ['a.csv', 'b.jsonl']) {
      const ids = async (request: object) => (await explore(root).peek(name, { limit: 3, ...request })).rows.map((row) => row['id']);
      expect(await ids({ from: 'latest' })).toEqual([47, 48, 49]);
      expect(await ids({ from: { offset: '20' } })).toEqual([20, 21, 22]);
      expect(await ids({ from: 'latest', limit: 100 })).toEqual(Array.from({ length: 50 }, (_, i) => i));
    }
  });

  test('stops at bytes, time and the wish of the caller', async () => {
    const root = await folderWith({ 'a.csv': csv(0, 5000) });
    const bytes = await explore(root).peek('a.csv', { limit: 1000, maxBytes: 500 });
    expect([bytes.coverage.stoppedBy, bytes.rows.length < 30, bytes.coverage.continueFrom !== undefined]).toEqual(['bytes', true, true]);
    const stopped = await explore(root)
      .peek('a.csv', { signal: AbortSignal.abort() })
      .catch((error: unknown) => error);
    expect(stopped).toMatchObject({ coverage: { stoppedBy: 'cancelled' } });
  });

  test('filters by an expression where the host has SQL, and goes on behind what it went through', async () => {
    const root = await folderWith({ 'a-1.csv': csv(0, 40), 'a-2.csv': csv(40, 80) });
    const definition = files({ roots: [root] });
    const explorer = definition.explore!(resolveOptions(definition, { path: '.' }), { ...HOST, compileFilter });
    const first = await explorer.peek('a-*.csv', { filter: "symbol = 'S1' AND price > 10", limit: 3 });
    expect(first.rows.map((row) => row['id'])).toEqual([11, 16, 26]);
    const second = await explorer.peek('a-*.csv', {
      filter: "symbol = 'S1' AND price > 10",
      limit: 3,
      continueFrom: first.coverage.continueFrom!,
    });
    expect(second.rows.map((row) => row['id'])).toEqual([31, 41, 46]);
    const last = await explorer.peek('a-*.csv', { filter: "symbol = 'S1' AND price > 10", limit: 3, from: 'latest' });
    expect(last.rows.map((row) => row['id'])).toEqual([61, 71, 76]);
    expect(last.coverage).toMatchObject({ scanned: 80, stoppedBy: 'end' });
    expect(last.warnings).toBeUndefined();
    await expect(explorer.peek('a-*.csv', { filter: 'nope > 1' })).rejects.toMatchObject({ code: expect.stringMatching(/^VS/) as string });
  });

  test('refuses what it cannot do and paths that lead out', async () => {
    const root = await folderWith({ 'a.csv': csv(0, 5) });
    const refused = async (name: string, request: object) =>
      explore(root)
        .peek(name, request)
        .catch((error: unknown) => error);
    expect(await refused('a.csv', { filter: 'id > 1' })).toMatchObject({ code: 'VS4508' });
    expect(await refused('a.csv', { from: { timestampMs: 1 } })).toMatchObject({ code: 'VS4101' });
    expect(await refused('a.csv', { continueFrom: 'nonsense' })).toMatchObject({ code: 'VS4107' });
    expect(await refused('../a.csv', {})).toMatchObject({ code: 'VS4201' });
    expect(await refused('/etc/passwd', {})).toMatchObject({ code: 'VS4201' });
    expect(await refused('nope.csv', {})).toMatchObject({ code: 'VS4202' });
    expect(() => explore(root, '../..')).toThrow(expect.objectContaining({ code: 'VS4201' }));
  });

  test('follows what is added', async () => {
    const root = await folderWith({ 'a.csv': csv(0, 5) });
    const stop = new AbortController();
    const shown = explore(root, '.', { polling_interval: 5 }).tail!('a.csv', { signal: stop.signal })[Symbol.asyncIterator]();
    const first = shown.next();
    let isThere = false;
    const arrived = first.then(() => {
      isThere = true;
    });
    // Where it begins to follow is its own matter: rows are added until some are seen.
    for (let id = 5; !isThere; id++) {
      await appendFile(join(root, 'a.csv'), `${id},S0,${id}.5\n`);
      await new Promise((resolve) => setImmediate(resolve));
    }
    await arrived;
    const ids = (await first).value.rows.map((row: Record<string, unknown>) => row['id'] as number);
    expect(ids[0]).toBeGreaterThanOrEqual(5);
    expect(ids).toEqual(ids.map((_: number, i: number) => ids[0] + i));
    stop.abort();
    expect((await shown.next()).done).toBe(true);
  });
});
