import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { createEngine, runJob } from '@velostream/core';
import { defineConnector, type Sink } from '@velostream/core/connect';
import { fileSystem } from '@velostream/core/node';
import { afterAll, beforeAll, describe, expect, onTestFinished, test } from 'vitest';
import { service } from '../../../../test/services.ts';
import type { KafkaDriver } from '../../src/kafka/driver/kafka-driver.ts';
import { kafka } from '../../src/kafka/index.ts';
import { driverFor, freshName, freshTopic, produce, readAll } from './kafka.fixture.ts';

const server = service('kafka');
let driver: KafkaDriver;
let brokers = '';
let folder: string;
beforeAll(() => {
  brokers = server.find()?.VELO_KAFKA_BROKERS ?? '127.0.0.1:1';
  driver = driverFor(brokers);
  folder = mkdtempSync(join(tmpdir(), 'velo-shards-'));
});
afterAll(async () => {
  rmSync(folder, { recursive: true, force: true });
  await driver.close();
});

const PARTITIONS = 4;
const PER_PARTITION = 400;

/** One process' share of a topic, at least once. It goes on from what the group committed, whoever did it. */
function member(input: string, output: string, group: string, partitions: string) {
  const engine = createEngine({ connectors: [kafka()] });
  const options = {
    'group.id': group,
    partitions,
    'auto.offset.reset': 'earliest',
    'max.partition.fetch.bytes': '2048',
    'fetch.max.wait.ms': '20',
  };
  const from = `kafka://${brokers}/${input}?${new URLSearchParams(options)}`;
  const sql = `CREATE STREAM copy AS SELECT id FROM '${from}' INTO 'kafka://${brokers}/${output}'`;
  const stop = new AbortController();
  const directory = mkdtempSync(join(folder, 'member-'));
  const job = runJob(engine, sql, { fs: fileSystem(), directory, everyMs: 25, batchRows: 50, signal: stop.signal });
  return { job, crash: () => stop.abort(), close: () => engine.close() };
}

describe('processes that share a topic by partitions', () => {
  test('come, go and die without losing a record, and show their lag as a group', { timeout: 120_000 }, async (context) => {
    server.require(context);
    const [input, output, group] = [
      await freshTopic(driver, 'shard-in', PARTITIONS),
      await freshTopic(driver, 'shard-out'),
      freshName('shard'),
    ];
    const idsOf = (partition: number, from: number, to: number) =>
      Array.from({ length: to - from }, (_, i) => `{"id": ${partition * 10_000 + from + i}}`);
    const seen = async () => (await readAll(driver, output)).map((m) => (JSON.parse(m.value ?? '{}') as { id: number }).id);
    const committed = async () => (await driver.committed(group)).reduce((sum, { offset }) => sum + Math.max(0, offset), 0);
    const rounds = ['0,1,2,3', '0,1|2,3', '0|1|2|3', '0,3|1,2', '0,1,2,3'];
    const step = PER_PARTITION / rounds.length;
    for (const [round, shares] of rounds.entries()) {
      for (let p = 0; p < PARTITIONS; p++) await produce(driver, input, idsOf(p, round * step, (round + 1) * step), { partition: p });
      const members = shares.split('|').map((partitions) => member(input, output, group, partitions));
      const before = await committed();
      // In the middle of the work of the round: some has been committed, and not all.
      await expect.poll(committed, { timeout: 30_000, interval: 20 }).toBeGreaterThan(before);
      // The even ones leave in order, the others die.
      await Promise.all(members.map(({ job, crash }, i) => (i % 2 === 0 && round % 2 === 0 ? job.stop() : crash())));
      for (const { close } of members) await close();
    }
    const last = member(input, output, group, '0,1,2,3');
    await expect.poll(committed, { timeout: 30_000, interval: 50 }).toBe(PARTITIONS * PER_PARTITION);
    await last.job.stop();
    await last.close();
    const ids = await seen();
    const wanted = Array.from({ length: PARTITIONS }, (_, p) => Array.from({ length: PER_PARTITION }, (_, i) => p * 10_000 + i)).flat();
    expect([...new Set(ids)].sort((a, b) => a - b)).toEqual(wanted);
    const duplicates = ids.length - wanted.length;
    console.info(`${duplicates} of ${wanted.length} records came twice over ${rounds.length} changes of members`);
    expect(duplicates).toBeLessThan(wanted.length);
  });
});

describe('a sink that does not keep up', () => {
  test('holds the source: what is read ahead stays bounded', { timeout: 120_000 }, async (context) => {
    server.require(context);
    const topic = await freshTopic(driver, 'slow');
    const [messages, text] = [60_000, 'x'.repeat(1_000)];
    for (let at = 0; at < messages; at += 5_000)
      await produce(
        driver,
        topic,
        Array.from({ length: 5_000 }, (_, i) => `{"id": ${at + i}, "text": "${text}"}`),
      );
    let release: () => void = () => {};
    const open = new Promise<void>((resolve) => {
      release = resolve;
    });
    let written = 0;
    const sink: Sink = {
      open: async () => {},
      async write({ batch }) {
        await open;
        written += batch.length;
      },
      commit: async () => {},
      close: async () => {},
    };
    const slow = defineConnector<unknown>({
      name: 'slow',
      schemes: ['slow'],
      options: { names: ['uri'], safeParse: () => ({ success: true, data: {} }) },
      guarantees: { resume: false, sink: 'at-least-once' },
      sink: () => sink,
    });
    let fetched = 0;
    const counting = (standard: KafkaDriver): KafkaDriver => ({
      ...standard,
      async fetch(request) {
        const parts = await standard.fetch(request);
        for (const part of parts) for (const chunk of part.chunks) fetched += chunk.length;
        return parts;
      },
    });
    const engine = createEngine({ connectors: [kafka({ driver: (_, standard) => counting(standard()) }), slow] });
    onTestFinished(() => engine.close());
    const query = engine.run(`CREATE STREAM out AS SELECT id, text FROM 'kafka://${brokers}/${topic}?bounded=true' INTO 'slow://x'`);
    const rows = (async () => {
      let count = 0;
      for await (const batch of query.batches()) count += batch.length;
      return count;
    })();
    let before = -1;
    await expect
      .poll(
        () => {
          const isStill = fetched > 0 && fetched === before;
          before = fetched;
          return isStill;
        },
        { timeout: 60_000, interval: 1_000 },
      )
      .toBe(true);
    expect(written).toBe(0);
    // Eight batches wait for the sink, one is in the loop, and a fetch is ready: less than two thirds of the topic.
    expect(fetched).toBeLessThan(messages * 0.67);
    release();
    expect(await rows).toBe(messages);
    expect(written).toBe(messages);
  });
});
