import { readdir, readFile, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { gunzipSync } from 'node:zlib';
import type { Sink } from '@velostream/core/connect';
import { columnFromScalars, NO_META, type Scalar } from '@velostream/core/connect/formats';
import { resolveOptions } from '@velostream/core/connect/options';
import { describe, expect, test } from 'vitest';
import { fieldsOf } from '../formats/decode/decode-all.fixture.ts';
import { folderWith, HOST, openSource, readAll } from './files.fixture.ts';
import { files } from './files.ts';

const FIELDS = fieldsOf('id INTEGER, v STRING');
const { signal } = new AbortController();

const write = (rows: readonly (readonly Scalar[])[], ops: readonly number[] | null = null) => ({
  keys: null,
  batch: {
    length: rows.length,
    columns: FIELDS.map(({ type }, c) =>
      columnFromScalars(
        type,
        rows.map((row) => row[c] as Scalar),
      ),
    ),
    meta: NO_META,
    ops: ops === null ? null : Uint8Array.from(ops),
    watermarks: null,
  },
});

async function openSink(root: string, input: Record<string, unknown>, now?: () => number): Promise<Sink> {
  const definition = files({ roots: [root] });
  const sink = definition.sink!(resolveOptions(definition, input), now === undefined ? HOST : { ...HOST, now });
  await sink.open(FIELDS, signal);
  return sink;
}
const text = (root: string, name: string) => readFile(join(root, name), 'utf8');

describe('file sink', () => {
  test.each([
    ['out.csv', 'id,v\n1,a\n2,\n'],
    ['out.jsonl', '{"id":1,"v":"a"}\n{"id":2,"v":null}\n'],
  ])('shows %s at the commit and not before', async (path, expected) => {
    const root = await folderWith();
    const sink = await openSink(root, { path });
    await sink.write(
      write([
        [1, 'a'],
        [2, null],
      ]),
      signal,
    );
    expect(await readdir(root)).not.toContain(path);
    await sink.commit(1);
    expect(await text(root, path)).toBe(expected);
    await sink.close('complete');
    expect(await readdir(root)).toEqual([path]);
  });

  test('adds later commits and replaces what an earlier run left', async () => {
    const root = await folderWith({ 'out.csv': 'old\n' });
    const sink = await openSink(root, { path: 'out.csv' });
    await sink.write(write([[1, 'a']]), signal);
    await sink.commit(1);
    await sink.write(write([[2, 'b']]), signal);
    expect(await text(root, 'out.csv')).toBe('id,v\n1,a\n');
    await sink.commit(2);
    await sink.close('complete');
    expect(await text(root, 'out.csv')).toBe('id,v\n1,a\n2,b\n');
  });

  test('appends when told to, behind a last line without its end', async () => {
    const root = await folderWith({ 'out.csv': 'id,v\n0,z' });
    const sink = await openSink(root, { path: 'out.csv', append: true });
    await sink.write(write([[1, 'a']]), signal);
    await sink.commit(1);
    await sink.close('complete');
    expect(await text(root, 'out.csv')).toBe('id,v\n0,z\n1,a\n');
  });

  test('throws away what was not committed', async () => {
    const root = await folderWith();
    const sink = await openSink(root, { path: 'out.csv' });
    await sink.write(write([[1, 'a']]), signal);
    await sink.close('abort');
    await sink.close('abort');
    expect(await readdir(root)).toEqual([]);
    await expect(sink.write(write([[1, 'a']]), signal)).rejects.toMatchObject({ code: 'VS4401' });
  });

  test('adds nothing when an epoch comes again after a crash', async () => {
    const root = await folderWith();
    const crashed = await openSink(root, { path: 'out.csv' });
    await crashed.write(write([[1, 'a']]), signal);
    await crashed.commit(1);
    await crashed.write(write([[2, 'b']]), signal);
    await crashed.commit(2);
    await crashed.write(write([[9, 'lost']]), signal);
    // No close: the process is gone. The next one starts from the checkpoint of epoch 1.
    const sink = await openSink(root, { path: 'out.csv' });
    await sink.write(write([[2, 'b']]), signal);
    await sink.commit(2);
    await sink.write(write([[3, 'c']]), signal);
    await sink.commit(3);
    await sink.close('complete');
    expect(await text(root, 'out.csv')).toBe('id,v\n1,a\n2,b\n3,c\n');
    expect(await readdir(root)).toEqual(['out.csv']);
  });

  test('finishes a commit that a crash cut in half, whatever was written of it', async () => {
    for (const torn of ['', '2,', '2,b\n', '2,b\n3,x']) {
      const root = await folderWith({ 'out.csv': `id,v\n1,a\n${torn}`, 'out.csv.epoch-2': '2,b\n', 'out.csv.inprogress': 'junk' });
      const journal = { epoch: 2, base: 9, renames: [], append: { file: join(root, 'out.csv.epoch-2'), bytes: 4 } };
      await writeFile(join(root, 'out.csv.commit'), JSON.stringify(journal));
      const sink = await openSink(root, { path: 'out.csv' });
      expect(await text(root, 'out.csv')).toBe('id,v\n1,a\n2,b\n');
      await sink.write(write([[3, 'c']]), signal);
      await sink.commit(3);
      await sink.close('complete');
      expect(await text(root, 'out.csv')).toBe('id,v\n1,a\n2,b\n3,c\n');
    }
  });

  test('starts a next file by rows, size and age, all shown at the commit', async () => {
    const root = await folderWith();
    const rows = Array.from({ length: 7 }, (_, i) => [i, 'x'] as const);
    const sink = await openSink(root, { path: 'out.csv', max_records_per_file: 3 });
    await sink.write(write(rows), signal);
    expect((await readdir(root)).filter((n) => !n.endsWith('.inprogress'))).toEqual([]);
    await sink.commit(1);
    await sink.close('complete');
    expect(await readdir(root)).toEqual(['out-00001.csv', 'out-00002.csv', 'out-00003.csv']);
    expect(await text(root, 'out-00003.csv')).toBe('id,v\n6,x\n');

    let at = 0;
    const aged = await openSink(root, { path: 'out.csv', rotation_interval_ms: 100 }, () => at);
    await aged.write(write(rows.slice(0, 1)), signal);
    at = 150;
    await aged.write(write(rows.slice(1, 2)), signal);
    await aged.write(write(rows.slice(2, 3)), signal);
    await aged.commit(1);
    await aged.close('complete');
    expect((await readdir(root)).slice(3)).toEqual(['out-00004.csv', 'out-00005.csv']);
    expect(await text(root, 'out-00004.csv')).toBe('id,v\n0,x\n1,x\n');
  });

  test('packs by extension and writes additions only', async () => {
    const root = await folderWith();
    const sink = await openSink(root, { path: 'out.jsonl.gz', buffer_size_bytes: 1 });
    await sink.write(
      write(
        [
          [1, 'a'],
          [1, 'a'],
          [1, 'b'],
          [2, 'c'],
        ],
        [0, 1, 2, 3],
      ),
      signal,
    );
    await sink.write(write([[3, 'd']]), signal);
    await sink.commit(1);
    await sink.close('complete');
    expect(gunzipSync(await readFile(join(root, 'out.jsonl.gz'))).toString()).toBe(
      '{"id":1,"v":"a"}\n{"id":1,"v":"b"}\n{"id":3,"v":"d"}\n',
    );
    expect((await readAll(openSource([root], { path: 'out.jsonl.gz' }), FIELDS)).rows).toEqual([
      [1, 'a'],
      [1, 'b'],
      [3, 'd'],
    ]);
  });

  test('makes the folder of its target and an empty result with names', async () => {
    const root = await folderWith();
    const sink = await openSink(root, { path: 'a/b/out.csv' });
    await sink.commit(1);
    await sink.close('complete');
    expect(await text(root, 'a/b/out.csv')).toBe('id,v\n');
  });
});
