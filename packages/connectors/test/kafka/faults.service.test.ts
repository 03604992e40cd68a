import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { prepareBroker, startBroker } from '../../../../.config/services/lib/kafka-broker.mjs';
import { stopProcess } from '../../../../.config/services/lib/process.mjs';
import { service } from '../../../../test/services.ts';
import type { KafkaDriver } from '../../src/kafka/driver/kafka-driver.ts';
import { driverFor, freshName, readAll, settled } from './kafka.fixture.ts';
import { expectedTotals, judge, recordsFor, startJob, type Total, writeInput } from './run-job.fixture.ts';
import { type TcpProxy, tcpProxy } from './tcp-proxy.fixture.ts';

const server = service('kafka');
const GOOD = { lost: 0, duplicates: 0, wrong: 0, reordered: 0 };
const STEP = 800;

let directory: string;
beforeAll(() => {
  directory = mkdtempSync(join(tmpdir(), 'velo-faults-'));
});
afterAll(() => rmSync(directory, { recursive: true, force: true }));

async function setUp(driver: KafkaDriver, name: string) {
  const [input, output] = [freshName('fault-in'), freshName('fault-out')];
  const partitions = { partitions: 2, replicationFactor: 1 };
  await driver.admin.createTopics([
    { topic: input, ...partitions },
    { topic: output, ...partitions },
  ]);
  return {
    input,
    output,
    directory: join(directory, name),
    bounded: false,
    everyMs: 100,
    requestTimeoutMs: 2_000,
    transactionalId: freshName('fault-tx'),
  };
}

const totalsIn = async (driver: KafkaDriver, topic: string): Promise<Total[]> =>
  (await readAll(driver, topic)).map((m) => JSON.parse(m.value ?? '{}') as Total);

async function untilTotals(driver: KafkaDriver, topic: string, count: number, timeout: number): Promise<void> {
  await expect.poll(async () => (await totalsIn(driver, topic)).length, { timeout, interval: 300 }).toBeGreaterThanOrEqual(count);
}

/** Runs the job again each time it ends with an error, as a supervisor does; gives how it ended at last. */
function supervised(run: Parameters<typeof startJob>[0]) {
  let job = startJob(run);
  let isStopping = false;
  const outputs: string[] = [];
  const done = (async () => {
    for (;;) {
      const ended = await job.ended;
      outputs.push(ended.output);
      if (isStopping) return ended;
      job = startJob(run);
    }
  })();
  return {
    outputs,
    ready: () => job.said('ready'),
    async stop() {
      isStopping = true;
      job.child.kill('SIGTERM');
      return done;
    },
  };
}

describe('a broker that is killed and comes back', () => {
  test('costs no record and repeats none', { timeout: 180_000 }, async (context) => {
    const { VELO_KAFKA_CLASSPATH } = server.require(context);
    const broker = await prepareBroker({ classpath: VELO_KAFKA_CLASSPATH, dir: join(directory, 'broker'), heap: '384m' });
    let pid = await startBroker(broker);
    const driver = driverFor(broker.env.VELO_KAFKA_BROKERS);
    try {
      const run = { ...(await setUp(driver, 'broker-kill')), brokers: broker.env.VELO_KAFKA_BROKERS };
      const records = recordsFor('broker', 0, STEP * 2);
      await writeInput(driver, run.input, records.slice(0, STEP));
      const job = supervised(run);
      await untilTotals(driver, run.output, STEP, 60_000);
      process.kill(pid, 'SIGKILL');
      await stopProcess(pid);
      pid = await startBroker(broker);
      const since = Date.now();
      await writeInput(driver, run.input, records.slice(STEP));
      await untilTotals(driver, run.output, STEP * 2, 60_000);
      const recoveredMs = Date.now() - since;
      await job.stop();
      expect(job.outputs.join('')).not.toContain('unhandled');
      await settled(driver, run.output);
      expect(judge(await totalsIn(driver, run.output), expectedTotals(records))).toEqual(GOOD);
      expect(recoveredMs).toBeLessThan(45_000);
    } finally {
      await driver.close();
      await stopProcess(pid);
    }
  });
});

describe('a network that goes silent', () => {
  let proxy: TcpProxy | undefined;
  afterAll(() => proxy?.close());

  test('for 10 s costs no record, repeats none, and hangs nothing', { timeout: 180_000 }, async (context) => {
    const { VELO_KAFKA_BROKERS, VELO_KAFKA_PROXY_ADDRESS, VELO_KAFKA_PROXY_TARGET } = server.require(context);
    proxy = await tcpProxy(VELO_KAFKA_PROXY_ADDRESS, VELO_KAFKA_PROXY_TARGET);
    const driver = driverFor(VELO_KAFKA_BROKERS);
    const behind = driverFor(VELO_KAFKA_PROXY_ADDRESS, { requestTimeoutMs: 2_000 });
    try {
      const run = { ...(await setUp(driver, 'blackhole')), brokers: VELO_KAFKA_PROXY_ADDRESS };
      const records = recordsFor('silent', 0, STEP * 2);
      await writeInput(driver, run.input, records.slice(0, STEP));
      const job = supervised(run);
      await untilTotals(driver, run.output, STEP, 60_000);
      await behind.topics([run.input]);
      proxy.blackhole();
      const since = Date.now();
      await expect(behind.topics([run.input])).rejects.toMatchObject({ code: expect.stringMatching(/^VS480[12]$/) });
      expect(Date.now() - since).toBeLessThan(12_000);
      await writeInput(driver, run.input, records.slice(STEP));
      const rest = 10_000 - (Date.now() - since);
      if (rest > 0) await new Promise((done) => setTimeout(done, rest));
      proxy.heal();
      await untilTotals(driver, run.output, STEP * 2, 90_000);
      await job.stop();
      expect(job.outputs.join('')).not.toContain('unhandled');
      await settled(driver, run.output);
      expect(judge(await totalsIn(driver, run.output), expectedTotals(records))).toEqual(GOOD);
    } finally {
      await driver.close();
      await behind.close();
    }
  });

  test('that passes single bytes changes nothing', { timeout: 60_000 }, async (context) => {
    const { VELO_KAFKA_BROKERS, VELO_KAFKA_PROXY_ADDRESS, VELO_KAFKA_PROXY_TARGET } = server.require(context);
    proxy ??= await tcpProxy(VELO_KAFKA_PROXY_ADDRESS, VELO_KAFKA_PROXY_TARGET);
    proxy.slice = 1;
    const driver = driverFor(VELO_KAFKA_BROKERS);
    const behind = driverFor(VELO_KAFKA_PROXY_ADDRESS);
    try {
      const { input } = await setUp(driver, 'slices');
      await writeInput(driver, input, recordsFor('slices', 0, 200));
      expect(await readAll(behind, input)).toHaveLength(200);
    } finally {
      proxy.slice = undefined;
      await driver.close();
      await behind.close();
    }
  });
});
