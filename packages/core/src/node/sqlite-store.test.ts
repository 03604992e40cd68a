import { once } from 'node:events';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { DatabaseSync } from 'node:sqlite';
import { Worker } from 'node:worker_threads';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import type { StudioStore } from '../protocol/studio/store.ts';
import { memoryStore } from '../sessions/memory-store.ts';
import { sqliteStore } from './sqlite-store.node.ts';

let folder = '';
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'velo-store-'));
});
afterEach(() => rmSync(folder, { recursive: true, force: true }));

const STORES: readonly [string, () => StudioStore][] = [
  ['memory', memoryStore],
  ['sqlite', () => sqliteStore({ path: join(folder, 'studio.db') })],
];

describe.each(STORES)('the %s store', (_name, open) => {
  test('gives back what was put, newest first, and forgets what was deleted', async () => {
    const store = open();
    await store.put('notebooks', { id: 'a', updatedAt: 1, summary: { name: 'A' }, document: { text: 'one' } });
    await store.put('notebooks', { id: 'b', updatedAt: 2, summary: { name: 'B' }, document: { big: 10n ** 20n } });
    await store.put('apps', { id: 'a', updatedAt: 3, summary: {}, document: 7 });
    await store.put('notebooks', { id: 'a', updatedAt: 5, summary: { name: 'A2' }, document: { text: 'two' } });
    expect(await store.list('notebooks')).toEqual([
      { id: 'a', updatedAt: 5, summary: { name: 'A2' } },
      { id: 'b', updatedAt: 2, summary: { name: 'B' } },
    ]);
    expect(await store.get('notebooks', 'a')).toEqual({ text: 'two' });
    expect(await store.get('notebooks', 'b')).toEqual({ big: '100000000000000000000' });
    expect(await store.delete('notebooks', 'a')).toBe(true);
    expect(await store.delete('notebooks', 'a')).toBe(false);
    expect(await store.get('notebooks', 'a')).toBeUndefined();
    expect(await store.get('apps', 'a')).toBe(7);
    await store.close();
  });

  test('replaces only the revision that is stored', async () => {
    const store = open();
    const put = (revision: number, before: number) =>
      store.replace?.('notebooks', { id: 'a', updatedAt: revision, summary: { revision }, document: { revision } }, before);
    expect([await put(1, 0), await put(1, 0), await put(2, 1), await put(2, 1), await put(9, 3)]).toEqual([
      true,
      false,
      true,
      false,
      false,
    ]);
    expect(await store.get('notebooks', 'a')).toEqual({ revision: 2 });
    await store.delete('notebooks', 'a');
    expect(await put(3, 2)).toBe(false);
    await store.put('notebooks', { id: 'a', updatedAt: 1, summary: { name: 'old' }, document: {} });
    expect([await put(1, 1), await put(1, 0)]).toEqual([false, true]);
    await store.close();
  });

  test('lends a name to one holder until its time is over or it gives it back', async () => {
    const store = open();
    const ask = (holder: string, now: number) => store.lease?.({ name: 'd', holder, now, ttlMs: 100 });
    expect(await ask('a', 0)).toBe(true);
    expect(await ask('b', 50)).toBe(false);
    expect(await ask('a', 90)).toBe(true);
    expect(await ask('b', 150)).toBe(false);
    expect(await ask('b', 190)).toBe(true);
    expect(await ask('a', 200)).toBe(false);
    await store.release?.('d', 'a');
    expect(await ask('a', 210)).toBe(false);
    await store.release?.('d', 'b');
    expect(await ask('a', 220)).toBe(true);
    await store.close();
  });

  test('keeps whose a document is beside it', async () => {
    const store = open();
    const owner = { id: 'olga', tenant: 'acme' };
    await store.put('apps', { id: 'a', updatedAt: 1, summary: { owner }, document: { owner } });
    expect([await store.list('apps'), await store.get('apps', 'a')]).toMatchObject([[{ summary: { owner } }], { owner }]);
    await store.close();
  });
});

describe('a SQLite file', () => {
  test('keeps its documents for the next process', async () => {
    const path = join(folder, 'studio.db');
    const first = sqliteStore({ path });
    await first.put('notebooks', { id: 'a', updatedAt: 1, summary: {}, document: { text: "it's; DROP TABLE documents" } });
    await first.close();
    const second = sqliteStore({ path });
    expect(await second.get('notebooks', 'a')).toEqual({ text: "it's; DROP TABLE documents" });
    await second.close();
  });

  test('of an older version is brought up to date', async () => {
    const path = join(folder, 'old.db');
    const db = new DatabaseSync(path);
    db.exec(`CREATE TABLE documents (collection TEXT NOT NULL, id TEXT NOT NULL, updated_at INTEGER NOT NULL, summary TEXT NOT NULL,
      document TEXT NOT NULL, PRIMARY KEY (collection, id)) WITHOUT ROWID; INSERT INTO documents VALUES ('notebooks','a',1,'{}','{"old":true}');
      PRAGMA user_version = 1`);
    db.close();
    const store = sqliteStore({ path });
    expect(await store.get('notebooks', 'a')).toEqual({ old: true });
    await store.close();
    const after = new DatabaseSync(path);
    expect(after.prepare('PRAGMA user_version').get()).toEqual({ user_version: 3 });
    after.close();
  });

  test('of a newer version is refused', () => {
    const path = join(folder, 'new.db');
    const db = new DatabaseSync(path);
    db.exec('PRAGMA user_version = 99');
    db.close();
    expect(() => sqliteStore({ path })).toThrow(/newer version/);
  });
});

test('a file that another process is just making is taken as that one leaves it', async () => {
  const [made, path] = [join(folder, 'made.db'), join(folder, 'studio.db')];
  await sqliteStore({ path: made }).close();
  const old = new DatabaseSync(made);
  const tables = old.prepare('SELECT sql FROM sqlite_master WHERE sql IS NOT NULL ORDER BY rowid').all();
  const { user_version: version } = old.prepare('PRAGMA user_version').get() as { user_version: number };
  old.close();
  // It holds the file while this thread opens it, and is done a moment later.
  const other = new Worker(
    `const { DatabaseSync } = require('node:sqlite');
     const { parentPort, workerData: { path, sql } } = require('node:worker_threads');
     const db = new DatabaseSync(path);
     db.exec('PRAGMA journal_mode = WAL; BEGIN IMMEDIATE; ' + sql);
     parentPort.postMessage('holds it');
     Atomics.wait(new Int32Array(new SharedArrayBuffer(4)), 0, 0, 300);
     db.exec('COMMIT');
     db.close();`,
    { eval: true, workerData: { path, sql: `${tables.map(({ sql }) => sql).join(';')}; PRAGMA user_version = ${version}` } },
  );
  await once(other, 'message');
  const store = sqliteStore({ path });
  await store.put('notebooks', { id: 'a', updatedAt: 1, summary: {}, document: 7 });
  expect(await store.get('notebooks', 'a')).toBe(7);
  await store.close();
  await once(other, 'exit');
});
