import { spawn } from 'node:child_process';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { kafka as kafkaConnector } from '@velostream/connectors/kafka';
import { createDeployments, embedded } from '@velostream/core/deploy';
import { afterEach, beforeAll, describe, expect, test } from 'vitest';
import { driverFor, freshTopic, NEVER, PLAIN_PRODUCER, readAll, settled } from '../../packages/connectors/test/kafka/kafka.fixture.ts';
import { buildFixture } from '../build-fixture.ts';
import { service } from '../services.ts';
import type { HostRun } from './host.fixture.ts';

const kafka = service('kafka');
const folder = fileURLToPath(new URL('../../.cache/host/', import.meta.url));
const program = join(folder, 'host.fixture.mjs');
beforeAll(() =>
  buildFixture(new URL('host.fixture.ts', import.meta.url), folder, {
    external: ['lz4-napi', 'snappy'],
    banner: { js: "import { createRequire as requireOf } from 'node:module'; const require = requireOf(import.meta.url);" },
  }),
);
const open: (() => Promise<unknown> | unknown)[] = [];
afterEach(async () => {
  for (const close of open.splice(0).reverse()) await close();
});

function startHost(run: HostRun) {
  const child = spawn(process.execPath, ['--disable-warning=ExperimentalWarning', program, JSON.stringify(run)], {
    stdio: ['ignore', 'pipe', 'pipe'],
  });
  let output = '';
  let isReady = (): void => {};
  const ready = new Promise<void>((resolve) => {
    isReady = resolve;
  });
  const collect = (chunk: Buffer): void => {
    output += chunk.toString();
    if (output.includes('ready')) isReady();
  };
  child.stdout.on('data', collect);
  child.stderr.on('data', collect);
  const ended = new Promise<number | null>((resolve) => child.on('close', resolve));
  open.push(() => child.kill('SIGKILL'));
  return { child, ready, ended, text: () => output };
}

const KILLS = 20;
const NAMES = ['a', 'b', 'c', 'd', 'e'];

/** Topics with an own state directory, and records that carry on where the last ones ended. */
async function chain(brokers: string) {
  const driver = driverFor(brokers);
  open.push(() => driver.close());
  const topic = (name: string) => freshTopic(driver, `chain-${name}`, 1);
  const topics = { input: await topic('in'), passed: await topic('passed'), output: await topic('out'), sums: await topic('sums') };
  const directory = mkdtempSync(join(tmpdir(), 'velo-kill-'));
  open.push(() => rmSync(directory, { recursive: true, force: true }));
  const producer = driver.producer(PLAIN_PRODUCER);
  await producer.init(NEVER);
  open.push(() => producer.close());
  let next = 0;
  return {
    driver,
    topics,
    run: (action: HostRun['action'], factor = 2): HostRun => ({ brokers, topics, directory, action, factor }),
    sent: () => next,
    async send(count: number): Promise<void> {
      const records = Array.from({ length: count }, (_, i) => {
        const id = next + i;
        return {
          key: null,
          value: JSON.stringify({ id, name: NAMES[id % NAMES.length], amount: id % 97 }),
          timestamp: 1_700_000_000_000 + id,
        };
      });
      next += count;
      await producer.send([{ topic: topics.input, partition: 0, records }], NEVER);
    },
    async outputs(): Promise<{ id: number; name: string; shifted: number }[]> {
      return (await readAll(driver, topics.output)).map((m) => JSON.parse(m.value as string));
    },
    async sums(): Promise<Map<string, { n: number; total: number }>> {
      return new Map((await readAll(driver, topics.sums)).map((m) => [m.key as string, JSON.parse(m.value as string)]));
    },
  };
}

async function until(look: () => Promise<boolean>, timeoutMs: number, what: () => string): Promise<void> {
  const end = performance.now() + timeoutMs;
  while (!(await look())) {
    if (performance.now() > end) throw new Error(what());
    await new Promise((resolve) => setTimeout(resolve, 100));
  }
}

function expectedSums(count: number, factor: number): Map<string, { n: number; total: number }> {
  const sums = new Map<string, { n: number; total: number }>();
  for (let id = 0; id < count; id++) {
    const name = NAMES[id % NAMES.length] as string;
    const { n, total } = sums.get(name) ?? { n: 0, total: 0 };
    sums.set(name, { n: n + 1, total: total + (id % 97) * factor + 1 });
  }
  return sums;
}

describe('a deployment of five chained jobs on Kafka', () => {
  test('survives the death of its host at any moment, twenty times, with nothing lost or doubled', async (context) => {
    const { VELO_KAFKA_BROKERS: brokers } = kafka.require(context);
    const c = await chain(brokers);
    // Fixed moments: a linear congruential sequence is even enough for them.
    let state = 2026;
    const uniform = (): number => {
      state = (state * 1_664_525 + 1_013_904_223) % 2 ** 32;
      return state / 2 ** 32;
    };
    let host = startHost(c.run('deploy'));
    await host.ready;
    for (let kill = 0; kill < KILLS; kill++) {
      await c.send(200 + Math.floor(uniform() * 300));
      // From before the jobs are up to well into their work.
      await new Promise((resolve) => setTimeout(resolve, 400 + uniform() * 2200));
      host.child.kill('SIGKILL');
      await host.ended;
      host = startHost(c.run('restore'));
    }
    await host.ready;
    await c.send(100);
    const wanted = expectedSums(c.sent(), 2);
    const isDone = async () => {
      const sums = await c.sums();
      return [...wanted].every(([name, { n }]) => sums.get(name)?.n === n);
    };
    await until(isDone, 60_000, () => `the sums did not arrive: ${host.text()}`);
    host.child.kill('SIGTERM');
    expect(await host.ended).toBe(0);
    for (const topic of [c.topics.passed, c.topics.output, c.topics.sums]) await settled(c.driver, topic);
    const outputs = await c.outputs();
    expect(outputs.length).toBe(c.sent());
    expect(outputs).toEqual(
      Array.from({ length: c.sent() }, (_, id) => ({ id, name: NAMES[id % NAMES.length], shifted: (id % 97) * 2 + 1 })),
    );
    const sums = await c.sums();
    for (const [name, { n, total }] of wanted) expect([name, sums.get(name)]).toEqual([name, expect.objectContaining({ n, total })]);
  }, 240_000);

  test('goes on within five seconds of its start, and goes back to the version before on request', async (context) => {
    const { VELO_KAFKA_BROKERS: brokers } = kafka.require(context);
    const c = await chain(brokers);
    const first = startHost(c.run('deploy'));
    await first.ready;
    await c.send(500);
    await until(
      async () => (await c.outputs()).length === 500,
      30_000,
      () => first.text(),
    );
    let host = first;
    const resumedMs: number[] = [];
    const told: string[] = [];
    // Start of the process included; what was sent while it was dead has come out.
    for (let kill = 0; kill < KILLS; kill++) {
      host.child.kill('SIGKILL');
      await host.ended;
      await c.send(100);
      const started = performance.now();
      host = startHost(c.run('restore'));
      const { text } = host;
      await until(async () => (await c.outputs()).length === c.sent(), 30_000, text);
      resumedMs.push(Math.round(performance.now() - started));
      told.push(`${resumedMs.at(-1)} ms; ${text().trim()}`);
    }
    host.child.kill('SIGTERM');
    await host.ended;

    const isLast = (factor: number) => (o: { id: number; shifted: number }) =>
      o.id === c.sent() - 1 && o.shifted === (o.id % 97) * factor + 1;
    const third = startHost(c.run('replace', 3));
    await third.ready;
    await c.send(100);
    await until(
      async () => (await c.outputs()).some(isLast(3)),
      30_000,
      () => third.text(),
    );
    third.child.kill('SIGTERM');
    await third.ended;
    const fourth = startHost(c.run('rollback'));
    await fourth.ready;
    await c.send(100);
    await until(
      async () => (await c.outputs()).some(isLast(2)),
      30_000,
      () => fourth.text(),
    );
    fourth.child.kill('SIGTERM');
    expect(await fourth.ended).toBe(0);
    const sorted = resumedMs.toSorted((a, b) => a - b);
    const median = sorted[Math.floor(sorted.length / 2)] as number;
    console.info(`resumed after ${resumedMs.join(', ')} ms; median ${median} ms, longest ${sorted.at(-1)} ms`);
    expect(sorted.at(-1), told.join('\n')).toBeLessThan(5000);
  }, 300_000);

  test('tells how many records of a topic a job has not read yet', async (context) => {
    const { VELO_KAFKA_BROKERS: brokers } = kafka.require(context);
    const c = await chain(brokers);
    const uri = `kafka://${brokers}/${c.topics.input}?auto.offset.reset=earliest`;
    const sources = { [uri]: { uri, schema: { columns: [{ name: 'id', type: 'INTEGER' }] } } };
    const deployments = createDeployments({ targets: [embedded({ connectors: [kafkaConnector()] })], allowUnapproved: true });
    open.push(() => deployments.close());
    const app = { name: 'Lag', queries: [{ name: 'Lag', sql: `SELECT id FROM '${uri}'`, sink: 'nobody' }] };
    await c.send(300);
    await deployments.deploy({ app, schemas: {}, sources }, { name: 'lag', approve: 'auto' });
    const lag = async () => (await deployments.get('lag')).jobs[0]?.metrics.consumerLag;
    await until(
      async () => (await lag()) === 0,
      20_000,
      () => 'the job did not catch up',
    );
    expect(await deployments.metricsText()).toContain('velo_kafka_consumer_lag{job_name="lag_q1"} 0');
    await deployments.pause('lag');
    // A reader that is paused holds what it has in hand, and hears of more with the fetch that it made ahead.
    await until(
      async () => {
        await c.send(10);
        return ((await lag()) ?? 0) > 0;
      },
      20_000,
      () => 'the lag was not told',
    );
    await deployments.resume('lag');
    await until(
      async () => (await lag()) === 0,
      20_000,
      () => 'the job did not catch up again',
    );
  }, 90_000);
});
