import { afterEach, describe, expect, test } from 'vitest';
import { createDeployments, embedded, runJobCommand } from '../../src/deploy/index.ts';
import type { Owner } from '../../src/protocol/studio/owner.ts';

const deployments = createDeployments({ targets: [embedded()], allowUnapproved: true });
async function* endless(): AsyncGenerator<object> {
  yield { id: 1, total: 5 };
  await new Promise(() => {});
}
const run = (sql: string, owner?: Owner) =>
  runJobCommand(sql, {
    deployments,
    ...(owner === undefined ? {} : { owner }),
    subject: async (app) => ({
      app,
      sources: {
        orders: {
          rows: endless(),
          schema: {
            columns: [
              { name: 'id', type: 'INTEGER' },
              { name: 'total', type: 'INTEGER' },
            ],
          },
        },
      },
    }),
  });
const statusOf = async (sql: string, owner?: Owner) => (await run(sql, owner)).rows.map((row) => [row[0], row[1], row[3]]);

afterEach(() => deployments.close());

describe('jobs of SQL', () => {
  test('are started, paused, resumed, replaced, taken back, stopped and shown', async () => {
    expect(await statusOf('START JOB big AS SELECT id FROM orders WHERE total > 3')).toEqual([['big', 1, 'running']]);
    expect(await statusOf('PAUSE JOB big')).toEqual([['big', 1, 'paused']]);
    expect(await statusOf('RESUME JOB big')).toEqual([['big', 1, 'running']]);
    expect(await statusOf("DEPLOY JOB big VERSION '2.0' AS SELECT id, total FROM orders WHERE total > 4 STRATEGY REPLACE")).toEqual([
      ['big', 2, 'running'],
    ]);
    expect((await run('SHOW VERSIONS big')).rows[0]?.slice(0, 2)).toEqual(['big', 2]);
    expect((await run('SHOW METRICS big')).columns).toContain('latency_p99_ms');
    expect(await statusOf('ROLLBACK JOB big')).toEqual([['big', 1, 'running']]);
    expect(await statusOf('STOP JOB big')).toEqual([['big', 1, 'stopped']]);
    expect(await statusOf('SHOW JOBS')).toEqual([['big', 1, 'stopped']]);
    expect(await statusOf('RESUME JOB big')).toEqual([['big', 1, 'running']]);
  });

  test('of another caller under the same name are never reached', async () => {
    const [ann, bob] = [{ id: 'ann' }, { id: 'bob' }];
    await run('START JOB twice AS SELECT id FROM orders WHERE total > 3', ann);
    for (const action of ['STOP', 'PAUSE', 'RESUME', 'ROLLBACK'])
      await expect(run(`${action} JOB twice`, bob)).rejects.toMatchObject({
        reason: 'deployment-not-found',
        message: 'there is no deployment "twice"',
      });
    await expect(run('SHOW VERSIONS twice', bob)).rejects.toMatchObject({ reason: 'deployment-not-found' });
    expect(await statusOf('SHOW JOBS', bob)).toEqual([]);
    expect(await statusOf('START JOB twice AS SELECT id FROM orders WHERE total > 4', bob)).toEqual([['twice', 1, 'running']]);
    const next = "DEPLOY JOB twice VERSION '2' AS SELECT id FROM orders WHERE total > 4 STRATEGY REPLACE";
    expect(await statusOf(next, bob)).toEqual([['twice', 2, 'running']]);
    expect(await statusOf('STOP JOB twice', bob)).toEqual([['twice', 2, 'stopped']]);
    expect(await statusOf('SHOW JOBS', ann)).toEqual([['twice', 1, 'running']]);
    expect(await statusOf('SHOW STATUS twice', bob)).toEqual([['twice', 2, 'stopped']]);
  });

  test.each([
    ['STOP JOB nobody', 'deployment-not-found'],
    ['SELECT 1 AS x FROM orders', 'not-a-job-command'],
  ])('say why not: %s', async (sql, reason) => {
    await expect(run(sql)).rejects.toMatchObject({ reason });
  });
});
