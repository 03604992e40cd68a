import { afterEach, describe, expect, test } from 'vitest';
import { memory } from '../../src/connect/index.ts';
import { createDeployments, embedded, runJobCommand } from '../../src/deploy/index.ts';
import { deployCanary, deployRolling } from '../../src/deploy/strategies/index.ts';
import type { AppInput } from '../../src/protocol/studio/app.ts';

const rows = Array.from({ length: 200 }, (_, i) => ({ id: i, region: `r${i % 40}`, total: i }));
const schema = {
  columns: [
    { name: 'id', type: 'INTEGER' },
    { name: 'region', type: 'STRING' },
    { name: 'total', type: 'INTEGER' },
  ],
};
const SUM = 'SELECT region PRIMARY KEY, SUM(total) AS revenue FROM orders GROUP BY region EMIT CHANGES';
const FAST = { forMs: 50, catchUpMs: 200, healthyForMs: 60, startMaxMs: 3000 };
const open: (() => Promise<void>)[] = [];
afterEach(async () => {
  for (const close of open.splice(0)) await close();
});

function host(options: { allowUnapproved?: boolean } = { allowUnapproved: true }) {
  const store = memory();
  const deployments = createDeployments({
    targets: [embedded({ connectors: [store], restart: { restartsMax: 0, firstDelayMs: 5, delayMaxMs: 5 } })],
    ...options,
  });
  open.push(() => deployments.close());
  return { store, deployments };
}
const auto = { name: 's', approve: 'auto' as const };
const one = (sql: string, sink = 'memory://sums') => ({
  app: { name: 'S', queries: [{ id: 'q1', name: 'Sum', sql, sink }] },
  schemas: { orders: schema },
  sources: { orders: { rows, schema } },
});

describe('a canary', () => {
  test('is promoted when it puts out the same, and writes nothing before', async () => {
    const { deployments } = host();
    expect((await deployCanary(deployments, 's', one(SUM), { ...auto, canary: FAST })).version).toBe(1);
    const same = SUM.replace('SUM(total)', 'SUM(total * 1)');
    const made = await deployCanary(deployments, 's', one(same), { ...auto, canary: { ...FAST, share: 50 } });
    expect([made.version, made.jobs[0]?.sql]).toEqual([2, same]);
    await expect(deployments.shadow('s')).rejects.toMatchObject({ reason: 'no-shadow' });
  });

  test('is given up when it differs, unless so much may differ', async () => {
    const { deployments } = host();
    await deployments.deploy(one(SUM), auto);
    const other = one(SUM.replace('FROM orders', "FROM orders WHERE region <> 'r7'"));
    await expect(deployCanary(deployments, 's', other, { ...auto, canary: FAST })).rejects.toMatchObject({
      reason: 'strategy-failed',
      message: expect.stringMatching(/of 40 keys 0 differ, 1 are missing.*version 1 goes on/),
    });
    expect((await deployments.get('s')).version).toBe(1);
    const made = await deployCanary(deployments, 's', other, { ...auto, canary: { ...FAST, differentMax: 0.1 } });
    expect(made.version).toBe(2);
  });

  test('is promoted without any key where none is asked for', async () => {
    const { deployments } = host();
    const nothing = one(SUM.replace('FROM orders', 'FROM orders WHERE total < 0'));
    await deployments.deploy(nothing, auto);
    const next = one(SUM.replace('FROM orders', 'FROM orders WHERE total < -1'));
    await expect(deployCanary(deployments, 's', next, { ...auto, canary: FAST })).rejects.toMatchObject({
      message: expect.stringContaining('only 0 of 1 keys'),
    });
    expect((await deployCanary(deployments, 's', next, { ...auto, canary: { ...FAST, keysMin: 0 } })).version).toBe(2);
  });

  test('judges the share of the keys that is asked for, always the same', async () => {
    const { deployments } = host();
    await deployments.deploy(one(SUM), auto);
    await deployments.startShadow('s', one(SUM).app, { share: 25 });
    for (let i = 0; i < 3000 && (await deployments.shadow('s')).status === 'running'; i++) await new Promise((done) => setTimeout(done, 5));
    const [comparison] = (await deployments.shadow('s')).comparisons;
    expect(comparison?.equal).toBeGreaterThan(3);
    expect(comparison?.equal).toBeLessThan(20);
    expect(comparison).toMatchObject({ different: 0, onlyOld: 0, onlyNew: 0 });
  });

  test('that fails after its promotion makes way for the version before', async () => {
    const { deployments } = host();
    await deployments.deploy(one(SUM), auto);
    const broken = one(SUM, 'nosuch://place');
    await expect(deployCanary(deployments, 's', broken, { ...auto, canary: FAST })).rejects.toMatchObject({
      reason: 'strategy-failed',
      message: expect.stringMatching(/job "s_q1" is failed.*version 1 is back/),
    });
    const { version, jobs } = await deployments.get('s');
    expect([version, jobs[0]?.error]).toEqual([1, undefined]);
  });

  test('needs the approval of its plan before it is tried', async () => {
    const { deployments } = host({});
    const { hash } = await deployments.plan(one(SUM), { name: 's' });
    await deployCanary(deployments, 's', one(SUM), { name: 's', planHash: hash, canary: FAST });
    const next = one(SUM.replace('SUM(total)', 'SUM(total + 0)'));
    await expect(deployCanary(deployments, 's', next, { name: 's', planHash: hash, canary: FAST })).rejects.toMatchObject({
      reason: 'plan-not-approved',
    });
    await expect(deployments.shadow('s')).rejects.toMatchObject({ reason: 'no-shadow' });
    const plan = await deployments.plan(next, { name: 's' });
    expect((await deployCanary(deployments, 's', next, { name: 's', planHash: plan.hash, canary: FAST })).version).toBe(2);
  });
});

describe('a rolling deployment', () => {
  const chain = (factor: number, sink = 'memory://out', plus = 1): AppInput => ({
    name: 'Chain',
    queries: [
      { id: 'q1', name: 'Double', sql: `SELECT id, total * ${factor} AS twice FROM orders`, sink: 'doubled' },
      { id: 'q2', name: 'Kept', sql: 'SELECT id FROM orders', sink: 'memory://kept' },
      { id: 'q3', name: 'Next', sql: `SELECT id, twice + ${plus} AS more FROM doubled`, sink },
    ],
  });
  const subject = (app: AppInput) => ({ app, schemas: { orders: schema }, sources: { orders: { rows, schema } } });

  test('replaces what changed step by step, each watched', async () => {
    const { deployments } = host();
    const first = chain(2);
    await deployRolling(deployments, 's', undefined, subject(first), { ...auto, rolling: FAST });
    const steps: string[] = [];
    const onStep = (step: { query: string; index: number; total: number }) => steps.push(`${step.index + 1}/${step.total} ${step.query}`);
    const made = await deployRolling(deployments, 's', first, subject(chain(3, 'memory://out', 5)), {
      ...auto,
      rolling: { ...FAST, onStep },
    });
    expect(steps).toEqual(['1/2 Double', '2/2 Next']);
    expect([made.version, made.jobs.map((j) => j.status)]).toEqual([3, ['finished', 'finished', 'finished']]);
    expect(made.jobs.map((j) => j.sql)).toEqual(chain(3, 'memory://out', 5).queries.map((q) => q.sql));
  });

  test('goes back to where it began when a step is not well', async () => {
    const { deployments } = host();
    const first = chain(2);
    await deployments.deploy(subject(first), auto);
    const broken = subject(chain(3, 'nosuch://place', 5));
    await expect(deployRolling(deployments, 's', first, broken, { ...auto, rolling: FAST })).rejects.toMatchObject({
      reason: 'strategy-failed',
      message: expect.stringMatching(/step 2 of 2 \("Next"\).*version 1 is back/),
    });
    const back = await deployments.get('s');
    expect([back.version, back.jobs.map((j) => j.sql)]).toEqual([1, first.queries.map((q) => q.sql)]);
  });
});

test('DEPLOY JOB takes both strategies', async () => {
  const { deployments } = host();
  const run = (sql: string) =>
    runJobCommand(sql, {
      deployments,
      canary: FAST,
      rolling: FAST,
      subject: async (app) => ({ app, schemas: { orders: schema }, sources: { orders: { rows, schema } } }),
    });
  await run(`START JOB big AS ${SUM}`);
  const canary = await run(`DEPLOY JOB big VERSION '2' AS ${SUM.replace('SUM(total)', 'SUM(total * 1)')} STRATEGY CANARY(60)`);
  expect(canary.rows[0]?.slice(0, 2)).toEqual(['big', 2]);
  await expect(run(`DEPLOY JOB big VERSION '3' AS ${SUM.replace('SUM', 'MAX')} STRATEGY CANARY(60)`)).rejects.toMatchObject({
    reason: 'strategy-failed',
  });
  const rolling = await run(`DEPLOY JOB big VERSION '3' AS ${SUM.replace('SUM', 'MAX')} STRATEGY ROLLING`);
  expect(rolling.rows[0]?.slice(0, 2)).toEqual(['big', 3]);
});
