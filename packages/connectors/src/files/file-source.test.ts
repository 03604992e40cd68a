import { execFileSync } from 'node:child_process';
import { appendFile, type FileHandle, mkdir, open, rm, symlink, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { gzipSync, zstdCompressSync } from 'node:zlib';
import { describe, expect, test, vi } from 'vitest';
import { folderWith, openSource, readAll, requestFor } from './files.fixture.ts';

const lines = (from: number, to: number): string => Array.from({ length: to - from }, (_, i) => `${from + i},v${from + i}\n`).join('');
const { signal } = new AbortController();

describe('file source', () => {
  test('reads files of a pattern in name order and knows their columns', async () => {
    const root = await folderWith({ 'b.csv': `id,v\n${lines(2, 4)}`, 'a.csv': `v,id\nx,1\n`, 'c.txt': 'no' });
    const source = openSource([root], { path: '*.csv' });
    const { fields, bounded, coverage } = await source.describe(signal);
    expect([fields.map((f) => `${f.name} ${f.type.kind}`), bounded, coverage?.complete]).toEqual([['v string', 'id integer'], true, false]);
    expect((await readAll(source, 'id INTEGER, v STRING')).rows).toEqual([
      [1, 'x'],
      [2, 'v2'],
      [3, 'v3'],
    ]);
  });

  test.each([
    ['x.csv', 'id,v\n1,a\n'],
    ['x.tsv', 'id\tv\n1\ta\n'],
    ['x.jsonl', '{"id":1,"v":"a"}\n'],
    ['x.ndjson', '{"id":1,"v":"a"}\n'],
    ['x.json', '[{"id":1,\n"v":"a"}]'],
    ['x.csv.gz', gzipSync('id,v\n1,a\n')],
    ['x.jsonl.zst', zstdCompressSync('{"id":1,"v":"a"}\n')],
    ['x.data', 'id,v\n1,a\n'],
  ])('tells format and packing from the name %s', async (name, content) => {
    const root = await folderWith({ [name]: content });
    expect((await readAll(openSource([root], { path: name }), 'id INTEGER, v STRING')).rows).toEqual([[1, 'a']]);
  });

  test('takes what is written over what the name says', async () => {
    const root = await folderWith({ 'x.log': '{"id":1,"v":"a"}\n', 'y.csv': '1;a\n' });
    expect((await readAll(openSource([root], { path: 'x.log', format: 'jsonlines' }), 'id INTEGER')).rows).toEqual([[1]]);
    const plain = openSource([root], { 'source.path': join(root, 'y.csv'), 'file.format': 'csv_no_header', csv_delimiter: ';' });
    expect((await readAll(plain, 'column_1 STRING')).rows).toEqual([['a']]);
    expect(() => openSource([root], { path: 'x.log', header: 'perhaps' })).not.toThrow();
    await expect(readAll(openSource([root], { path: 'x.log', format: 'xlsx' }), 'id INTEGER')).rejects.toMatchObject({ code: 'VS4208' });
  });

  test('reads a folder, with its folders when told to, and only wanted extensions', async () => {
    const root = await folderWith({ 'a.jsonl': '{"id":1}\n', 'skip.txt': 'x' });
    await mkdir(join(root, 'sub'));
    await writeFile(join(root, 'sub/b.jsonl'), '{"id":2}\n');
    const options = { path: '.', extension_filter: 'jsonl' };
    expect((await readAll(openSource([root], options), 'id INTEGER')).rows).toEqual([[1]]);
    expect((await readAll(openSource([root], { ...options, recursive: true }), 'id INTEGER')).rows).toEqual([[1], [2]]);
  });

  test.each(['plain.csv', 'packed.csv.gz'])('goes on from every batch end of %s and the files behind it', async (name) => {
    const root = await folderWith({ [`1${name}`]: `id,v\n${lines(0, 40)}`, [`2${name}`]: `v,id\nx,40\ny,41\n` });
    const input = { path: `*${name}`, buffer_size: 4096 };
    const whole = await readAll(openSource([root], input), 'id INTEGER, v STRING', { maxBatchRows: 9 });
    expect(whole.rows).toHaveLength(42);
    for (const { next, rows } of whole.ends) {
      const from = JSON.parse(JSON.stringify(next));
      const rest = await readAll(openSource([root], input), 'id INTEGER, v STRING', { from });
      expect(rest.rows).toEqual(whole.rows.slice(rows));
    }
  });

  test('stops after max_records, over files and restarts', async () => {
    const root = await folderWith({ 'a.csv': `id,v\n${lines(0, 10)}`, 'b.csv': `id,v\n${lines(10, 20)}` });
    const input = { path: '*.csv', max_records: 13 };
    const whole = await readAll(openSource([root], input), 'id INTEGER', { maxBatchRows: 4 });
    expect(whole.rows).toHaveLength(13);
    const rest = await readAll(openSource([root], input), 'id INTEGER', { from: whole.ends[1]!.next });
    expect(rest.rows).toEqual(whole.rows.slice(8));
  });

  test('reports bad records with file and number and counts them in _OFFSET', async () => {
    const root = await folderWith({ 'a.csv': 'id\n1\nx\n3\n' });
    const source = openSource([root], { path: 'a.csv' });
    for await (const part of source.read({ ...requestFor('id INTEGER'), system: ['_OFFSET', '_PARTITION'] })) {
      expect([...part.batch.meta.offset!]).toEqual([0, 2]);
      expect([...part.batch.meta.partition!]).toEqual([0, 0]);
      expect(part.bad?.map((b) => b.position)).toEqual(['a.csv:2']);
    }
  });

  test('refuses to go on in a file that was replaced or cut', async () => {
    const root = await folderWith({ 'a.csv': `id,v\n${lines(0, 50)}` });
    const { ends } = await readAll(openSource([root], { path: 'a.csv' }), 'id INTEGER', { maxBatchRows: 30 });
    await writeFile(join(root, 'a.csv'), 'id,v\n1,a\n');
    await expect(readAll(openSource([root], { path: 'a.csv' }), 'id INTEGER', { from: ends[0]!.next })).rejects.toMatchObject({
      code: 'VS4205',
    });
    await rm(join(root, 'a.csv'));
    await writeFile(join(root, 'b.csv'), 'id\n');
    await expect(readAll(openSource([root], { path: '*.csv' }), 'id INTEGER', { from: ends[0]!.next })).rejects.toMatchObject({
      code: 'VS4205',
    });
    await expect(readAll(openSource([root], { path: '*.csv' }), 'id INTEGER', { from: { files: 1 } })).rejects.toMatchObject({
      code: 'VS4107',
    });
  });

  test.each([
    ['missing.csv', 'VS4202'],
    ['*.none', 'VS4202'],
    ['pipe', 'VS4203'],
    ['data.xlsx', 'VS4208'],
    ['data.parquet', 'VS4311'],
    ['empty.csv', 'VS4309'],
  ])('says what is wrong with %s', async (path, code) => {
    const root = await folderWith({ 'data.xlsx': 'PK', 'data.parquet': 'PAR1', 'empty.csv': '' });
    execFileSync('mkfifo', [join(root, 'pipe')]);
    await expect(openSource([root], { path }).describe(signal)).rejects.toMatchObject({ code });
  });

  test('looks for no columns where they are known', async () => {
    const root = await folderWith({ 'a.csv': 'id,v\n1,x\n', 'empty.csv': '' });
    const known = { areColumnsKnown: true };
    expect(await openSource([root], { path: 'a.csv' }).describe(signal, known)).toMatchObject({
      fields: [],
      coverage: { scannedBytes: 0 },
    });
    await expect(openSource([root], { path: 'empty.csv' }).describe(signal, known)).rejects.toMatchObject({ code: 'VS4309' });
  });

  test('waits for a file as long as it is told to', async () => {
    const root = await folderWith();
    const describing = openSource([root], { path: 'late.csv', 'file.wait.timeout': 5000, 'file.retry.interval': 5 }).describe(signal);
    await writeFile(join(root, 'late.csv'), 'id\n1\n');
    expect((await describing).fields.map((f) => f.name)).toEqual(['id']);
  });

  // Two of the files unpack to 64 MiB, which takes long where others use the processor.
  test('ends with a code on damaged, cut and exploding packed files, after the rows before', async () => {
    const good = gzipSync(`id,v\n${lines(0, 20_000)}`);
    const flipped = Uint8Array.from(good);
    flipped[good.length >> 1]! ^= 0xff;
    const root = await folderWith({
      'cut.csv.gz': good.subarray(0, good.length >> 1),
      'flipped.csv.gz': flipped,
      'garbage.csv.gz': new TextEncoder().encode('id,v\n1,2\n'),
      'bomb.csv.gz': gzipSync(new Uint8Array(64 * 1024 ** 2)),
      'bomb.csv.zst': zstdCompressSync(new Uint8Array(64 * 1024 ** 2)),
      'large.csv.gz': good,
    });
    const read = (path: string, more = {}) =>
      readAll(openSource([root], { path, ...more }), 'id STRING', {}).then(
        () => 'read',
        (e: { code: string }) => e.code,
      );
    expect(await read('cut.csv.gz')).toBe('VS4207');
    expect(await read('flipped.csv.gz')).toBe('VS4207');
    expect(await read('garbage.csv.gz')).toBe('VS4207');
    expect(await read('bomb.csv.gz', { header: false })).toBe('VS4206');
    expect(await read('bomb.csv.zst', { header: false })).toBe('VS4206');
    expect(await read('large.csv.gz', { max_output_bytes: 1000 })).toBe('VS4206');
    expect(await read('large.csv.gz')).toBe('read');
  }, 60_000);

  test('stops at once on abort and lets another reader in', async () => {
    const root = await folderWith({ 'a.csv': `id,v\n${lines(0, 1000)}` });
    const source = openSource([root], { path: 'a.csv' });
    const stop = new AbortController();
    const reader = source.read(requestFor('id INTEGER', { signal: stop.signal, maxBatchRows: 10 }))[Symbol.asyncIterator]();
    await reader.next();
    await expect(source.read(requestFor('id INTEGER'))[Symbol.asyncIterator]().next()).rejects.toMatchObject({ code: 'VS4110' });
    stop.abort();
    expect((await reader.next()).done).toBe(true);
    expect((await readAll(source, 'id INTEGER')).rows).toHaveLength(1000);
  });

  test('reads at most two windows ahead of whoever asks', async () => {
    const root = await folderWith({ 'a.csv': `id,v\n${lines(0, 20_000)}` });
    const handle = await open(join(root, 'a.csv'));
    const reads = vi.spyOn(Object.getPrototypeOf(handle) as FileHandle, 'read');
    await handle.close();
    try {
      const reader = openSource([root], { path: 'a.csv', buffer_size: 4096 }).read(requestFor('id INTEGER'))[Symbol.asyncIterator]();
      await reader.next();
      for (let turn = 0; turn < 20; turn++) await new Promise((resolve) => setImmediate(resolve));
      expect(reads.mock.calls.length).toBeLessThanOrEqual(3);
      await reader.return?.();
    } finally {
      reads.mockRestore();
    }
  });

  test('reads the same from a file that was appended to meanwhile', async () => {
    const root = await folderWith({ 'a.csv': `id,v\n${lines(0, 10)}` });
    const { ends } = await readAll(openSource([root], { path: 'a.csv' }), 'id INTEGER');
    await appendFile(join(root, 'a.csv'), lines(10, 12));
    expect((await readAll(openSource([root], { path: 'a.csv' }), 'id INTEGER', { from: ends[0]!.next })).rows).toEqual([[10], [11]]);
  });

  test('follows links that stay inside', async () => {
    const root = await folderWith({ 'a.csv': 'id\n1\n' });
    await symlink(join(root, 'a.csv'), join(root, 'link.csv'));
    expect((await readAll(openSource([root], { path: 'link.csv' }), 'id INTEGER')).rows).toEqual([[1]]);
  });
});
