import { describe, expect, test } from 'vitest';
import { memory } from '../../src/connect/index.ts';
import { memoryFs } from '../../src/deploy/embedded/memory-fs.ts';
import { createDeployments, type EmbeddedOptions, embedded } from '../../src/deploy/index.ts';
import type { AppInput } from '../../src/protocol/studio/app.ts';
import type { Deployment } from '../../src/protocol/studio/deployment.ts';
import { memoryStore } from '../../src/sessions/memory-store.ts';

const schemas = {
  orders: {
    columns: [
      { name: 'id', type: 'INTEGER' },
      { name: 'region', type: 'STRING' },
      { name: 'total', type: 'INTEGER' },
    ],
  },
};
const rows = (from: number, to: number) =>
  Array.from({ length: to - from }, (_, i) => ({ id: from + i, region: (from + i) % 2 ? 'a' : 'b', total: from + i }));
const DOUBLE = '-- @metric: doubled\nSELECT id, total * 2 AS twice FROM orders';
const NEXT = 'SELECT id, twice + 1 AS more FROM doubled';
const chain: AppInput = {
  name: 'Chain',
  queries: [
    { name: 'Double', sql: DOUBLE, sink: 'doubled' },
    { name: 'Next', sql: NEXT, sink: 'memory://out' },
  ],
};

/** Rows that come when the test says so; a reader that begins anew gets all of them again. */
function controlled() {
  const all: object[] = [];
  let waiting: (() => void)[] = [];
  let ended = false;
  const wake = (): void => {
    for (const done of waiting) done();
    waiting = [];
  };
  return {
    push: (...more: object[]) => {
      all.push(...more);
      wake();
    },
    end: () => {
      ended = true;
      wake();
    },
    rows: {
      async *[Symbol.asyncIterator](): AsyncGenerator<object> {
        for (let at = 0; ; ) {
          while (at < all.length) yield all[at++] as object;
          if (ended) return;
          await new Promise<void>((resolve) => waiting.push(resolve));
        }
      },
    },
  };
}

async function until(look: () => unknown, what = 'it'): Promise<void> {
  for (let i = 0; i < 3000; i++) {
    if (await look()) return;
    await new Promise((resolve) => setTimeout(resolve, 5));
  }
  throw new Error(`${what} did not happen`);
}

function host(options: EmbeddedOptions = {}) {
  const store = memory();
  const kept = memoryStore();
  const fs = options.fs ?? memoryFs();
  const target = embedded({ checkpointEveryMs: 20, connectors: [store], fs, ...options });
  const deployments = createDeployments({ targets: [target], allowUnapproved: true, store: kept });
  return { store, kept, fs, deployments };
}

const subjectOf = (app: AppInput, input: unknown) => ({ app, schemas, sources: { orders: { rows: input, schema: schemas.orders } } });
const auto = (name: string) => ({ name, approve: 'auto' as const });
const job = (deployment: Deployment, queryId: string) => deployment.jobs.find((each) => each.queryId === queryId)!;

describe('an approval', () => {
  test('is needed, and must be of the plan that would be carried out now', async () => {
    const { deployments } = host();
    const subject = subjectOf(chain, rows(0, 3));
    const { hash } = await deployments.plan(subject, { name: 'x' });
    await expect(deployments.deploy(subject, { name: 'x' })).rejects.toMatchObject({ reason: 'plan-not-approved' });
    await expect(deployments.deploy(subject, { name: 'x', planHash: 'f'.repeat(32) })).rejects.toMatchObject({
      reason: 'plan-not-approved',
    });
    const strict = createDeployments({ targets: [embedded()] });
    await expect(strict.deploy(subject, auto('x'))).rejects.toMatchObject({ reason: 'plan-not-approved' });
    expect((await deployments.deploy(subject, { name: 'x', planHash: hash })).planHash).toBe(hash);
    await deployments.close();
  });

  test('does not help against what stands in the way', async () => {
    const { deployments } = host();
    const subject = { ...subjectOf(chain, []), sources: {} };
    const { hash } = await deployments.plan(subject, { name: 'x' });
    await expect(deployments.deploy(subject, { name: 'x', planHash: hash })).rejects.toMatchObject({ reason: 'plan-blocked' });
    await expect(deployments.deploy(subject, { name: 'x', target: 'moon' })).rejects.toMatchObject({ reason: 'unknown-target' });
  });
});

describe('an embedded deployment', () => {
  test('runs jobs that read one another by name', async () => {
    const { deployments, store } = host();
    const input = controlled();
    const { id } = await deployments.deploy(subjectOf(chain, input.rows), auto('chain'));
    input.push(...rows(0, 50));
    await until(() => store.rows('out').length === 50, 'the output');
    expect(store.rows('out')).toEqual(rows(0, 50).map((row) => ({ id: row.id, more: row.total * 2 + 1 })));
    const view = await deployments.get(id);
    expect(view.jobs.map((each) => [each.status, each.health])).toEqual([
      ['running', 'healthy'],
      ['running', 'healthy'],
    ]);
    expect(view.status).toBe('running');
    expect(view.steps.filter((s) => s.kind === 'job').map((s) => s.status)).toEqual(['done', 'done']);
    // Rows are counted when their batch is told, which may be after they came out.
    const counts: readonly RegExp[] = [
      /^velostream_doubled_total\{job="chain",query="double"\} 50$/m,
      /^velo_pipeline_operation_duration_seconds_bucket\{job_name="chain_q2",operation="sql_processing",le="\+Inf"\} 50$/m,
    ];
    for (const count of counts) await until(async () => count.test(await deployments.metricsText()), String(count));
    const counters = async () => job(await deployments.get(id), 'q2').metrics;
    await until(async () => (await counters()).recordsProcessed === 50 && (await counters()).consumerLag === 0, 'all counters');
    expect(await counters()).toMatchObject({ recordsIn: 50, recordsProcessed: 50, consumerLag: 0 });
    await deployments.close();
  });

  test('tells what its joins find, hold and give up', async () => {
    const { deployments } = host();
    const streams = { left: controlled(), right: controlled() };
    const row = (id: number, ts: number) => ({ id, ts });
    const schema = {
      columns: [
        { name: 'id', type: 'INTEGER' },
        { name: 'ts', type: 'TIMESTAMP' },
      ],
      eventTime: 'ts',
    };
    const app = {
      name: 'Joins',
      queries: [{ name: 'Paired', sql: 'SELECT l.id FROM l JOIN r ON l.id = r.id WITHIN 10s', sink: 'memory://out' }],
    };
    const sources = { l: { rows: streams.left.rows, schema }, r: { rows: streams.right.rows, schema } };
    await deployments.deploy({ app, schemas: { l: schema, r: schema }, sources }, auto('joins'));
    streams.left.push(row(1, 1000), row(2, 2000), row(3, 3000));
    streams.right.push(row(1, 1500), row(9, 1600));
    const text = () => deployments.metricsText();
    // Rows that find no partner are counted when their batch is told, which may be after the pair.
    const lines = ['left_records_total', 'right_records_total', 'matches_total', 'left_store_size', 'memory_pressure'].map(
      (name, i) => `velo_join_${name}{join_name="joins_q1"} ${[3, 2, 1, 3, 0][i]}\n`,
    );
    for (const line of lines) await until(async () => (await text()).includes(line), line);
    await deployments.close();
  });

  test('ends when its input does', async () => {
    const { deployments, store } = host();
    const { id } = await deployments.deploy(subjectOf(chain, rows(0, 20)), auto('chain'));
    await until(async () => (await deployments.get(id)).jobs.every((each) => each.status === 'finished'), 'the end');
    expect(store.rows('out')).toHaveLength(20);
    await deployments.close();
  });

  test('stops, starts, pauses and resumes job by job without losing or repeating a row', async () => {
    const { deployments, store } = host();
    const input = controlled();
    const { id } = await deployments.deploy(subjectOf(chain, input.rows), auto('chain'));
    input.push(...rows(0, 10));
    await until(() => store.rows('out').length === 10);
    expect(job(await deployments.stop(id, 'chain_q2'), 'q2').status).toBe('stopped');
    input.push(...rows(10, 20));
    await until(async () => job(await deployments.get(id), 'q1').metrics.recordsProcessed === 20);
    expect(store.rows('out')).toHaveLength(10);
    await deployments.start(id, 'chain_q2');
    await until(() => store.rows('out').length === 20, 'the rest');
    expect(job(await deployments.pause(id), 'q1').status).toBe('paused');
    input.push(...rows(20, 30));
    await new Promise((resolve) => setTimeout(resolve, 60));
    expect(store.rows('out')).toHaveLength(20);
    await deployments.resume(id);
    await until(() => store.rows('out').length === 30);
    await deployments.restart(id);
    input.push(...rows(30, 40));
    await until(() => store.rows('out').length === 40);
    expect(store.rows('out').map((row) => (row as { id: number }).id)).toEqual(rows(0, 40).map((row) => row.id));
    await expect(deployments.stop(id, 'nobody')).rejects.toMatchObject({ reason: 'job-not-found' });
    await deployments.close();
  });

  test('goes on after its host ended, from what it kept', async () => {
    const first = host();
    const input = controlled();
    await first.deployments.deploy(subjectOf(chain, input.rows), auto('chain'));
    input.push(...rows(0, 10));
    await until(() => first.store.rows('out').length === 10);
    await first.deployments.close();
    const target = embedded({ checkpointEveryMs: 20, connectors: [first.store], fs: first.fs });
    const second = createDeployments({ targets: [target], store: first.kept });
    input.push(...rows(10, 25));
    const [restored] = await second.restore(async () => subjectOf(chain, input.rows).sources);
    expect(restored).toMatchObject({ id: 'chain', version: 1 });
    await until(() => first.store.rows('out').length === 25, 'the rest');
    expect(first.store.rows('out').map((row) => (row as { id: number }).id)).toEqual(rows(0, 25).map((row) => row.id));
    await second.close();
  });

  test('starts a failed job again, later each time, and gives up in the end', async () => {
    let attempts = 0;
    const broken = {
      async *[Symbol.asyncIterator](): AsyncGenerator<object> {
        attempts++;
        yield { id: 1, region: 'a', total: 1 };
        throw new Error('the line is dead');
      },
    };
    const { deployments } = host({ restart: { restartsMax: 3, firstDelayMs: 5 } });
    const { id } = await deployments.deploy(
      subjectOf({ name: 'X', queries: [{ name: 'A', sql: DOUBLE, sink: 'memory://x' }] }, broken),
      auto('x'),
    );
    await until(async () => (await deployments.logs(id)).some((line) => line.message.includes('stays failed')), 'giving up');
    expect(attempts).toBe(4);
    const view = await deployments.get(id);
    expect(view.jobs[0]).toMatchObject({
      status: 'failed',
      health: 'critical',
      error: { code: 'VS5313', message: expect.stringContaining('the line is dead') },
    });
    expect(view.jobs[0]?.metrics.restarts).toBe(3);
    expect((await deployments.logs(id)).map((l) => /in (\d+) ms/.exec(l.message)?.[1]).filter(Boolean)).toEqual(['5', '10', '20']);
    await deployments.close();
  });

  test('leaves earlier jobs running when one cannot start, unless all or none is asked for', async () => {
    const app: AppInput = {
      name: 'P',
      queries: [
        { name: 'Good', sql: DOUBLE, sink: 'memory://p' },
        { name: 'Bad', sql: 'SELECT id FROM orders', sink: 'nosuch://place' },
      ],
    };
    const { deployments } = host();
    const view = await deployments.deploy(subjectOf(app, controlled().rows), auto('p'));
    expect(view.status).toBe('partial');
    expect(view.steps.filter((s) => s.kind === 'job').map((s) => s.status)).toEqual(['done', 'failed']);
    await expect(deployments.deploy(subjectOf(app, controlled().rows), { ...auto('all'), atomic: true })).rejects.toMatchObject({
      reason: 'deploy-failed',
    });
    expect((await deployments.list()).map((d) => d.id)).toEqual(['p']);
    await deployments.close();
  });

  test('deleting one stops its jobs and forgets its state', async () => {
    const { deployments, fs, kept } = host();
    const { id } = await deployments.deploy(subjectOf(chain, controlled().rows), auto('chain'));
    expect(await deployments.delete(id)).toBe(true);
    expect(await deployments.delete(id)).toBe(false);
    await expect(deployments.get(id)).rejects.toMatchObject({ reason: 'deployment-not-found' });
    expect(await fs.list('.velo/deployments/chain/jobs/chain_q1')).toEqual([]);
    expect(await kept.list('deployments')).toEqual([]);
  });
});

describe('a new version', () => {
  const SUM = 'SELECT region, SUM(total) AS revenue FROM orders GROUP BY region EMIT CHANGES';
  const sums = (sql: string): AppInput => ({ name: 'Sums', queries: [{ name: 'Sum', sql, sink: 'memory://sums' }] });
  const last = (store: ReturnType<typeof memory>, region: string) =>
    (store.rows('sums') as { region: string; revenue: number }[]).findLast((row) => row.region === region);

  test('goes on with the state where its operators keep the same', async () => {
    const { deployments, store } = host();
    const input = controlled();
    const { id } = await deployments.deploy(subjectOf(sums(SUM), input.rows), auto('sums'));
    input.push({ id: 1, region: 'a', total: 10 });
    await until(() => last(store, 'a')?.revenue === 10);
    const next = `-- @metric: updates\n${SUM}`;
    const plan = await deployments.plan(subjectOf(sums(next), input.rows), { name: 'sums' });
    expect(plan.jobs[0]).toMatchObject({ action: 'replace', state: 'kept' });
    const view = await deployments.deploy(subjectOf(sums(next), input.rows), auto('sums'));
    expect([view.id, view.version]).toEqual([id, 2]);
    input.push({ id: 2, region: 'a', total: 5 });
    await until(() => last(store, 'a')?.revenue === 15, 'the sum with what was there');
    await deployments.close();
  });

  test('is taken back with the state of the version before', async () => {
    const { deployments, store } = host();
    const input = controlled();
    const { id } = await deployments.deploy(subjectOf(sums(SUM), input.rows), auto('sums'));
    input.push({ id: 1, region: 'a', total: 10 });
    await until(() => last(store, 'a')?.revenue === 10);
    await expect(deployments.rollback(id)).rejects.toMatchObject({ reason: 'no-previous-version' });
    await deployments.deploy(subjectOf(sums(SUM.replace('SUM(total)', 'MAX(total)')), input.rows), auto('sums'));
    input.push({ id: 2, region: 'a', total: 3 });
    await until(() => store.rows('sums').length >= 3, 'the new version');
    expect(last(store, 'a')?.revenue).toBe(10);
    const back = await deployments.rollback(id);
    expect(back.version).toBe(1);
    await until(() => last(store, 'a')?.revenue === 13, 'the old sum going on');
    await deployments.close();
  });

  test('that cannot start leaves the old one running', async () => {
    const { deployments, store } = host();
    const input = controlled();
    const { id } = await deployments.deploy(subjectOf(sums(SUM), input.rows), auto('sums'));
    const bad = { ...sums(SUM), queries: [{ name: 'Sum', sql: SUM, sink: 'nosuch://x' }] };
    await expect(deployments.deploy(subjectOf(bad, input.rows), { ...auto('sums'), atomic: true })).rejects.toMatchObject({
      reason: 'deploy-failed',
    });
    expect(await deployments.get(id)).toMatchObject({ version: 1, status: 'running' });
    input.push({ id: 1, region: 'a', total: 7 });
    await until(() => last(store, 'a')?.revenue === 7);
    await deployments.close();
  });
});

describe('a detector that finds nothing', () => {
  const RARE: AppInput = {
    name: 'Watch',
    queries: [{ name: 'Rare', sql: 'SELECT id FROM orders WHERE total > 1000000', sink: 'memory://rare' }],
  };
  const MINUTE = 60_000;

  test('is well while rows come in, and says so when they stop; how long rows take is told', async () => {
    let at = Date.UTC(2026, 0, 1);
    const { deployments } = host({ clock: { now: () => at } });
    const input = controlled();
    const { id } = await deployments.deploy(subjectOf(RARE, input.rows), auto('watch'));
    const look = async () => job(await deployments.get(id), 'q1');
    const fed = async (from: number, to: number) => {
      input.push(...rows(from, to));
      await until(async () => (await look()).metrics.recordsIn === to && (await look()).metrics.lastInputAt === at, 'the rows');
    };
    await fed(0, 5);
    at += 20 * MINUTE;
    await fed(5, 10);
    expect(await look()).toMatchObject({ health: 'healthy', healthReasons: [], metrics: { recordsProcessed: 0 } });
    expect((await look()).metrics.latencyP99Ms).toBeGreaterThan(0);
    at += 12 * MINUTE;
    await until(async () => (await look()).metrics.recordsPerSecond === 0, 'the pause');
    expect(await look()).toMatchObject({ health: 'warning', healthReasons: ['nothing has come in for 12 minutes'] });
    await deployments.close();
  });
});
