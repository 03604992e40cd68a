import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { gzipSync } from 'node:zlib';
import { createEngine } from '@velostream/core';
import { afterAll, beforeAll, describe, expect, onTestFinished, test } from 'vitest';
import { service } from '../../../../test/services.ts';
import type { KafkaDriver } from '../../src/kafka/driver/kafka-driver.ts';
import { kafka } from '../../src/kafka/index.ts';
import { postgres } from '../../src/postgres/index.ts';
import { testDatabase } from '../postgres.fixture.ts';
import { driverFor, freshName, freshTopic, produce, readAll } from './kafka.fixture.ts';
import { type KillPoint, watchedDriver } from './kill-points.fixture.ts';

const server = service('kafka');
const database = service('postgres');
let driver: KafkaDriver;
let brokers = '';
let folder: string;
beforeAll(() => {
  brokers = server.find()?.VELO_KAFKA_BROKERS ?? '127.0.0.1:1';
  driver = driverFor(brokers, { requestTimeoutMs: 30_000 });
  folder = mkdtempSync(join(tmpdir(), 'velo-dlq-'));
});
afterAll(async () => {
  rmSync(folder, { recursive: true, force: true });
  await driver.close();
});

const bytes = (...parts: (string | readonly number[])[]): Uint8Array =>
  Buffer.concat(parts.map((part) => (typeof part === 'string' ? Buffer.from(part) : Uint8Array.from(part))));
const GOOD = '{"id": 1, "name": "n", "price": 1.5}';

/** What no reader can make a row of. */
const BAD: readonly (string | Uint8Array)[] = [
  ...Array.from({ length: GOOD.length - 1 }, (_, i) => GOOD.slice(0, i + 1)),
  '',
  '   ',
  '\n\n',
  'null',
  '[]',
  '[{"id": 1}]',
  '"text"',
  '1',
  'true',
  'NaN',
  '{"id": NaN}',
  '{"id": Infinity}',
  '{"id": 1,}',
  '{"id" 1}',
  "{'id': 1}",
  '{id: 1}',
  '{"id": 01}',
  '{"id": 1} {"id": 2}',
  '{"id": 1}garbage',
  '{"id": "word"}',
  '{"id": 1.5}',
  '{"id": 99999999999999999999}',
  '{"id": {}}',
  '{"price": "word"}',
  '{"price": []}',
  '{"name": "line\nfeed"}',
  bytes('{"name": "', [0xff, 0xfe], '"}'),
  bytes('{"name": "', [0xc3], '"}'),
  bytes([0, 0, 0, 0, 1], GOOD),
  bytes('{"id": 1', [0], '}'),
  `{"name": ${'['.repeat(100_000)}`,
  'x'.repeat(10_000),
  `{"name": "${'y'.repeat(3_000)}"`,
];

/** What looks odd and is a row all the same. */
const ODD: readonly string[] = [
  GOOD,
  '{}',
  '{"id": null, "name": null, "price": null}',
  '{"id": 9223372036854775807}',
  '{"id": -9223372036854775808}',
  '{"price": 1e300}',
  '{"__proto__": {"polluted": true}, "constructor": 1, "id": 5}',
  '{"id": 1, "id": 2}',
  '{"name": "\\u0000\\u00e9\\ud83d\\ude00"}',
  '{\n  "id": 7,\n  "name": "pretty"\n}',
  `{${Array.from({ length: 10_000 }, (_, i) => `"c${i}": ${i}`).join(',')}, "id": 8}`,
  `{"other": ${'[1,'.repeat(30)}1${']'.repeat(30)}, "id": 9}`,
];

interface Corpus {
  readonly topic: string;
  readonly badOffsets: readonly number[];
  readonly goodCount: number;
}

/** Good and bad ones in turn, 200 and more. */
async function corpus(): Promise<Corpus> {
  const topic = await freshTopic(driver, 'poison');
  const values: (string | Uint8Array)[] = [];
  const badOffsets: number[] = [];
  for (let i = 0; i < 3; i++) {
    BAD.forEach((bad, n) => {
      if (n % 2 === 0) values.push(ODD[(n / 2) % ODD.length] as string);
      badOffsets.push(values.length);
      values.push(bad);
    });
  }
  await produce(driver, topic, values);
  return { topic, badOffsets, goodCount: values.length - badOffsets.length };
}

const SCHEMA = {
  columns: [
    { name: 'id', type: 'INTEGER' },
    { name: 'name', type: 'STRING' },
    { name: 'price', type: 'FLOAT' },
  ],
};

function query(topic: string, more: Readonly<Record<string, string>>) {
  const uri = `kafka://${brokers}/${topic}?${new URLSearchParams({ bounded: 'true', ...more })}`;
  const connectors = [kafka({ deadLetterRoots: [folder] })];
  return createEngine({ connectors, sources: { t: { uri, schema: SCHEMA } } }).run('SELECT id, name, price FROM t');
}

const textOf = (value: Uint8Array | null | undefined): string => new TextDecoder().decode(value ?? new Uint8Array(0));

describe('messages that nobody can read', () => {
  test('go to the dead-letter topic with place, code and sample, and the good ones are processed', {
    timeout: 120_000,
  }, async (context) => {
    server.require(context);
    const [{ topic, badOffsets, goodCount }, dlq] = [await corpus(), await freshTopic(driver, 'poison-dlq')];
    expect(badOffsets.length).toBeGreaterThanOrEqual(200);
    const running = query(topic, { failure_strategy: 'SendToDLQ', 'dead.letter.queue.topic': dlq });
    expect(await running.rows()).toHaveLength(goodCount);
    expect(running.metrics().sources[0]?.badRecords).toBe(badOffsets.length);
    expect(({} as { polluted?: boolean }).polluted).toBeUndefined();
    const letters = await readAll(driver, dlq);
    const header = (letter: (typeof letters)[number], name: string) => textOf(letter.headers.find(([key]) => key === name)?.[1]);
    expect(letters.map((letter) => header(letter, 'dlq.position'))).toEqual(badOffsets.map((offset) => `${topic}[0]@${offset}`));
    for (const letter of letters) {
      expect(header(letter, 'dlq.code')).toMatch(/^VS43\d\d$/);
      expect(header(letter, 'dlq.sample').length).toBeLessThanOrEqual(200);
    }
    const source = await readAll(driver, topic);
    expect(letters.map((m) => m.value)).toEqual(badOffsets.map((offset) => source[offset]?.value));
  });

  test('go to a dead-letter file below an allowed folder, and to none outside', { timeout: 60_000 }, async (context) => {
    server.require(context);
    const topic = await freshTopic(driver, 'poison');
    await produce(driver, topic, [GOOD, 'bad', GOOD]);
    expect(await query(topic, { failure_strategy: 'SendToDLQ', 'dead.letter.queue.file': 'dead.jsonl' }).rows()).toHaveLength(2);
    const [line = ''] = readFileSync(join(folder, 'dead.jsonl'), 'utf8').split('\n');
    expect(JSON.parse(line)).toMatchObject({ position: `${topic}[0]@1`, code: 'VS4304', sample: 'bad' });
    await expect(
      query(topic, { failure_strategy: 'SendToDLQ', 'dead.letter.queue.file': '../outside.jsonl' }).rows(),
    ).rejects.toMatchObject({
      code: 'VS4817',
    });
  });

  test('go to a table, with place, code and sample', { timeout: 60_000 }, async (context) => {
    server.require(context);
    const { options, name, sql, drop } = await testDatabase(database.require(context));
    onTestFinished(drop);
    await sql(`CREATE TABLE letters (position text, code text, reason text, message text, sample text, failed_at timestamptz)`);
    const topic = await freshTopic(driver, 'poison');
    await produce(driver, topic, [GOOD, 'bad', bytes('{"id": 1', [0], '}'), GOOD]);
    const table = `postgres://${options['host']}:${options['port']}/${name}?table=letters`;
    const properties = { bounded: 'true', failure_strategy: 'SendToDLQ', 'dead.letter.queue.table': table };
    const uri = `kafka://${brokers}/${topic}?${new URLSearchParams(properties)}`;
    const login = { user: String(options['user']), password: String(options['password']) };
    const connectors = [kafka({ deadLetterSinks: [postgres({ credentials: () => login })] })];
    const engine = createEngine({ connectors, sources: { t: { uri, schema: SCHEMA } } });
    expect(await engine.run('SELECT id FROM t').rows()).toHaveLength(2);
    const rows = await sql('SELECT position, code, sample FROM letters ORDER BY position');
    expect(rows).toEqual([
      { position: `${topic}[0]@1`, code: 'VS4304', sample: 'bad' },
      { position: `${topic}[0]@2`, code: expect.stringMatching(/^VS43/), sample: expect.stringContaining('id') },
    ]);
    const elsewhere = { failure_strategy: 'SendToDLQ', 'dead.letter.queue.table': 'clickhouse://somewhere/db?table=letters' };
    await expect(query(topic, elsewhere).rows()).rejects.toMatchObject({ code: 'VS4817' });
  });

  test('come once in a transaction, whatever is killed and read again', { timeout: 60_000 }, async (context) => {
    server.require(context);
    const [topic, dlq, id] = [await freshTopic(driver, 'poison'), await freshTopic(driver, 'poison-dlq'), freshName('dlq-tx')];
    const more = { failure_strategy: 'SendToDLQ', 'dead.letter.queue.topic': dlq, 'dead.letter.queue.transactional.id': id };
    const letters = async () =>
      (await readAll(driver, dlq)).map(({ headers }) => textOf(headers.find(([key]) => key === 'dlq.position')?.[1]));
    await produce(driver, topic, [GOOD, 'bad', GOOD, 'worse']);
    for (const point of ['after-output', 'after-send-offsets', 'before-end-txn'] as const) {
      const crash = (reached: KillPoint): void => {
        if (reached === point) throw new Error('killed');
      };
      const connectors = [kafka({ driver: (_, standard) => watchedDriver(standard(), crash) })];
      const uri = `kafka://${brokers}/${topic}?${new URLSearchParams({ bounded: 'true', ...more })}`;
      const killed = createEngine({ connectors, sources: { t: { uri, schema: SCHEMA } } }).run('SELECT id FROM t');
      await expect(killed.rows()).rejects.toMatchObject({ code: 'VS4817' });
    }
    expect(await query(topic, more).rows()).toHaveLength(2);
    expect(await letters()).toEqual([`${topic}[0]@1`, `${topic}[0]@3`]);
    // As after a crash before the job's own commit: all is read again, and one message more.
    await produce(driver, topic, ['worst', GOOD]);
    expect(await query(topic, more).rows()).toHaveLength(3);
    expect(await letters()).toEqual([`${topic}[0]@1`, `${topic}[0]@3`, `${topic}[0]@4`]);
  });

  test('stop the job where their queue cannot be written', async (context) => {
    server.require(context);
    const topic = await freshTopic(driver, 'poison');
    await produce(driver, topic, [GOOD, 'bad', GOOD]);
    const nowhere = { failure_strategy: 'SendToDLQ', 'dead.letter.queue.topic': freshName('nowhere'), 'delivery.timeout.ms': '500' };
    await expect(query(topic, nowhere).rows()).rejects.toMatchObject({ code: 'VS4817' });
    await expect(query(topic, { failure_strategy: 'SendToDLQ' }).rows()).rejects.toMatchObject({ code: 'VS4817' });
  });

  test('fail the batch or are left out, as the strategy says', async (context) => {
    server.require(context);
    const topic = await freshTopic(driver, 'poison');
    await produce(driver, topic, [GOOD, 'bad', GOOD]);
    await expect(query(topic, { failure_strategy: 'FailBatch' }).rows()).rejects.toMatchObject({
      code: 'VS4818',
      message: expect.stringContaining(`${topic}[0]@1`),
    });
    expect(await query(topic, {}).rows()).toHaveLength(2);
  });

  test('too long, or packed to burst, cost nothing but themselves', { timeout: 60_000 }, async (context) => {
    server.require(context);
    const [topic, dlq] = [freshName('poison-large'), await freshTopic(driver, 'poison-dlq')];
    await driver.admin.createTopics([{ topic, partitions: 1, replicationFactor: 1, configs: { 'max.message.bytes': String(24 << 20) } }]);
    await produce(driver, topic, [GOOD]);
    await produce(driver, topic, [`{"name": "${'z'.repeat(18 << 20)}"}`], { requestTimeoutMs: 30_000 });
    await produce(driver, topic, ['0'.repeat(20 << 20)], { compression: 'gzip', requestTimeoutMs: 30_000 });
    await produce(driver, topic, [GOOD]);
    expect(gzipSync('0'.repeat(20 << 20)).length).toBeLessThan(100_000);
    const before = process.memoryUsage().rss;
    const more = { failure_strategy: 'SendToDLQ', 'dead.letter.queue.topic': dlq, 'max.partition.fetch.bytes': '1048576' };
    expect(await query(topic, more).rows()).toHaveLength(2);
    expect(process.memoryUsage().rss - before).toBeLessThan(300 << 20);
    const codes = (await readAll(driver, dlq)).map((letter) => textOf(letter.headers.find(([key]) => key === 'dlq.code')?.[1]));
    expect(codes.sort()).toEqual(['VS4305', 'VS4807']);
  });
});
