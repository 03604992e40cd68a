import { truncate, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { gzipSync } from 'node:zlib';
import { resolveOptions } from '@velostream/core/connect/options';
import type { Explorer } from '@velostream/core/protocol/explore';
import { describe, expect, test } from 'vitest';
import { folderWith, HOST } from './files.fixture.ts';
import { files } from './files.ts';

const MIB = 1024 ** 2;

const explore = (root: string, path: string, more: Record<string, unknown> = {}): Explorer => {
  const definition = files({ roots: [root] });
  return definition.explore!(resolveOptions(definition, { path, ...more }), HOST);
};

/** A first record, and one that goes on to the end of the file: holes of a file are read as zeros and take no room on the disk. */
async function unending(name: string, bytes: number, start: string): Promise<string> {
  const root = await folderWith({ [name]: start });
  await truncate(join(root, name), bytes);
  return root;
}

describe('a look at a file in which no record ends', () => {
  test.each([
    ['jsonl', { }, '{"id":1}\n{"id":'],
    ['jsonl', { mmap: true }, '{"id":1}\n{"id":'],
    ['csv', {}, 'id,name\n1,a\n2,'],
    ['csv', { mmap: true }, 'id,name\n1,a\n2,'],
    ['json', {}, '[{"id":1},{"id":"'],
    ['json', { mmap: true }, '[{"id":1},{"id":"'],
  ])('%s %j', async (format, more, start) => {
    const root = await unending(`x.${format}`, 600 * MIB, start);
    const explorer = explore(root, '.', more);
    const t0 = performance.now();
    const r = await explorer.peek(`x.${format}`, { limit: 10, timeoutMs: 1500 }).catch((e) => e);
    console.log(format, more, Math.round(performance.now() - t0), r.coverage ?? r, r.rows);
    const t1 = performance.now();
    const i = await explorer.inspect(`x.${format}`, { timeoutMs: 1500 }).catch((e) => e);
    console.log('inspect', Math.round(performance.now() - t1), i.coverage ?? i);
    const t2 = performance.now();
    const l = await explorer.peek(`x.${format}`, { from: 'latest', timeoutMs: 1500 }).catch((e) => e);
    console.log('latest', Math.round(performance.now() - t2), l.coverage ?? l);
  }, 120000);
  test('gz', async () => {
    const root = await folderWith({});
    await writeFile(join(root, 'x.jsonl.gz'), gzipSync(Buffer.concat([Buffer.from('{"id":1}\n{"id":'), Buffer.alloc(300 * MIB)])));
    const explorer = explore(root, '.', {});
    const t0 = performance.now();
    const r = await explorer.peek('x.jsonl.gz', { limit: 10, timeoutMs: 300 }).catch((e) => e);
    console.log('gz', Math.round(performance.now() - t0), r.coverage ?? r, r.rows);
  }, 60000);
});
