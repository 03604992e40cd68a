import { truncate, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import type { Scalar } from '@velostream/core/connect/formats';
import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { folderWith, openSource, readAll } from './files.fixture.ts';

const both = async (root: string, path: string, fields: string, more: Record<string, unknown> = {}, from?: never) => {
  const plain = await readAll(openSource([root], { path, ...more }), fields, from === undefined ? {} : { from });
  const mapped = await readAll(
    openSource([root], { path, mmap: 'true', 'mmap.threads': '2', 'mmap.range_bytes': '1024', ...more }),
    fields,
    from === undefined ? {} : { from },
  );
  return { plain, mapped };
};

const FIELDS = 'id INTEGER, name STRING, v FLOAT';
const lines = (count: number, make: (i: number) => string): string => Array.from({ length: count }, (_, i) => make(i)).join('');

/** Texts that hold everything a boundary could be taken for. */
const name = fc.string({ unit: fc.constantFrom('a', '"', ',', '\n', '}', '{', '},{"id":', ']', 'é', '\\'), maxLength: 12 });
const rows = fc.array(fc.tuple(fc.integer(), name, fc.double({ noNaN: true, noDefaultInfinity: true })), { minLength: 1, maxLength: 300 });
type Row = readonly [number, string, number];

const WRITERS: Readonly<Record<string, (rows: readonly Row[]) => string>> = {
  'a.csv': (all) => `id,name,v\n${all.map(([id, n, v]) => `${id},"${n.replaceAll('"', '""')}",${v}\n`).join('')}`,
  'a.jsonl': (all) => all.map(([id, n, v]) => `${JSON.stringify({ id, name: n, v })}\n`).join(''),
  'a.json': (all) => JSON.stringify(all.map(([id, n, v]) => ({ id, name: n, v }))),
  'pretty.json': (all) =>
    JSON.stringify(
      all.map(([id, n, v]) => ({ id, name: n, v, deep: [{ id: 1 }, { id: 2 }] })),
      null,
      2,
    ),
};

describe('files in ranges', () => {
  test.each(Object.keys(WRITERS))(
    'give the same rows as one reader: %s',
    async (path) => {
      const root = await folderWith();
      await fc.assert(
        fc.asyncProperty(rows, async (all) => {
          await writeFile(join(root, path), WRITERS[path]!(all));
          const { plain, mapped } = await both(root, path, FIELDS);
          expect(mapped.rows).toEqual(plain.rows);
          expect(mapped.rows.map((row) => row[0])).toEqual(all.map(([id]) => (id === 0 ? 0 : id)));
        }),
        { seed: 21, numRuns: 5 },
      );
    },
    60_000,
  );

  test('number bad records and give system columns as one reader does', async () => {
    const text = `id,name,v\n${lines(400, (i) => (i % 50 === 7 ? `broken ${i}\n` : `${i},n${i % 9},${i / 2}\n`))}`;
    const root = await folderWith({ 'a.csv': text });
    const { plain, mapped } = await both(root, 'a.csv', FIELDS);
    expect(mapped.bad.map(({ position, error }) => [position, error.code])).toEqual(
      plain.bad.map(({ position, error }) => [position, error.code]),
    );
    expect(mapped.bad).toHaveLength(8);
    expect(mapped.rows).toEqual(plain.rows);
  });

  test('go on from every batch end', async () => {
    const root = await folderWith({ 'a.jsonl': lines(300, (i) => `{"id":${i},"name":"n${i % 3}","v":${i}}\n`) });
    const options = { path: 'a.jsonl', mmap: 'true', 'mmap.threads': '2', 'mmap.range_bytes': '1024' };
    const whole = await readAll(openSource([root], options), FIELDS, { maxBatchRows: 20 });
    expect(whole.rows).toHaveLength(300);
    for (const { next, rows: seen } of whole.ends.filter((_, i) => i % 5 === 0)) {
      const rest = await readAll(openSource([root], options), FIELDS, { from: next });
      expect(rest.rows).toEqual(whole.rows.slice(seen));
    }
  });

  test('begin with a header of its own lines, once', async () => {
    const text = `note\n"id","na\nme",v\n${lines(200, (i) => `${i},x,${i}\n`)}`;
    const root = await folderWith({ 'a.csv': text });
    const { plain, mapped } = await both(root, 'a.csv', 'id INTEGER, v FLOAT', { skip_lines: 1 });
    expect(plain.rows).toHaveLength(200);
    expect(mapped.rows).toEqual(plain.rows);
  });

  test('end with a coded error when the file becomes shorter', async () => {
    const root = await folderWith({ 'a.jsonl': lines(60_000, (i) => `{"id":${i},"name":"n","v":1}\n`) });
    const source = openSource([root], { path: 'a.jsonl', mmap: 'true', 'mmap.threads': '1', 'mmap.range_bytes': '16384' });
    const seen: Scalar[][] = [];
    const reading = (async () => {
      const request = { fields: [], system: [], predicates: [], from: undefined, signal: new AbortController().signal, maxBatchRows: 100 };
      for await (const { batch } of source.read(request)) {
        if (seen.length === 0) await truncate(join(root, 'a.jsonl'), 1000);
        seen.push([batch.length]);
      }
    })();
    await expect(reading).rejects.toMatchObject({ code: 'VS4317' });
  });

  test('stop when nobody reads on, and on abort', async () => {
    const root = await folderWith({ 'a.jsonl': lines(20_000, (i) => `{"id":${i},"name":"n","v":1}\n`) });
    const open = () => openSource([root], { path: 'a.jsonl', mmap: 'true', 'mmap.range_bytes': '4096' });
    const request = { fields: [], system: [], predicates: [], from: undefined, maxBatchRows: 10 };
    for await (const _ of open().read({ ...request, signal: new AbortController().signal })) break;
    const stop = new AbortController();
    let batches = 0;
    for await (const _ of open().read({ ...request, signal: stop.signal })) if (++batches === 3) stop.abort();
    expect(batches).toBe(3);
  });
});
