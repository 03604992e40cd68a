import { appendFile, rename, rm, truncate, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import type { Offset, SourceBatch } from '@velostream/core/connect';
import type { Scalar } from '@velostream/core/connect/formats';
import { describe, expect, test } from 'vitest';
import { folderWith, openSource, requestFor, rowsOf, warnings } from './files.fixture.ts';

/** A follower that is asked for rows step by step. */
function follow(root: string, input: Record<string, unknown>, from?: Offset) {
  const stop = new AbortController();
  const source = openSource([root], { watch: true, polling_interval: 2, format: 'csv', header: false, ...input });
  const fields = 'col0 INTEGER, col1 STRING';
  const reader = source.read(requestFor(fields, { signal: stop.signal, ...(from === undefined ? {} : { from }) }))[Symbol.asyncIterator]();
  let last: Offset | undefined;
  return {
    source,
    /** Reads until so many rows have come. */
    async rows(count: number): Promise<Scalar[][]> {
      const rows: Scalar[][] = [];
      while (rows.length < count) {
        const { value, done } = (await reader.next()) as IteratorResult<SourceBatch>;
        if (done) break;
        rows.push(...rowsOf(value));
        last = value.next;
      }
      return rows;
    },
    position: () => JSON.parse(JSON.stringify(last)) as Offset,
    async stop(): Promise<void> {
      const ending = reader.next();
      stop.abort();
      while (!(await ending).done && !(await reader.next()).done);
    },
  };
}

describe('followed files', () => {
  test('give what is appended, and a last line once it has its end', async () => {
    const root = await folderWith({ 'a.log': '1,a\n2,' });
    const file = join(root, 'a.log');
    const tail = follow(root, { path: 'a.log' });
    expect((await tail.source.describe(new AbortController().signal)).bounded).toBe(false);
    expect(await tail.rows(1)).toEqual([[1, 'a']]);
    const next = tail.rows(2);
    await appendFile(file, 'b');
    await appendFile(file, 'b\n3,c\n4');
    expect(await next).toEqual([
      [2, 'bb'],
      [3, 'c'],
    ]);
    await tail.stop();
  });

  test('lose nothing when a file is renamed and made anew', async () => {
    const root = await folderWith({ 'a.log': '1,a\n' });
    const file = join(root, 'a.log');
    const tail = follow(root, { path: 'a.log' });
    expect(await tail.rows(1)).toEqual([[1, 'a']]);
    await appendFile(file, '2,b\n');
    await rename(file, `${file}.1`);
    await appendFile(`${file}.1`, '3,c\n4,open');
    await writeFile(file, '5,e\n');
    const rows = await tail.rows(4);
    expect(rows.map((r) => r[0]).sort()).toEqual([2, 3, 4, 5]);
    await appendFile(file, '6,f\n');
    expect(await tail.rows(1)).toEqual([[6, 'f']]);
    await tail.stop();
  });

  test('give no row twice when the pattern names the renamed file, too', async () => {
    const root = await folderWith({ 'a.log': '1,a\n2,b\n' });
    const file = join(root, 'a.log');
    const tail = follow(root, { path: 'a.log*' });
    expect(await tail.rows(2)).toHaveLength(2);
    await rename(file, `${file}.1`);
    await writeFile(file, '3,c\n');
    expect(await tail.rows(1)).toEqual([[3, 'c']]);
    await appendFile(`${file}.1`, '4,d\n');
    expect(await tail.rows(1)).toEqual([[4, 'd']]);
    await tail.stop();
  });

  test('start again with a warning when a file is cut in place', async () => {
    const root = await folderWith({ 'a.log': '1,a\n2,b\n' });
    const file = join(root, 'a.log');
    warnings.length = 0;
    const tail = follow(root, { path: 'a.log' });
    expect(await tail.rows(2)).toHaveLength(2);
    await truncate(file, 0);
    await appendFile(file, '3,c\n');
    expect(await tail.rows(1)).toEqual([[3, 'c']]);
    expect(warnings).toEqual([expect.stringContaining('VS4210')]);
    await tail.stop();
  });

  test('find new files, and go on after a file was deleted and made anew', async () => {
    const root = await folderWith({ 'a.log': '1,a\n' });
    const tail = follow(root, { path: '*.log' });
    expect(await tail.rows(1)).toEqual([[1, 'a']]);
    await writeFile(join(root, 'b.log'), '2,b\n');
    expect(await tail.rows(1)).toEqual([[2, 'b']]);
    await rm(join(root, 'a.log'));
    await writeFile(join(root, 'a.log'), '3,c\n');
    expect(await tail.rows(1)).toEqual([[3, 'c']]);
    await tail.stop();
  });

  test('go on from a saved position, also when the file was renamed meanwhile', async () => {
    const root = await folderWith({ 'a.log': '1,a\n2,b\n' });
    const file = join(root, 'a.log');
    const first = follow(root, { path: 'a.log' });
    expect(await first.rows(2)).toHaveLength(2);
    const saved = first.position();
    await first.stop();
    await appendFile(file, '3,c\n');
    const second = follow(root, { path: 'a.log' }, saved);
    expect(await second.rows(1)).toEqual([[3, 'c']]);
    await second.stop();
    await rename(file, `${file}.1`);
    await writeFile(file, '4,d\n');
    const third = follow(root, { path: 'a.log' }, saved);
    expect(await third.rows(2)).toEqual([
      [3, 'c'],
      [4, 'd'],
    ]);
    await third.stop();
  });

  test('stop after max_records', async () => {
    const root = await folderWith({ 'a.log': '1,a\n2,b\n3,c\n' });
    expect(await follow(root, { path: 'a.log', max_records: 2 }).rows(9)).toEqual([
      [1, 'a'],
      [2, 'b'],
    ]);
  });
});
