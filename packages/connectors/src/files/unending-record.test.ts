import { truncate } from 'node:fs/promises';
import { join } from 'node:path';
import { gzipSync } from 'node:zlib';
import { resolveOptions } from '@velostream/core/connect/options';
import type { Explorer } from '@velostream/core/protocol/explore';
import { describe, expect, test } from 'vitest';
import { LookLimits } from '../tables/look-limits.ts';
import { folderWith, HOST, openSource, requestFor } from './files.fixture.ts';
import { files } from './files.ts';

const MIB = 1024 ** 2;

const explore = (root: string, more: Record<string, unknown> = {}): Explorer => {
  const definition = files({ roots: [root] });
  return definition.explore!(resolveOptions(definition, { path: '.', ...more }), HOST);
};

/** A first record, and one that goes on to the end of the file: holes of a file are read as zeros and take no room on the disk. */
async function unending(name: string, start: string, bytes = 400 * MIB): Promise<string> {
  const root = await folderWith({ [name]: start });
  await truncate(join(root, name), bytes);
  return root;
}

describe('a look at a file in which no record ends', () => {
  test.each([
    ['x.jsonl', {}, '{"id":1}\n{"id":'],
    ['x.jsonl', { mmap: true }, '{"id":1}\n{"id":'],
    ['x.csv', {}, 'id,name\n1,a\n2,'],
    ['x.csv', { mmap: true }, 'id,name\n1,a\n2,'],
    ['x.json', {}, '[{"id":1},{"id":"'],
    ['x.json', { mmap: true }, '[{"id":1},{"id":"'],
  ])('ends after a number of bytes: %s %j', async (name, more, start) => {
    const explorer = explore(await unending(name, start), more);
    const seen = await explorer.peek(name, { limit: 10 });
    expect(seen.rows).toMatchObject([{ id: 1 }]);
    expect(seen.coverage.stoppedBy).toBe('bytes');
    expect((await explorer.inspect(name, {})).coverage.stoppedBy).toBe('bytes');
  });

  test('ends after a number of unpacked bytes, too', async () => {
    // Letters that pack badly: what unpacks to far more than it is is refused before.
    const letters = Buffer.alloc(40 * MIB);
    for (let i = 0, seed = 1; i < letters.length; i++) {
      seed = (Math.imul(seed, 1_103_515_245) + 12_345) & 0x7fffffff;
      letters[i] = 97 + ((seed >> 16) % 16);
    }
    const root = await folderWith({ 'x.jsonl.gz': gzipSync(Buffer.concat([Buffer.from('{"id":1}\n{"id":"'), letters]), { level: 1 }) });
    const seen = await explore(root).peek('x.jsonl.gz', {});
    expect([seen.rows.length, seen.coverage.stoppedBy]).toEqual([1, 'bytes']);
  }, 120_000);

  test('ends when its time is over', async () => {
    const explorer = explore(await unending('x.jsonl', '{"id":1}\n{"id":'), { mmap: true, max_record_bytes: 1024 * MIB });
    expect((await explorer.peek('x.jsonl', { timeoutMs: 20 })).coverage.stoppedBy).toBe('time');
  });

  test('counts bytes from the last row on', () => {
    const limits = new LookLimits({ timeoutMs: 60_000, signal: undefined, longestRecord: 20 * MIB });
    for (let i = 0; i < 10; i++) {
      limits.bytes(30 * MIB);
      limits.rows(1);
    }
    expect(limits.stoppedBy).toBeUndefined();
    limits.bytes(30 * MIB);
    limits.rows(0);
    limits.bytes(11 * MIB);
    expect([limits.stoppedBy, limits.signal.aborted]).toEqual(['bytes', true]);
  });
});

test('a query that is cancelled does not wait for threads that decode', async () => {
  const root = await unending('x.jsonl', '{"id":1}\n{"id":', 2000 * MIB);
  const source = openSource([root], { path: 'x.jsonl', mmap: true, 'mmap.threads': 1 });
  const stop = new AbortController();
  const reading = source.read(requestFor('id INTEGER', { signal: stop.signal }))[Symbol.asyncIterator]();
  const next = reading.next();
  setImmediate(() => stop.abort());
  expect(await next).toEqual({ done: true, value: undefined });
});

test('a record over many ranges is gone through once', async () => {
  const root = await unending('x.jsonl', '{"id":1}\n{"id":', 100 * MIB);
  const source = openSource([root], { path: 'x.jsonl', mmap: true, 'mmap.threads': 2, 'mmap.range_bytes': MIB });
  let rows = 0;
  const bad: string[] = [];
  for await (const part of source.read(requestFor('id INTEGER'))) {
    rows += part.batch.length;
    bad.push(...(part.bad ?? []).map(({ error }) => error.code));
  }
  expect([rows, bad]).toEqual([1, ['VS4305']]);
}, 120_000);
