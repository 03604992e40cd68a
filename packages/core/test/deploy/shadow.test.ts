import { describe, expect, test } from 'vitest';
import { createDeployments, embedded, shadowRun } from '../../src/deploy/index.ts';

const rows = Array.from({ length: 100 }, (_, i) => ({ id: i, region: ['a', 'b', 'c'][i % 3], total: i }));
const subject = (...queries: [name: string, sql: string, sink: string][]) => ({
  app: { name: 'S', queries: queries.map(([name, sql, sink], i) => ({ id: `q${i + 1}`, name, sql, sink })) },
  sources: { orders: rows },
});
const SUM = 'SELECT region, SUM(total) AS revenue FROM orders GROUP BY region EMIT CHANGES';
const compared = async (old: string, next: string) => {
  const run = shadowRun(subject(['Sum', old, 'kafka://b:9092/sums']), subject(['Sum', next, 'kafka://b:9092/sums']));
  await run.done;
  const [result] = run.compare();
  await run.stop();
  return result;
};

describe('a shadow run', () => {
  test('finds two spellings of one query equal', async () => {
    expect(
      await compared(SUM, 'SELECT o.region AS region, SUM(o.total * 1) AS revenue FROM orders o GROUP BY o.region EMIT CHANGES'),
    ).toMatchObject({
      query: 'Sum',
      equal: 3,
      different: 0,
      onlyOld: 0,
      onlyNew: 0,
      samples: [],
    });
  });

  test('shows by key what differs, and in which columns', async () => {
    const result = await compared(SUM, SUM.replace('FROM orders', "FROM orders WHERE region != 'c' AND total < 98"));
    expect(result).toMatchObject({ equal: 1, different: 1, onlyOld: 1, onlyNew: 0 });
    expect(result?.samples).toHaveLength(2);
    expect(result?.samples.find((s) => s.columns.length > 0)).toMatchObject({ columns: ['revenue'] });
  });

  test('compares rows without a key as a multiset', async () => {
    const result = await compared('SELECT region FROM orders', 'SELECT region FROM orders WHERE id >= 3');
    expect(result).toMatchObject({ equal: 97, different: 0, onlyOld: 3, onlyNew: 0 });
  });

  test('runs queries that read one another, and writes nothing', async () => {
    const chain = (factor: number) =>
      subject(
        ['Double', `SELECT id, total * ${factor} AS twice FROM orders`, 'doubled'],
        ['Next', 'SELECT id, twice + 1 AS more FROM doubled', 'nosuch://place'],
      );
    const run = shadowRun(chain(2), chain(2));
    await run.done;
    expect(run.compare().map((c) => [c.query, c.equal, c.different])).toEqual([
      ['Double', 100, 0],
      ['Next', 100, 0],
    ]);
    await run.stop();
  });
});

describe('a version beside the one that runs', () => {
  const app = (sql: string) => ({ name: 'S', queries: [{ id: 'q1', name: 'Sum', sql, sink: 'sums' }] });
  const host = async () => {
    const deployments = createDeployments({ targets: [embedded()], allowUnapproved: true });
    await deployments.deploy({ app: app(SUM), sources: { orders: rows } }, { name: 's', approve: 'auto' });
    return deployments;
  };
  const settledShadow = async (deployments: Awaited<ReturnType<typeof host>>) => {
    for (;;) {
      const shadow = await deployments.shadow('s');
      if (shadow.status !== 'running') return shadow;
      await new Promise((resolve) => setTimeout(resolve, 5));
    }
  };

  test('is compared, promoted by the hash of its plan, and taken back', async () => {
    const deployments = await host();
    const better = SUM.replace('SUM(total)', 'SUM(total + 1)');
    const { plan } = await deployments.startShadow('s', app(better));
    expect(plan.jobs[0]?.action).toBe('replace');
    expect(await settledShadow(deployments)).toMatchObject({ status: 'finished', isEqual: false, comparisons: [{ different: 3 }] });
    expect((await deployments.get('s')).version).toBe(1);
    await expect(deployments.promote('s', 'another')).rejects.toMatchObject({ reason: 'plan-not-approved' });
    expect(await deployments.promote('s', plan.hash)).toMatchObject({ version: 2, planHash: plan.hash });
    await expect(deployments.shadow('s')).rejects.toMatchObject({ reason: 'no-shadow' });
    expect((await deployments.rollback('s')).version).toBe(1);
    await deployments.close();
  });

  test('is equal where both put out the same, and can be given up', async () => {
    const deployments = await host();
    await deployments.startShadow('s', app(SUM.replace('SUM(total)', 'SUM(total * 1)')));
    expect(await settledShadow(deployments)).toMatchObject({ isEqual: true, comparisons: [{ equal: 3 }] });
    expect([await deployments.endShadow('s'), await deployments.endShadow('s')]).toEqual([true, false]);
    await deployments.close();
  });

  test('takes no row from the job: what can be read once is refused, and so is what has mistakes', async () => {
    const deployments = createDeployments({ targets: [embedded()], allowUnapproved: true });
    async function* once() {
      yield* rows;
    }
    await deployments.deploy({ app: app(SUM), sources: { orders: once() } }, { name: 's', approve: 'auto' });
    await expect(deployments.startShadow('s', app(SUM))).rejects.toMatchObject({ reason: 'readable-once' });
    await expect(deployments.startShadow('s', app('SELECT x FROM nobody'))).rejects.toMatchObject({ reason: 'plan-blocked' });
    await deployments.close();
  });
});
