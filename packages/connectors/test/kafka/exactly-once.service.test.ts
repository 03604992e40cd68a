import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { service } from '../../../../test/services.ts';
import type { KafkaDriver } from '../../src/kafka/driver/kafka-driver.ts';
import { driverFor, freshName, readAll, settled } from './kafka.fixture.ts';
import { KILL_POINTS, type KillPoint } from './kill-points.fixture.ts';
import { expectedTotals, judge, readWithJava, recordsFor, startJob, type Total, writeInput } from './run-job.fixture.ts';

const server = service('kafka');
const RECORDS = 4_000;
const GOOD = { lost: 0, duplicates: 0, wrong: 0, reordered: 0 };
/** How often a point is passed before the job dies there: in the middle of the work, where it has a middle. */
const TIMES: Readonly<Partial<Record<KillPoint, number>>> = {
  'before-poll': 6,
  'after-poll': 6,
  'mid-batch': 3,
  'after-output': 3,
  'mid-checkpoint-write': 2,
  'after-rename': 2,
  'after-send-offsets': 2,
  'before-end-txn': 2,
  'after-end-txn': 2,
};

let driver: KafkaDriver;
let directory: string;
const outputs = freshName('eos-out');
const checked = new Map<string, readonly Total[]>();

beforeAll(() => {
  driver = driverFor(server.find()?.VELO_KAFKA_BROKERS ?? '127.0.0.1:1');
  directory = mkdtempSync(join(tmpdir(), 'velo-eos-'));
});
afterAll(async () => {
  rmSync(directory, { recursive: true, force: true });
  await driver.close();
});

async function setUp(name: string, brokers: string) {
  const [input, output] = [freshName('eos-in'), `${outputs}-${name}`];
  const partitions = { partitions: 2, replicationFactor: 1 };
  await driver.admin.createTopics([
    { topic: input, ...partitions },
    { topic: output, ...partitions },
  ]);
  const records = recordsFor(name, 0, RECORDS);
  await writeInput(driver, input, records);
  return { records, run: { brokers, input, output, directory: join(directory, name), bounded: true, everyMs: 5 } };
}

const totalsIn = async (topic: string): Promise<Total[]> => (await readAll(driver, topic)).map((m) => JSON.parse(m.value ?? '{}') as Total);

describe('exactly once from Kafka to Kafka with state', () => {
  test.for(KILL_POINTS)('a job killed %s goes on as if nothing had happened', { timeout: 120_000 }, async (killAt, context) => {
    const { VELO_KAFKA_BROKERS } = server.require(context);
    const { records, run } = await setUp(killAt, VELO_KAFKA_BROKERS);
    const once = { ...run, transactionalId: freshName('eos-tx') };
    if (killAt === 'during-restore' || killAt === 'during-gc') {
      const first = await startJob({ ...once, killAt: 'after-end-txn', times: 1 }).ended;
      expect(first.signal, first.output).toBe('SIGKILL');
    }
    const killed = await startJob({ ...once, killAt, times: TIMES[killAt] ?? 1 }).ended;
    expect(killed.signal, killed.output).toBe('SIGKILL');
    const last = await startJob(once).ended;
    expect(last.code, last.output).toBe(0);
    const expected = expectedTotals(records);
    checked.set(killAt, expected);
    await settled(driver, run.output);
    expect(judge(await totalsIn(run.output), expected)).toEqual(GOOD);
  });

  test('Kafka’s own committed reader sees each result once', { timeout: 120_000 }, async (context) => {
    const { VELO_KAFKA_BROKERS, VELO_KAFKA_CLASSPATH } = server.require(context);
    const lines = await readWithJava(VELO_KAFKA_CLASSPATH, VELO_KAFKA_BROKERS, `${outputs}-.*`);
    const seen = lines.map((line) => JSON.parse(line) as Total);
    expect(seen.length).toBe(RECORDS * checked.size);
    expect(judge(seen, [...checked.values()].flat())).toEqual(GOOD);
  });
});

describe('at least once', () => {
  test('a job killed after output loses nothing', { timeout: 120_000 }, async (context) => {
    const { VELO_KAFKA_BROKERS } = server.require(context);
    const { records, run } = await setUp('alo', VELO_KAFKA_BROKERS);
    const killed = await startJob({ ...run, killAt: 'after-output', times: 4 }).ended;
    expect(killed.signal, killed.output).toBe('SIGKILL');
    const last = await startJob(run).ended;
    expect(last.code, last.output).toBe(0);
    await settled(driver, run.output);
    const { lost, wrong, duplicates } = judge(await totalsIn(run.output), expectedTotals(records));
    expect({ lost, wrong }).toEqual({ lost: 0, wrong: 0 });
    expect(duplicates).toBeGreaterThan(0);
  });
});

describe('a zombie', () => {
  test('is fenced, and writes nothing that anybody sees', { timeout: 120_000 }, async (context) => {
    const { VELO_KAFKA_BROKERS } = server.require(context);
    const { records, run } = await setUp('zombie', VELO_KAFKA_BROKERS);
    const once = { ...run, bounded: false, everyMs: 200, transactionalId: freshName('eos-tx') };
    const zombie = startJob(once);
    await zombie.said('ready');
    await untilTotals(run.output, RECORDS);
    zombie.child.kill('SIGSTOP');
    const successor = startJob(once);
    await successor.said('ready');
    const more = recordsFor('zombie', RECORDS, RECORDS + 500);
    await writeInput(driver, run.input, more);
    await untilTotals(run.output, RECORDS + 500);
    zombie.child.kill('SIGCONT');
    const ended = await zombie.ended;
    expect(ended.code, ended.output).toBe(77);
    expect(ended.output).toContain('VS4805');
    await writeInput(driver, run.input, recordsFor('zombie', RECORDS + 500, RECORDS + 600));
    await untilTotals(run.output, RECORDS + 600);
    successor.child.kill('SIGTERM');
    expect(await successor.ended).toMatchObject({ code: 0 });
    const all = [...records, ...more, ...recordsFor('zombie', RECORDS + 500, RECORDS + 600)];
    await settled(driver, run.output);
    expect(judge(await totalsIn(run.output), expectedTotals(all))).toEqual(GOOD);
  });
});

async function untilTotals(topic: string, count: number): Promise<void> {
  await expect.poll(async () => (await totalsIn(topic)).length, { timeout: 60_000, interval: 300 }).toBeGreaterThanOrEqual(count);
}
