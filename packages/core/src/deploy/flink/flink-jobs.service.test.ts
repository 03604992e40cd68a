import { afterEach, describe, expect, test } from 'vitest';
import { service } from '../../../../../test/services.ts';
import { systemScheduler as scheduler } from '../../engine/default-ports.ts';
import type { Deployment } from '../../protocol/studio/deployment.ts';
import { memoryStore } from '../../sessions/memory-store.ts';
import { type FlinkScript, type FlinkStatement, toFlink } from '../../sql/flink/index.ts';
import { createDeployments } from '../create-deployments.ts';
import { memoryFs } from '../embedded/memory-fs.ts';
import { createFlinkJobs } from './client/jobs.ts';
import type { FlinkPrinter } from './compose-jobs.ts';
import { flinkWith } from './flink-target.ts';

/** Jobs over Flink's own generator and sink, by scripts written by hand: what becomes of them on a real cluster, whatever the SQL. */
const flink = service('flink');
type Skipping = Parameters<typeof flink.require>[0];
const open: (() => Promise<unknown>)[] = [];
afterEach(async () => {
  for (const close of open.splice(0).reverse()) await close();
});

const CANARY = "can'ary-7c1d";
const statement = (kind: FlinkStatement['kind'], sql: string): FlinkStatement => ({
  kind,
  sql,
  origin: { start: 0, end: 40 },
  verdict: 'same',
  reasons: [],
});
const numbers = (more = '') =>
  statement(
    'table',
    `CREATE TEMPORARY TABLE numbers (id BIGINT, big INT) WITH ('connector' = 'datagen', 'rows-per-second' = '200'${more})`,
  );
const nowhere = (more = '') => statement('table', `CREATE TEMPORARY TABLE nowhere (n BIGINT) WITH ('connector' = 'blackhole'${more})`);
const insert = (select: string) => statement('insert', `INSERT INTO nowhere ${select}`);
const script = (...statements: FlinkStatement[]): FlinkScript => ({ statements, verdict: 'same', secrets: new Map() });
const RUNS = script(numbers(), nowhere(), insert('SELECT COUNT(*) FROM numbers'));

const schemas = { numbers: { columns: [{ name: 'id', type: 'INTEGER' }] } };
const subject = (sql: string) => ({
  app: { name: 'Counts', queries: [{ name: 'Count', sql, sink: 'kafka://nobody:1/nowhere' }] },
  schemas,
  sources: { numbers: { uri: 'kafka://nobody:1/numbers' } },
});
const COUNT = 'SELECT COUNT(*) AS n FROM numbers EMIT CHANGES';

function host(context: Skipping, print: FlinkPrinter, more: { readonly fs?: ReturnType<typeof memoryFs>; readonly name?: string } = {}) {
  const env = flink.require(context);
  const fs = more.fs ?? memoryFs();
  const target = flinkWith(print, {
    gatewayUrl: env.VELO_FLINK_GATEWAY,
    restUrl: env.VELO_FLINK_REST,
    savepointDirectory: env.VELO_FLINK_SAVEPOINTS,
    checkpointIntervalMs: 200,
    pollMs: 200,
    startTimeoutMs: 30_000,
    fs,
  });
  const store = memoryStore();
  const deployments = createDeployments({ targets: [target], allowUnapproved: true, store });
  const name = more.name ?? `counts-${Math.random().toString(36).slice(2, 8)}`;
  open.push(async () => {
    for (const { id } of await deployments.list()) await deployments.delete(id);
  });
  return { deployments, fs, store, target, options: { name, target: 'flink', approve: 'auto' as const } };
}

const only = (deployment: Deployment) => deployment.jobs[0]!;
const running = async (context: Skipping, name: string) =>
  (await createFlinkJobs({ url: flink.require(context).VELO_FLINK_REST, scheduler }).list()).filter(
    (job) => job.name.startsWith(name) && job.state === 'RUNNING',
  );

describe('a job on a real cluster', () => {
  test('runs, stops with a savepoint, goes on from it, and is deleted with all it left', async (context) => {
    const { deployments, fs, options } = host(context, () => RUNS);
    const made = await deployments.deploy(subject(COUNT), options);
    expect(only(made)).toMatchObject({ status: 'running', guarantee: 'at least once: the sink does not commit with the state' });
    await expect.poll(async () => only(await deployments.get(made.id)).metrics.recordsIn, { timeout: 20_000 }).toBeGreaterThan(100);
    const seen = only(await deployments.get(made.id));
    expect(seen.metrics).toMatchObject({ errors: 0, restarts: 0, watermark: null });
    await expect.poll(async () => only(await deployments.get(made.id)).metrics.recordsPerSecond, { timeout: 20_000 }).toBeGreaterThan(0);
    await expect.poll(async () => only(await deployments.get(made.id)).metrics.stateBytes, { timeout: 10_000 }).toBeGreaterThan(0);
    expect(await deployments.metricsText()).toMatch(new RegExp(`velo_job_up\\{job_name="${made.id}_q1"\\} 1\n`));
    expect(await deployments.metricsText()).not.toContain('velo_job_state_rows');

    expect(only(await deployments.pause(made.id)).status).toBe('paused');
    expect(await running(context, made.id)).toEqual([]);
    expect(only(await deployments.resume(made.id)).status).toBe('running');
    expect((await deployments.logs(made.id)).at(-1)?.message).toMatch(/^started as \w+ from file:.*savepoint-/);
    expect(only(await deployments.stop(made.id)).status).toBe('stopped');
    expect((await deployments.get(made.id)).status).toBe('stopped');
    expect(only(await deployments.start(made.id)).status).toBe('running');
    expect(only(await deployments.restart(made.id)).status).toBe('running');
    expect(await running(context, made.id)).toHaveLength(1);
    await deployments.delete(made.id);
    expect(await running(context, made.id)).toEqual([]);
    expect(await fs.list(`.velo/flink/${made.id}`)).toEqual([]);
  });

  test('goes back to the version before, with the state of that version', async (context) => {
    let script1 = RUNS;
    const { deployments, options } = host(context, () => script1);
    const first = await deployments.deploy(subject(COUNT), options);
    script1 = script(numbers(), nowhere(), insert('SELECT big FROM numbers WHERE big > 5'));
    const second = await deployments.deploy(subject('SELECT id AS n FROM numbers WHERE id > 5'), options);
    expect([second.version, only(second).status]).toEqual([2, 'running']);
    expect((await deployments.logs(first.id)).at(-1)?.message).toMatch(/^started as \w+$/);
    script1 = RUNS;
    const back = await deployments.rollback(first.id);
    expect([back.version, only(back).status]).toEqual([1, 'running']);
    expect((await deployments.logs(first.id)).at(-1)?.message).toMatch(/ from file:.*savepoint-/);
    expect(await running(context, first.id)).toHaveLength(1);
  });

  test('runs on when the host ends, and is found again by the next one', async (context) => {
    const first = host(context, () => RUNS);
    const made = await first.deployments.deploy(subject(COUNT), first.options);
    const [before] = await running(context, made.id);
    await first.deployments.close();
    const next = createDeployments({ targets: [first.target], allowUnapproved: true, store: first.store });
    const [found] = await next.restore(async () => subject(COUNT).sources);
    expect(only(found!)).toMatchObject({ status: 'running', guarantee: 'at least once: the sink does not commit with the state' });
    expect((await running(context, made.id)).map((job) => job.jid)).toEqual([before?.jid]);
    expect((await next.logs(made.id)).at(-1)?.message).toMatch(/^it runs already as/);
    await next.delete(made.id);
  });

  test('that fails at its start leaves nothing behind, and says why at the place', async (context) => {
    const { deployments, options } = host(context, () => script(numbers(), nowhere(), insert('SELECT nosuch FROM numbers')));
    const made = await deployments.deploy(subject(COUNT), options);
    expect(made.steps.find((step) => step.kind === 'job')).toMatchObject({
      status: 'failed',
      message: "Flink does not accept the statement: Column 'nosuch' not found in any table",
    });
    expect([made.status, only(made).error?.code]).toEqual(['failed', 'VS5933']);
    await expect(deployments.deploy(subject(COUNT), { ...options, atomic: true })).rejects.toMatchObject({ reason: 'deploy-failed' });
  });

  test('whose SQL the cluster does not accept says where, in the SQL of the query', async (context) => {
    // A column that the cluster does not have, behind two statements and within a set of inserts.
    const print: FlinkPrinter = (sql, given) => {
      const found = toFlink(sql, given);
      const altered = found.statements.map((each) =>
        each.kind === 'table' ? { ...each, sql: each.sql.replace('`price`', '`cost`') } : each,
      );
      return { ...found, statements: altered };
    };
    const { deployments, options } = host(context, print);
    const sql = 'SELECT id,\n  price * 2 AS twice\nFROM trades';
    const trades = {
      columns: [
        { name: 'id', type: 'INTEGER' },
        { name: 'price', type: 'INTEGER' },
      ],
    };
    const app = { name: 'Twice', queries: [{ name: 'Copy', sql, sink: 'kafka://nobody:1/copies' }] };
    const sources = { trades: { uri: 'kafka://nobody:1/trades', schema: trades } };
    const made = await deployments.deploy({ app, schemas: { trades }, sources }, options);
    const { error } = only(made);
    expect(error).toMatchObject({ code: 'VS5933', message: expect.stringContaining("'price' not found") });
    expect(sql.slice(error?.span?.start, error?.span?.end)).toBe('price');
  });

  test('that fails while it runs says so, and a restart goes on from its last checkpoint', async (context) => {
    // Ends with a division by zero after a while.
    const fails = script(
      numbers(", 'fields.big.kind' = 'sequence', 'fields.big.start' = '1', 'fields.big.end' = '5000'"),
      nowhere(),
      insert('SELECT SUM(100 / (600 - big)) FROM numbers'),
    );
    const { deployments, options, target } = host(context, () => fails);
    expect(target.capabilities.savepoint).toBe(true);
    const made = await deployments.deploy(subject(COUNT), { ...options, checkpointIntervalMs: 100 });
    await expect.poll(async () => only(await deployments.get(made.id)).status, { timeout: 30_000 }).not.toBe('running');
    await deployments.stop(made.id);
    expect(only(await deployments.get(made.id)).status).toBe('stopped');
    expect((await deployments.logs(made.id)).map((line) => line.message).join('\n')).toMatch(/stopped, its state is at file:.*chk-/);
    // It comes to the same record again, sooner or later.
    await deployments.start(made.id).catch(() => undefined);
    expect((await deployments.logs(made.id)).findLast((line) => line.message.startsWith('started'))?.message).toMatch(/from file:.*chk-/);
  });

  test('shows a credential in no log, error or record', async (context) => {
    const secret = script(numbers(), nowhere(", 'password' = '{{secret:sink.password}}'"), insert('SELECT COUNT(*) FROM numbers'));
    const { deployments, fs, options } = host(context, () => ({ ...secret, secrets: new Map([['{{secret:sink.password}}', CANARY]]) }));
    const made = await deployments.deploy(subject(COUNT), options);
    // The connector knows no such option, and says so with all that it was given.
    expect(only(made).error?.message).toContain('password');
    const file = new TextDecoder().decode(await fs.read(`.velo/flink/${made.id}/flink.json`));
    const seen = JSON.stringify([made, await deployments.logs(made.id, { limit: 1000 }), file]);
    expect(seen).toContain('{{secret:sink.password}}');
    for (const written of [CANARY, CANARY.replace("'", "''")]) expect(seen).not.toContain(written);
  });
});
