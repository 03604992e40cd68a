import { afterEach, describe, expect, test } from 'vitest';
import { service } from '../../../../../../test/services.ts';
import { systemScheduler as scheduler } from '../../../engine/default-ports.ts';
import { createGateway, type GatewaySession } from './gateway.ts';
import { createFlinkJobs } from './jobs.ts';

const flink = service('flink');
const open: (() => Promise<unknown>)[] = [];
afterEach(async () => {
  for (const close of open.splice(0).reverse()) await close();
});

type Skipping = Parameters<typeof flink.require>[0];

async function session(context: Skipping, properties: Record<string, string> = {}): Promise<GatewaySession> {
  const { VELO_FLINK_GATEWAY: url } = flink.require(context);
  const made = await createGateway({ url, scheduler }).open(properties);
  open.push(() => made.close());
  return made;
}

const jobsOf = (context: Skipping) => createFlinkJobs({ url: flink.require(context).VELO_FLINK_REST, scheduler });
const NUMBERS = "CREATE TEMPORARY TABLE numbers (id BIGINT) WITH ('connector' = 'datagen', 'rows-per-second' = '50')";
const NOWHERE = "CREATE TEMPORARY TABLE nowhere (id BIGINT) WITH ('connector' = 'blackhole')";

describe('a session of a real SQL Gateway', () => {
  test('answers rows with their digits, types and end', async (context) => {
    const gateway = await session(context);
    const result = await gateway.run(
      "SELECT * FROM (VALUES (9007199254740993, CAST(2.50 AS DECIMAL(10, 2)), ARRAY['a'], CAST(NULL AS INT))) AS t (big, price, tags, nothing)",
    );
    expect(result.columns.map(({ name, logicalType }) => [name, logicalType.type])).toEqual([
      ['big', 'BIGINT'],
      ['price', 'DECIMAL'],
      ['tags', 'ARRAY'],
      ['nothing', 'INTEGER'],
    ]);
    expect(result.rows).toEqual([{ kind: 'INSERT', values: [9007199254740993n, '2.50', ['a'], null] }]);
  });

  test('knows its settings, and those that it was opened with', async (context) => {
    const gateway = await session(context, { 'parallelism.default': '3' });
    expect(await gateway.properties()).toMatchObject({ 'parallelism.default': '3' });
  });

  test('gives pages of a query without end until it is left', async (context) => {
    const gateway = await session(context);
    await gateway.run(NUMBERS);
    const operation = await gateway.execute('SELECT id FROM numbers');
    let seen = 0;
    for await (const page of operation.pages()) {
      seen += page.length;
      if (seen >= 20) break;
    }
    expect(operation.isQuery).toBe(true);
    expect(await jobsOf(context).ended(operation.jobId as string)).toBe('CANCELED');
  });

  test('rejects a statement with its place and nothing of the trace', async (context) => {
    const gateway = await session(context);
    await gateway.run(NUMBERS);
    const places: unknown[] = [];
    const reject = (detail: string, place: unknown): Error => {
      places.push(place);
      return new Error(detail);
    };
    await expect(gateway.run('SELECT missing FROM numbers', { reject })).rejects.toThrow(/^Column 'missing' not found in any table$/);
    expect(places).toEqual([{ line: 1, column: 8, endLine: 1, endColumn: 14 }]);
    await expect(gateway.run('SELEC 1')).rejects.toMatchObject({ code: 'VS5933', details: { sql: 'SELEC 1' } });
  });

  test('leaves a statement when it is told to', async (context) => {
    const gateway = await session(context);
    await gateway.run(NUMBERS);
    const leave = new AbortController();
    const asked = gateway.run('SELECT COUNT(*) FROM numbers WHERE id < 0', { signal: leave.signal });
    leave.abort();
    await expect(asked).rejects.toMatchObject({ code: 'VS5939' });
  });

  test('stops at more rows than are wanted', async (context) => {
    const gateway = await session(context);
    await gateway.run(NUMBERS);
    await expect(gateway.run('SELECT id FROM numbers', { rowsMax: 5 })).rejects.toMatchObject({ code: 'VS5938' });
  });
});

describe('jobs of a real cluster', () => {
  test('run, take savepoints, stop with one, go on from it and are cancelled', async (context) => {
    const { VELO_FLINK_SAVEPOINTS: directory } = flink.require(context);
    const jobs = jobsOf(context);
    const start = async (more: Record<string, string> = {}): Promise<string> => {
      const gateway = await session(context, { 'pipeline.name': 'clients', 'execution.checkpointing.interval': '200 ms', ...more });
      await gateway.run(NUMBERS);
      await gateway.run(NOWHERE);
      const { jobId } = await gateway.run('INSERT INTO nowhere SELECT id FROM numbers');
      open.push(() => jobs.cancel(jobId as string));
      await expect.poll(async () => (await jobs.checkpoints(jobId as string)).counts.completed, { timeout: 20_000 }).toBeGreaterThan(0);
      return jobId as string;
    };
    const first = await start();
    expect(await jobs.detail(first)).toMatchObject({ name: 'clients', state: 'RUNNING' });
    expect(await jobs.checkpointSettings(first)).toMatchObject({ mode: 'exactly_once', interval: 200 });
    await expect.poll(() => jobs.metrics(first, ['numRestarts'])).toEqual({ numRestarts: 0 });
    expect(await jobs.savepoint(first, { directory, job: 'clients' })).toContain('savepoint-');
    const path = await jobs.stopWithSavepoint(first, { directory, job: 'clients' });
    expect((await jobs.detail(first))?.state).toBe('FINISHED');
    const second = await start({ 'execution.state-recovery.path': path });
    expect((await jobs.checkpoints(second)).counts.restored).toBe(1);
    await expect(jobs.stopWithSavepoint(second, { directory: 'file:///proc/none', job: 'clients' })).rejects.toMatchObject({
      code: 'VS5936',
    });
    await jobs.cancel(second);
    expect((await jobs.detail(second))?.state).toBe('CANCELED');
    await jobs.disposeSavepoint(path);
    expect(await jobs.detail('0'.repeat(32))).toBeUndefined();
  });
});
