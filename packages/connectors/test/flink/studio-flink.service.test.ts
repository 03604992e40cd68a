import { createStudio, type Studio } from '@velostream/core';
import { createStudioClient } from '@velostream/core/client';
import { embedded } from '@velostream/core/deploy';
import { serveStudio } from '@velostream/core/node';
import type { Deployment } from '@velostream/core/protocol/deploy';
import { afterEach, describe, expect, test } from 'vitest';
import { kafka } from '../../src/kafka/index.ts';
import { committed, order, revenues, shop, sorted } from './orders.fixture.ts';

const open: (() => Promise<unknown>)[] = [];
afterEach(async () => {
  for (const close of open.splice(0).reverse()) await close();
});

const statuses = (deployment: Deployment): string[] => deployment.jobs.map((job) => job.error?.message ?? job.status);

/** A studio over HTTP whose host has both targets, as `velo studio --flink-gateway` has. */
async function served(context: Parameters<typeof shop>[0]) {
  const made = await shop(context);
  const host = createStudio({ connectors: [kafka()], targets: [embedded({ connectors: [kafka()] }), made.target] });
  const server = await serveStudio(host, { port: 0 });
  const studio: Studio = createStudioClient({ baseUrl: `${server.url}/api` });
  open.push(async () => {
    for (const { id } of await host.deployments.list()) await host.deployments.delete(id);
    await server.close();
    await host.close();
    await made.close();
  });
  return { ...made, studio };
}

describe('the studio over HTTP', () => {
  test('deploys the queries of a notebook to Flink by name, and leads them from there', async (context) => {
    const { studio, driver, orders, topic, uri, brokers } = await served(context);
    const [sums, big] = [await topic('sums'), await topic('big')];
    await order(driver, orders, 0, 5);
    const session = await studio.sessions.create({ name: 'Shop' });
    await session.connect(`kafka://${brokers}/${orders}`, { as: orders, options: { 'auto.offset.reset': 'earliest' } });
    const sql = `SELECT region, COUNT(*) AS orders, SUM(total) AS revenue FROM ${orders} GROUP BY region WINDOW TUMBLING(at, 10s) EMIT FINAL`;
    const version = (least: number) => ({
      name: big,
      target: 'flink',
      app: {
        name: 'Shop Revenue',
        queries: [
          { name: 'Sums', sql, sink: uri(sums) },
          { name: 'Big', sql: `SELECT region, orders, revenue FROM ${sums} WHERE revenue > ${least}`, sink: uri(big) },
        ],
      },
    });
    const plan = await session.plan(version(0));
    expect([plan.target, plan.blockers, plan.jobs.map((job) => job.guarantee)]).toEqual(['flink', [], ['exactly once', 'exactly once']]);
    expect(plan.statements?.map(({ queryId, verdict, span }) => [queryId, verdict, span.start])).toEqual([
      ['q1', 'same', 0],
      ['q2', 'same', 0],
    ]);
    await expect(session.deploy(version(0))).rejects.toMatchObject({ reason: 'plan-not-approved' });
    const made = await session.deploy({ ...version(0), planHash: plan.hash });
    expect([made.target, statuses(made), made.capabilities.savepoint]).toEqual(['flink', ['running', 'running'], true]);

    await order(driver, orders, 5, 21);
    expect(sorted(await committed(driver, big, 4))).toEqual(sorted(revenues(2)));
    expect(statuses(await studio.deployments.pause(made.id))).toEqual(['paused', 'paused']);
    await order(driver, orders, 21, 31);
    expect(statuses(await studio.deployments.resume(made.id))).toEqual(['running', 'running']);
    expect(sorted(await committed(driver, big, 6))).toEqual(sorted(revenues(3)));
    await expect.poll(async () => (await studio.deployments.get(made.id)).health, { timeout: 20_000 }).toBe('healthy');

    const next = await session.plan(version(1000));
    expect((await session.deploy({ ...version(1000), planHash: next.hash })).version).toBe(2);
    const back = await studio.deployments.rollback(made.id);
    expect([back.version, statuses(back)]).toEqual([1, ['running', 'running']]);
    await order(driver, orders, 31, 41);
    expect(sorted(await committed(driver, big, 8))).toEqual(sorted(revenues(4)));
    expect(await studio.deployments.delete(made.id)).toBe(true);
  });
});
