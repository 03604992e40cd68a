import { mkdtemp, rm } from 'node:fs/promises';
import { type AddressInfo, connect, createServer } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { postgres } from '@velostream/connectors/postgres';
import { createEngine, runJob } from '@velostream/core';
import { defineConnector } from '@velostream/core/connect';
import { columnFromScalars, decimal, INTEGER, NO_META, Op, type Scalar, STRING } from '@velostream/core/connect/formats';
import { resolveOptions } from '@velostream/core/connect/options';
import { fileSystem } from '@velostream/core/node';
import { afterAll, describe, expect, type TestContext, test } from 'vitest';
import { service } from '../../../test/services.ts';
import { HOST, type TestDatabase, testDatabase } from './postgres.fixture.ts';

const server = service('postgres');
const cleanups: (() => Promise<unknown>)[] = [];
const { signal } = new AbortController();
afterAll(async () => {
  for (const cleanup of cleanups.reverse()) await cleanup();
});

async function databaseFor(context: TestContext): Promise<TestDatabase> {
  const database = await testDatabase(server.require(context));
  cleanups.push(() => database.drop());
  await database.sql('CREATE TABLE target (id int PRIMARY KEY, name text, total numeric(12,2))');
  return database;
}

const FIELDS = [
  { name: 'id', type: INTEGER, nullable: false },
  { name: 'name', type: STRING, nullable: true },
  { name: 'total', type: decimal(12, 2), nullable: true },
];
const batchOf = (rows: readonly (readonly [number, string | null, number | null])[], ops?: readonly number[]) => ({
  keys: null,
  batch: {
    length: rows.length,
    columns: FIELDS.map((field, c) =>
      columnFromScalars(
        field.type,
        rows.map((row) => row[c] as Scalar),
      ),
    ),
    meta: NO_META,
    ops: ops === undefined ? null : Uint8Array.from(ops),
    watermarks: null,
  },
});
const sinkOf = async (database: TestDatabase, more: Readonly<Record<string, unknown>> = {}) => {
  const definition = postgres();
  const sink = definition.sink!(resolveOptions(definition, { ...database.options, table: 'target', ...more }), HOST);
  await sink.open(FIELDS, signal);
  return sink;
};
const rowsIn = async (database: TestDatabase) =>
  (await database.sql('SELECT * FROM target ORDER BY id')).map(({ id, name, total }) => [Number(id), name, total]);

describe('writing by key', () => {
  test('inserts, updates and deletes, the last change of a key counting', async (context) => {
    const database = await databaseFor(context);
    await database.sql("INSERT INTO target VALUES (1, 'old', 1), (2, 'old', 2), (3, 'old', 3)");
    const sink = await sinkOf(database, { batch_rows: 4 });
    const { insert, updateBefore, updateAfter, delete: gone } = Op;
    await sink.write(
      batchOf(
        [
          [1, 'old', 100],
          [1, 'new', 150],
          [2, 'old', 200],
          [4, 'four', 400],
          [4, 'four', 400],
          [4, 'vier', 401],
          [5, 'x', 1],
          [5, 'x', 1],
          [3, 'old', 300],
          [30, 'moved', 300],
        ],
        [updateBefore, updateAfter, gone, insert, updateBefore, updateAfter, insert, gone, updateBefore, updateAfter],
      ),
      signal,
    );
    await sink.commit(1);
    await sink.close('complete');
    expect(await rowsIn(database)).toEqual([
      [1, 'new', '1.50'],
      [4, 'vier', '4.01'],
      [30, 'moved', '3.00'],
    ]);
  });

  test('refuses deletions without a key, keys that are not written, and columns that are not there', async (context) => {
    const database = await databaseFor(context);
    const plain = await sinkOf(database, { write_mode: 'insert' });
    await expect(plain.write(batchOf([[1, 'a', 1]], [Op.delete]), signal)).rejects.toMatchObject({ code: 'VS4607' });
    await plain.close('abort');
    await expect(sinkOf(database, { key: 'other' })).rejects.toMatchObject({ code: 'VS4607' });
    await database.sql('ALTER TABLE target DROP COLUMN name');
    await expect(sinkOf(database)).rejects.toMatchObject({ code: 'VS4612' });
  });

  test('tells a value that the server refuses, and leaves nothing', async (context) => {
    const database = await databaseFor(context);
    const sink = await sinkOf(database, { key: 'id' });
    await sink.write(batchOf([[1, 'fine', 1]]), signal);
    await expect(sink.write(batchOf([[2, 'with \0', 1]]), signal)).rejects.toMatchObject({ code: 'VS4608' });
    await sink.close('abort');
    expect(await rowsIn(database)).toEqual([]);
  });
});

describe('a job', () => {
  test('stops a writer that was replaced, without its rows', async (context) => {
    const database = await databaseFor(context);
    const first = await sinkOf(database, { job: 'one' });
    await first.write(batchOf([[1, 'first', 1]]), signal);
    const second = await sinkOf(database, { job: 'one' });
    await expect(first.commit(1)).rejects.toMatchObject({ code: 'VS4610', reason: 'writer-fenced' });
    await first.close('abort');
    await second.write(batchOf([[2, 'second', 1]]), signal);
    await second.commit(1);
    await second.close('abort');
    expect(await rowsIn(database)).toEqual([[2, 'second', '0.01']]);
  });

  test('finds what it committed, and adds nothing when that epoch comes again', async (context) => {
    const database = await databaseFor(context);
    const sink = await sinkOf(database, { job: 'lost' });
    await sink.write(batchOf([[1, 'a', 1]]), signal);
    await sink.commit(1, { checkpoint: 'c-1', positions: [] });
    await sink.close('abort');
    const again = await sinkOf(database, { job: 'lost' });
    expect(await again.recover?.()).toEqual({ epoch: 1, checkpoint: 'c-1' });
    await again.write(batchOf([[1, 'again', 2]]), signal);
    await again.commit(1, { checkpoint: 'c-1', positions: [] });
    expect(await rowsIn(database)).toEqual([[1, 'a', '0.01']]);
    await again.close('abort');
  });

  test('knows that a commit took place whose answer was lost with the connection', async (context) => {
    const database = await databaseFor(context);
    let isCut = false;
    const proxy = createServer((client) => {
      const upstream = connect(Number(database.options['port']), String(database.options['host']));
      for (const socket of [client, upstream]) socket.on('error', () => {});
      client.on('data', (bytes) => {
        upstream.write(bytes);
        if (isCut || !bytes.includes('COMMIT')) return;
        isCut = true;
        // The server commits and says so; nobody hears it.
        upstream.removeAllListeners('data');
        upstream.once('data', () => client.destroy());
      });
      upstream.on('data', (bytes) => client.write(bytes));
      client.on('close', () => upstream.destroy());
      upstream.on('close', () => client.destroy());
    });
    await new Promise<void>((done) => proxy.listen(0, '127.0.0.1', done));
    cleanups.push(() => new Promise((done) => proxy.close(done)));
    const sink = await sinkOf(database, { job: 'answer', host: '127.0.0.1', port: (proxy.address() as AddressInfo).port });
    await sink.write(batchOf([[1, 'a', 1]]), signal);
    await sink.commit(1);
    expect(isCut).toBe(true);
    await sink.write(batchOf([[2, 'b', 2]]), signal);
    await sink.commit(2);
    await sink.close('abort');
    expect(await rowsIn(database)).toEqual([
      [1, 'a', '0.01'],
      [2, 'b', '0.02'],
    ]);
  });

  test('that is stopped at any moment and started again writes every row once', async (context) => {
    const database = await databaseFor(context);
    await database.sql('CREATE TABLE log (id int, name text)');
    const directory = await mkdtemp(join(tmpdir(), 'velo-pg-job-'));
    cleanups.push(() => rm(directory, { recursive: true }));
    const count = 3000;
    const random = seeded(7);
    const credentials = { credentials: () => ({ user: String(database.options['user']), password: String(database.options['password']) }) };
    const uri = `postgres://${database.options['host']}:${database.options['port']}/${database.name}`;
    const sql = `CREATE STREAM out AS SELECT id, name FROM 'numbers://x' INTO '${uri}?table=log&job=stopped&write_mode=insert'`;
    let isDone = false;
    let runs = 0;
    for (; runs < 40 && !isDone; runs++) {
      const stop = new AbortController();
      // By progress, not by the clock: a slow machine comes as far as a fast one. The last run is let through.
      const limit = 10 * Math.floor(10 + random() * 80);
      const given = (rows: number): void => {
        if (runs < 30 && rows >= limit) stop.abort();
      };
      const engine = createEngine({ connectors: [postgres(credentials), numbers(count, given)] });
      const job = runJob(engine, sql, { fs: fileSystem(), directory, everyMs: 20, signal: stop.signal });
      await job.done.then(
        () => {
          isDone = true;
        },
        () => {},
      );
      await engine.close();
    }
    expect(isDone).toBe(true);
    expect(runs).toBeGreaterThan(2);
    expect(await database.sql('SELECT count(*) AS n, count(DISTINCT id) AS ids, sum(id) AS total FROM log')).toEqual([
      { n: String(count), ids: String(count), total: String((count * (count - 1)) / 2) },
    ]);
  });
});

const seeded = (seed: number) => {
  let state = seed;
  return () => {
    state = (state * 1_103_515_245 + 12_345) % 2 ** 31;
    return state / 2 ** 31;
  };
};

/** Numbers that come slowly enough to be interrupted; a position is how many came. */
const numbers = (count: number, onRows: (given: number) => void) =>
  defineConnector<unknown>({
    name: 'numbers',
    schemes: ['numbers'],
    options: { names: [], safeParse: () => ({ success: true, data: {} }) },
    guarantees: { resume: true, sink: 'none' },
    fromUri: () => ({}),
    source: () => ({
      describe: async () => ({ fields: FIELDS.slice(0, 2), bounded: false, origin: 'declared' }),
      async *read({ fields, from, signal: stop }) {
        const first = (from as number | undefined) ?? 0;
        for (let at = first; at < count && !stop.aborted; at += 10) {
          const ids = Array.from({ length: Math.min(10, count - at) }, (_, i) => at + i);
          const columns = fields.map((field) => columnFromScalars(field.type, field.name === 'id' ? ids : ids.map((id) => `n${id % 7}`)));
          yield { batch: { length: ids.length, columns, meta: NO_META, ops: null, watermarks: null }, next: at + ids.length };
          onRows(at + ids.length - first);
          await new Promise((done) => setTimeout(done, 1));
        }
      },
    }),
  });

test('TLS is spoken where it is asked for, and a certificate that nobody vouches for is refused where it is checked', async (context) => {
  const variables = server.require(context);
  if (variables.VELO_POSTGRES_TLS !== 'yes') context.skip('the server speaks no TLS');
  const database = await databaseFor(context);
  const definition = postgres();
  const at = (more: Readonly<Record<string, unknown>>) =>
    definition.source!(resolveOptions(definition, { ...database.options, table: 'target', read_mode: 'batch', ...more }), HOST);
  expect((await at({ ssl_mode: 'require' }).describe(signal)).fields).toHaveLength(3);
  expect((await at({ ssl_mode: 'require', host: 'localhost' }).describe(signal)).fields).toHaveLength(3);
  await expect(at({ ssl_mode: 'verify-full' }).describe(signal)).rejects.toMatchObject({
    code: expect.stringMatching(/^VS450/),
    message: expect.stringContaining('certificate'),
  });
  const followed = definition.source!(resolveOptions(definition, { ...database.options, table: 'target', ssl_mode: 'require' }), HOST);
  const reader = followed
    .read({ fields: FIELDS, system: [], predicates: [], from: undefined, signal, maxBatchRows: 10 })
    [Symbol.asyncIterator]();
  expect((await reader.next()).done).toBe(false);
  await reader.return?.();
});
