import { appendFile, rename, truncate, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { columnFromScalars, NO_META, type Scalar } from '@velostream/core/connect/formats';
import { describe, expect, test } from 'vitest';
import { fieldsOf } from '../formats/decode/decode-all.fixture.ts';
import { parquet } from '../formats/parquet/parquet.ts';
import { folderWith, openSource, requestFor, rowsOf } from './files.fixture.ts';

const FIELDS = fieldsOf('id INTEGER');

async function parquetOf(from: number, to: number): Promise<Buffer> {
  const encoder = await parquet().encoder!(FIELDS, { 'parquet.compression': 'none', 'parquet.row_group_rows': 1000 });
  const length = to - from;
  const columns = [
    columnFromScalars(
      FIELDS[0]!.type,
      Array.from({ length }, (_, i) => from + i),
    ),
  ];
  return Buffer.concat([
    encoder.start(),
    encoder.encode({ length, columns, meta: NO_META, ops: null, watermarks: null }),
    encoder.finish(),
  ]);
}

describe('files of formats with a footer, followed', () => {
  test('are read once they are complete, in whatever way they come', async () => {
    const [first, second, third] = [await parquetOf(0, 5), await parquetOf(5, 9), await parquetOf(9, 12)];
    const root = await folderWith({ 'a-1.parquet': first, 'a-2.parquet': second.subarray(0, second.length / 2), 'late.tmp': third });
    const stop = new AbortController();
    const source = openSource([root], { path: 'a-*.parquet', watch: true, polling_interval: 5, max_records: 12 });
    const seen: Scalar[] = [];
    for await (const part of source.read(requestFor(FIELDS, { signal: stop.signal }))) {
      expect(part.bad).toBeUndefined();
      seen.push(...rowsOf(part).map(([id]) => id as Scalar));
      // Half a file is no file yet: it is written on, and a third one is moved into place.
      if (seen.length === 5) await appendFile(join(root, 'a-2.parquet'), second.subarray(second.length / 2));
      if (seen.length === 9) await rename(join(root, 'late.tmp'), join(root, 'a-3.parquet'));
    }
    expect(seen).toEqual(Array.from({ length: 12 }, (_, i) => i));
  });

  test('are reported when they stay damaged, and the others go on', async () => {
    const root = await folderWith({ 'a.parquet': 'PAR1 and no more, ever', 'b.parquet': await parquetOf(0, 3) });
    const stop = new AbortController();
    const source = openSource([root], { path: '*.parquet', watch: true, polling_interval: 1 });
    const bad: string[] = [];
    const seen: Scalar[] = [];
    for await (const part of source.read(requestFor(FIELDS, { signal: stop.signal }))) {
      seen.push(...rowsOf(part).map(([id]) => id as Scalar));
      bad.push(...(part.bad ?? []).map(({ error, position }) => `${error.code} ${position}`));
      if (bad.length > 0 && seen.length === 3) stop.abort();
    }
    expect([seen, bad]).toEqual([[0, 1, 2], ['VS4311 a.parquet']]);
  });
});

describe('a file that becomes shorter while it is read', () => {
  test.each([
    ['a.csv', `id\n${Array.from({ length: 20_000 }, (_, i) => i).join('\n')}\n`],
    ['a.jsonl', Array.from({ length: 20_000 }, (_, i) => `{"id":${i}}\n`).join('')],
  ])('ends in a coded error and not in fewer rows: %s', async (path, text) => {
    const root = await folderWith({ [path]: text });
    const source = openSource([root], { path, buffer_size: 4096 });
    const reading = (async () => {
      let isCut = false;
      for await (const _ of source.read(requestFor(FIELDS, { maxBatchRows: 100 }))) {
        if (!isCut) await truncate(join(root, path), 5000);
        isCut = true;
      }
    })();
    await expect(reading).rejects.toMatchObject({ code: 'VS4317', reason: 'file-truncated' });
  });

  test('is refused as a Parquet file, too', async () => {
    const root = await folderWith();
    await writeFile(join(root, 'a.parquet'), await parquetOf(0, 20_000));
    const source = openSource([root], { path: 'a.parquet' });
    const reading = (async () => {
      let isCut = false;
      for await (const _ of source.read(requestFor(FIELDS, { maxBatchRows: 100 }))) {
        if (!isCut) await truncate(join(root, 'a.parquet'), 5000);
        isCut = true;
      }
    })();
    await expect(reading).rejects.toMatchObject({ code: 'VS4317' });
  });
});
