import type { Deployment } from '@velostream/core/protocol/deploy';
import { afterEach, describe, expect, test } from 'vitest';
import { committed, ORDERS, order, revenues, shop, sorted } from './orders.fixture.ts';

const open: (() => Promise<unknown>)[] = [];
afterEach(async () => {
  for (const close of open.splice(0).reverse()) await close();
});

const opened = async (...args: Parameters<typeof shop>) => {
  const made = await shop(...args);
  open.push(() => made.close());
  return made;
};
const auto = (name: string) => ({ name, target: 'flink', approve: 'auto' as const });
const windowed = (orders: string): string =>
  `SELECT region, COUNT(*) AS orders, SUM(total) AS revenue FROM ${orders} GROUP BY region WINDOW TUMBLING(at, 10s) EMIT FINAL`;
const statuses = (deployment: Deployment): string[] => deployment.jobs.map((job) => job.error?.message ?? job.status);
const readBy = (deployment: Deployment, query: string): number =>
  deployment.jobs.find((job) => job.queryId === query)?.metrics.recordsIn ?? 0;

describe('a windowed query on real Flink and real Kafka', () => {
  test('runs, stops with a savepoint in mid-window, and goes on with its state, exactly once', async (context) => {
    const { deployments, driver, orders, topic, uri, schemas, sources } = await opened(context);
    const sums = await topic('sums');
    const app = { name: 'Revenue', queries: [{ name: 'Sums', sql: windowed(orders), sink: uri(sums) }] };
    const subject = { app, schemas, sources };
    const plan = await deployments.plan(subject, auto(sums));
    expect([plan.blockers, plan.jobs.map((job) => job.guarantee)]).toEqual([[], ['exactly once']]);
    const made = await deployments.deploy(subject, auto(sums));
    expect([statuses(made), made.steps.filter((s) => s.kind === 'job').map((s) => s.status)]).toEqual([['running'], ['done']]);
    expect(made.jobs[0]?.guarantee).toBe('exactly once');

    // Two whole windows, and the first half of the third.
    await order(driver, orders, 0, 25);
    expect(sorted(await committed(driver, sums, 4))).toEqual(sorted(revenues(2)));
    await expect.poll(async () => readBy(await deployments.get(made.id), 'q1'), { timeout: 20_000 }).toBe(25);
    expect(statuses(await deployments.pause(made.id))).toEqual(['paused']);
    await order(driver, orders, 25, 41);
    expect(statuses(await deployments.resume(made.id))).toEqual(['running']);
    expect(sorted(await committed(driver, sums, 8))).toEqual(sorted(revenues(4)));
    const watermark = async () => (await deployments.get(made.id)).jobs[0]?.metrics.watermark ?? 0;
    await expect.poll(watermark, { timeout: 20_000 }).toBeGreaterThan(Date.UTC(2026, 0, 1));
  });
});

describe('an application of two stages on real Flink and real Kafka', () => {
  test('runs as two jobs, takes a new version, and goes back to the one before', async (context) => {
    const { deployments, driver, orders, topic, uri, schemas, sources } = await opened(context);
    const [sums, big] = [await topic('sums'), await topic('big')];
    const version = (least: number) => ({
      app: {
        name: 'Big Revenue',
        queries: [
          { name: 'Sums', sql: windowed(orders), sink: uri(sums) },
          { name: 'Big', sql: `SELECT region, orders, revenue FROM ${sums} WHERE revenue > ${least}`, sink: uri(big) },
        ],
      },
      schemas,
      sources,
    });
    const first = await deployments.deploy(version(0), auto(big));
    expect(statuses(first)).toEqual(['running', 'running']);
    await order(driver, orders, 0, 21);
    expect(sorted(await committed(driver, big, 4))).toEqual(sorted(revenues(2)));

    const second = await deployments.deploy(version(140), auto(big));
    expect([second.version, statuses(second)]).toEqual([2, ['running', 'running']]);
    await order(driver, orders, 21, 41);
    // Of the third and fourth window, those of more than 140.
    const third = revenues(4, 140).filter((row) => !sorted(revenues(2)).includes(JSON.stringify(row)));
    expect(sorted(await committed(driver, big, 4 + third.length))).toEqual(sorted([...revenues(2), ...third]));
    await expect.poll(async () => readBy(await deployments.get(first.id), 'q2'), { timeout: 20_000 }).toBeGreaterThanOrEqual(4);

    const back = await deployments.rollback(first.id);
    expect([back.version, statuses(back)]).toEqual([1, ['running', 'running']]);
    await order(driver, orders, 41, 51);
    // It goes on where it stood: windows that only the other version has seen come by its own rule now.
    const own = revenues(5).slice(4);
    const all = sorted(await committed(driver, big, 4 + third.length + own.length));
    expect(all).toEqual(sorted([...revenues(2), ...third, ...own]));
    expect(sorted(await committed(driver, sums, 10))).toEqual(sorted(revenues(5)));
  });

  test('is one job where its stages meet by name only', async (context) => {
    const { deployments, driver, orders, topic, uri, schemas, sources } = await opened(context);
    const big = await topic('big');
    const app = {
      name: 'Inner',
      queries: [
        { name: 'Sums', sql: windowed(orders), sink: 'inner_sums' },
        { name: 'Big', sql: 'SELECT region, orders, revenue FROM inner_sums WHERE revenue > 20', sink: uri(big) },
      ],
    };
    const made = await deployments.deploy({ app, schemas, sources }, auto(big));
    expect(statuses(made)).toEqual(['running', 'running']);
    await order(driver, orders, 0, 31);
    const wanted = revenues(3, 20);
    expect(sorted(await committed(driver, big, wanted.length))).toEqual(sorted(wanted));
  });
});

describe('two at once, with state on disk', () => {
  test('runs as asked for, and goes on from its savepoint with the same results', async (context) => {
    const { deployments, driver, orders, topic, uri, schemas, sources, env } = await opened(context, {
      partitions: 2,
      parallelism: 2,
      stateBackend: 'rocksdb',
    });
    const [sums, big] = [await topic('sums'), await topic('big')];
    const app = {
      name: 'On Disk',
      queries: [
        { name: 'Sums', sql: windowed(orders), sink: uri(sums) },
        { name: 'Big', sql: `SELECT region, orders, revenue FROM ${sums} WHERE revenue > 20`, sink: uri(big) },
      ],
    };
    const made = await deployments.deploy({ app, schemas, sources }, auto(big));
    expect(statuses(made)).toEqual(['running', 'running']);
    expect(await onCluster(env.VELO_FLINK_REST, made.id)).toEqual([
      ['EmbeddedRocksDBStateBackend', 2],
      ['EmbeddedRocksDBStateBackend', 2],
    ]);
    // Enough of the third window that both partitions have come past the second.
    await order(driver, orders, 0, 25, 2);
    expect(sorted(await committed(driver, sums, 4))).toEqual(sorted(revenues(2)));
    expect(statuses(await deployments.pause(made.id))).toEqual(['paused', 'paused']);
    await order(driver, orders, 25, 45, 2);
    expect(statuses(await deployments.resume(made.id))).toEqual(['running', 'running']);
    expect(sorted(await committed(driver, sums, 8))).toEqual(sorted(revenues(4)));
    const wanted = revenues(4, 20);
    expect(sorted(await committed(driver, big, wanted.length))).toEqual(sorted(wanted));
  });
});

describe('more readers than partitions', () => {
  test('do not hold windows back', async (context) => {
    const { deployments, driver, orders, topic, uri, schemas, sources } = await opened(context, { parallelism: 2, idleTimeoutMs: 1000 });
    const sums = await topic('sums');
    const app = { name: 'One Partition', queries: [{ name: 'Sums', sql: windowed(orders), sink: uri(sums) }] };
    expect(statuses(await deployments.deploy({ app, schemas, sources }, auto(sums)))).toEqual(['running']);
    await order(driver, orders, 0, 21);
    expect(sorted(await committed(driver, sums, 4))).toEqual(sorted(revenues(2)));
  });
});

/** State backend and highest parallelism of each running job of a deployment, as the cluster tells them. */
async function onCluster(rest: string, deployment: string): Promise<unknown[]> {
  const get = async (path: string) => (await fetch(`${rest}${path}`)).json() as Promise<Record<string, unknown>>;
  const { jobs } = (await get('/jobs/overview')) as { jobs: { jid: string; name: string; state: string }[] };
  const mine = jobs.filter(({ name, state }) => name.startsWith(deployment) && state === 'RUNNING');
  return Promise.all(
    mine.map(async ({ jid }) => {
      const { vertices } = (await get(`/jobs/${jid}`)) as { vertices: { parallelism: number }[] };
      const { state_backend } = await get(`/jobs/${jid}/checkpoints/config`);
      return [state_backend, Math.max(...vertices.map((vertex) => vertex.parallelism))];
    }),
  );
}

describe('a broker that wants a login', () => {
  test('gets it from the deployment, and nobody else sees the password', async (context) => {
    const { deployments, driver, orders, topic, schemas, kafkaEnv, fs } = await opened(context);
    const out = await topic('copies');
    const { VELO_KAFKA_SASL_BROKERS: host, VELO_KAFKA_USERNAME: user, VELO_KAFKA_PASSWORD: password } = kafkaEnv;
    const login = (name: string) => `kafka://${user}:${password}@${host}/${name}?sasl.mechanism=scram-sha-256`;
    const app = { name: 'Copy', queries: [{ name: 'Copy', sql: `SELECT id, total FROM ${orders}`, sink: login(out) }] };
    const sources = { [orders]: { uri: `${login(orders)}&auto.offset.reset=earliest`, schema: ORDERS } };
    const made = await deployments.deploy({ app, schemas, sources }, auto(out));
    expect(statuses(made)).toEqual(['running']);
    await order(driver, orders, 0, 3);
    expect(await committed(driver, out, 3)).toEqual([0, 1, 2].map((id) => ({ id, total: id })));
    const logs = await deployments.logs(made.id, { limit: 1000 });
    const kept = new TextDecoder().decode(await fs.read(`.velo/flink/${made.id}/flink.json`));
    const seen = JSON.stringify([made.jobs, made.steps, logs, kept]);
    expect(seen).toContain('{{secret:');
    expect(seen).not.toContain(password);
  });
});

describe('a topic that is not there', () => {
  test('makes the job critical, with what Kafka says of it', async (context) => {
    const { deployments, uri } = await opened(context);
    const schemas = { no_such_topic: ORDERS };
    const app = { name: 'Nowhere', queries: [{ name: 'Copy', sql: 'SELECT id FROM no_such_topic', sink: uri('copies') }] };
    const sources = { no_such_topic: { uri: `${uri('no_such_topic')}?auto.offset.reset=earliest`, schema: ORDERS } };
    const made = await deployments.deploy({ app, schemas, sources }, auto('nowhere'));
    const job = async () => (await deployments.get(made.id)).jobs[0];
    await expect.poll(async () => (await job())?.health, { timeout: 30_000 }).toBe('critical');
    expect((await job())?.error).toMatchObject({ code: 'VS5935', message: expect.stringMatching(/topic/i) });
  });
});

describe('what Flink cannot run', () => {
  test('stands in the way of the plan, with its reason', async (context) => {
    const { deployments, orders, uri, schemas } = await opened(context);
    const app = { name: 'Local', queries: [{ name: 'Copy', sql: `SELECT id FROM ${orders}`, sink: uri('copies') }] };
    const plan = await deployments.plan({ app, schemas, sources: { [orders]: { rows: [] } } }, auto('local'));
    expect(plan.blockers).toEqual([`Copy: Flink cannot read "${orders}": its rows are within this process`]);
  });
});
