import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { s3 } from '@velostream/connectors/s3';
import { createEngine, runJob } from '@velostream/core';
import { defineConnector } from '@velostream/core/connect';
import { columnFromScalars, NO_META } from '@velostream/core/connect/formats';
import { resolveOptions } from '@velostream/core/connect/options';
import { fileSystem } from '@velostream/core/node';
import { describe, expect, onTestFinished, test } from 'vitest';
import { service } from '../../../test/services.ts';
import { fieldsOf } from '../src/formats/decode/decode-all.fixture.ts';
import { faultyProxy } from './faulty-proxy.fixture.ts';
import { HOST, testBucket } from './s3.fixture.ts';

const server = service('s3');
const FIELDS = fieldsOf('id INTEGER');
/** So many rows come at least. */
const ROWS_MIN = 1_500;
const sumTo = (n: number): number => (n < 1 ? 0 : (n * (n + 1)) / 2);

/** Numbers that come slowly enough to be interrupted, until `isEnough` of the next one; a position is how many came. */
const numbers = (isEnough: (next: number) => boolean) =>
  defineConnector<unknown>({
    name: 'numbers',
    schemes: ['numbers'],
    options: { names: [], safeParse: () => ({ success: true, data: {} }) },
    guarantees: { resume: true, sink: 'none' },
    fromUri: () => ({}),
    source: () => ({
      describe: async () => ({ fields: FIELDS, bounded: true, origin: 'declared' }),
      async *read({ fields, from, signal }) {
        for (let at = (from as number | undefined) ?? 0; !isEnough(at) && !signal.aborted; at += 10) {
          const ids = Array.from({ length: 10 }, (_, i) => at + i);
          const columns = fields.map((field) => columnFromScalars(field.type, ids));
          yield { batch: { length: ids.length, columns, meta: NO_META, ops: null, watermarks: null }, next: at + 10 };
          await new Promise((done) => setTimeout(done, 2));
        }
      },
    }),
  });

describe('a job that writes to a store', () => {
  // A request that is cut off when its answer is due has taken place, and the job does not know it.
  test.for(['before', 'after'] as const)(
    'whose connection dies %s a request took effect goes on exactly once',
    { timeout: 120_000 },
    async (moment, context) => {
      const bucket = await testBucket(server.require(context));
      const directory = await mkdtemp(join(tmpdir(), 'velo-s3-job-'));
      onTestFinished(() => rm(directory, { recursive: true }));
      let isDone = false;
      let runs = 0;
      let kills = 0;
      let total = 0;
      // Rows come until it was killed often enough: how many that takes is a matter of the machine.
      const source = numbers((next) => {
        total = next;
        return next >= ROWS_MIN && kills > 4;
      });
      for (; runs < 30 && !isDone; runs++) {
        // Later in each run: at the note of the start, at an object, at its note, …
        let left = 2 + runs;
        const proxy = await faultyProxy(bucket.endpoint, ({ method }) => {
          if (method !== 'PUT' || --left > 0) return { kind: 'pass' };
          kills++;
          return moment === 'before' ? { kind: 'drop' } : { kind: 'cut', after: 0 };
        });
        const uri = `s3://${bucket.bucket}/out/part.csv?job=totals&retries=0&request_timeout_ms=1500&endpoint=${encodeURIComponent(proxy.url)}`;
        const engine = createEngine({ connectors: [s3({ credentials: () => bucket.credentials }), source] });
        // A running sum over the last 1000 rows: state that a wrong restore would show.
        const sql = `CREATE STREAM out AS SELECT id, SUM(id) OVER (ORDER BY id) AS total FROM 'numbers://x' INTO '${uri}'`;
        const job = runJob(engine, sql, { fs: fileSystem(), directory, everyMs: 30 });
        await job.done.then(
          () => {
            isDone = left > 0;
          },
          () => {},
        );
        await engine.close();
        await proxy.close();
      }
      expect(isDone).toBe(true);
      expect(kills).toBeGreaterThan(4);
      const reader = createEngine({ connectors: [s3({ credentials: () => bucket.credentials })] });
      const rows = await reader
        .run(`SELECT id, total FROM 's3://${bucket.bucket}/out/?endpoint=${encodeURIComponent(bucket.endpoint)}'`)
        .rows();
      const expected = Array.from({ length: total }, (_, id) => ({ id, total: sumTo(id) - sumTo(id - 1_000) }));
      expect(rows.map((row) => ({ id: row['id'], total: row['total'] })).sort((a, b) => Number(a.id) - Number(b.id))).toEqual(expected);
    },
  );

  test('is stopped by its successor, without its rows', async (context) => {
    const bucket = await testBucket(server.require(context));
    const definition = s3({ credentials: () => bucket.credentials });
    const open = async () => {
      const sink = definition.sink!(resolveOptions(definition, { ...bucket.options, key: 'out.csv', job: 'j' }), HOST);
      await sink.open(FIELDS, new AbortController().signal);
      return sink;
    };
    const write = (sink: Awaited<ReturnType<typeof open>>, id: number) =>
      sink.write(
        {
          keys: null,
          batch: { length: 1, columns: [columnFromScalars(FIELDS[0]!.type, [id])], meta: NO_META, ops: null, watermarks: null },
        },
        new AbortController().signal,
      );
    const first = await open();
    await write(first, 1);
    const second = await open();
    await expect(first.commit(1, { checkpoint: 'c-1', positions: [] })).rejects.toMatchObject({ code: 'VS4610' });
    expect(await second.recover?.()).toBeNull();
    await write(second, 2);
    await second.commit(1, { checkpoint: 'c-1', positions: [] });
    await second.close('complete');
    expect(await (await open()).recover?.()).toEqual({ epoch: 1, checkpoint: 'c-1' });
    expect(new TextDecoder().decode(await bucket.get('out.csv'))).toBe('id\n2\n');
  });
});
