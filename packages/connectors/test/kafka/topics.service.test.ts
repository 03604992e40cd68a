import { createEngine } from '@velostream/core';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { service } from '../../../../test/services.ts';
import type { KafkaDriver } from '../../src/kafka/driver/kafka-driver.ts';
import { kafka } from '../../src/kafka/index.ts';
import { driverFor, freshName, freshTopic, NEVER, PLAIN_PRODUCER, produce, readAll, settled, transaction } from './kafka.fixture.ts';

const server = service('kafka');
const START = 1_700_000_000_000;
let driver: KafkaDriver;
let brokers = '';
beforeAll(() => {
  brokers = server.find()?.VELO_KAFKA_BROKERS ?? '127.0.0.1:1';
  driver = driverFor(brokers);
});
afterAll(() => driver.close());

const uri = (topic: string, more: Readonly<Record<string, string>> = {}): string =>
  `kafka://${brokers}/${topic}?${new URLSearchParams({ bounded: 'true', ...more })}`;
const run = (
  sql: string,
  sources: Parameters<typeof createEngine>[0] extends infer O ? NonNullable<O>['sources' & keyof NonNullable<O>] : never = {},
) => createEngine({ connectors: [kafka()], ...(sources === undefined ? {} : { sources }) }).run(sql);
const jsonOf = (from: number, to: number) =>
  Array.from({ length: to - from }, (_, i) => JSON.stringify({ id: from + i, name: `n${(from + i) % 3}` }));

describe('a topic as a source', () => {
  test('is read by URI and by properties alike', async (context) => {
    server.require(context);
    const topic = await freshTopic(driver, 'src');
    await produce(driver, topic, jsonOf(0, 5));
    const byUri = await run(`SELECT id, name FROM '${uri(topic)}' WHERE id > 2`).rows();
    const properties = `'t.type' = 'kafka_source', 't.bootstrap.servers' = '${brokers}', 't.topic.name' = '${topic}', 't.bounded' = 'true'`;
    const byName = await run(`SELECT id, name FROM t WHERE id > 2 WITH (${properties})`).rows();
    expect(byUri).toEqual([
      { id: 3, name: 'n0' },
      { id: 4, name: 'n1' },
    ]);
    expect(byName).toEqual(byUri);
  });

  test('gives keys, headers, offsets, partitions and times beside the values', async (context) => {
    server.require(context);
    const topic = await freshTopic(driver, 'src', 2);
    const producer = driver.producer(PLAIN_PRODUCER);
    await producer.init(NEVER);
    const record = { key: 'k1', value: '{"id": 1}', timestamp: START, headers: [['trace', 'abc']] as const };
    await producer.send([{ topic, partition: 1, records: [record, { ...record, key: null, headers: [] }] }], NEVER);
    const columns = "id, _key AS k, _topic AS t, _partition AS p, _offset AS o, _timestamp AS at, HEADER('trace') AS trace";
    expect(await run(`SELECT ${columns} FROM '${uri(topic)}'`).rows()).toEqual([
      { id: 1, k: 'k1', t: topic, p: 1, o: 0, at: START, trace: 'abc' },
      { id: 1, k: null, t: topic, p: 1, o: 1, at: START, trace: null },
    ]);
  });

  test('gives a row of NULLs for a tombstone, or nothing', async (context) => {
    server.require(context);
    const topic = await freshTopic(driver, 'src');
    await produce(driver, topic, ['{"id": 1}', null, '{"id": 2}'], { key: (i) => `k${i}` });
    expect(await run(`SELECT _key AS k, id FROM '${uri(topic)}'`).rows()).toEqual([
      { k: 'k0', id: 1 },
      { k: 'k1', id: null },
      { k: 'k2', id: 2 },
    ]);
    expect(await run(`SELECT id FROM '${uri(topic, { tombstones: 'skip' })}'`).rows()).toEqual([{ id: 1 }, { id: 2 }]);
  });

  test('starts at a time, at the offsets of a group, or in some partitions', async (context) => {
    server.require(context);
    const topic = await freshTopic(driver, 'src', 2);
    await produce(driver, topic, jsonOf(0, 4), { partition: 0, startAt: START });
    await produce(driver, topic, jsonOf(10, 14), { partition: 1, startAt: START });
    const ids = async (more: Readonly<Record<string, string>>) =>
      (await run(`SELECT id FROM '${uri(topic, more)}'`).rows()).map((r) => r['id']);
    expect(await ids({ 'start.timestamp': String(START + 3) })).toEqual([3, 13]);
    expect(await ids({ partitions: '1' })).toEqual([10, 11, 12, 13]);
    const group = freshName('src-group');
    await driver.commitOffsets(group, [{ topic, partition: 0, offset: 3, metadata: '' }]);
    expect(await ids({ 'group.id': group })).toEqual([10, 11, 12, 3, 13]);
    await expect(ids({ 'group.id': group, 'auto.offset.reset': 'none' })).rejects.toMatchObject({ code: 'VS4803' });
  });

  test('hides uncommitted records unless it is told otherwise', async (context) => {
    server.require(context);
    const topic = await freshTopic(driver, 'src');
    await produce(driver, topic, ['{"id": 1}']);
    const tx = await transaction(driver, freshName('src-tx'));
    await tx.put([{ topic, partition: 0, records: [{ key: null, value: '{"id": 2}', timestamp: START }] }]);
    const ids = async (level: string) =>
      (await run(`SELECT id FROM '${uri(topic, { 'isolation.level': level })}'`).rows()).map((r) => r['id']);
    expect(await ids('read_committed')).toEqual([1]);
    expect(await ids('read_uncommitted')).toEqual([1, 2]);
    await tx.abort();
    await settled(driver, topic);
    expect(await ids('read_committed')).toEqual([1]);
  });

  test('closes windows by the event time of all partitions', async (context) => {
    server.require(context);
    const topic = await freshTopic(driver, 'src', 3);
    for (const partition of [0, 1, 2]) {
      const values = Array.from({ length: 60 }, (_, i) => JSON.stringify({ at: START + i * 1_000, n: 1 }));
      const producer = driver.producer(PLAIN_PRODUCER);
      await producer.init(NEVER);
      await producer.send(
        [{ topic, partition, records: values.map((value, i) => ({ key: null, value, timestamp: START + i * 1_000 })) }],
        NEVER,
      );
    }
    const source = { uri: uri(topic, { 'max.partition.fetch.bytes': '1024' }), eventTime: 'at' };
    const query = run('SELECT SUM(n) AS total FROM t WINDOW TUMBLING(10s) EMIT FINAL', { t: source });
    const rows = await query.rows();
    expect(rows.reduce((sum, r) => sum + Number(r['total']), 0)).toBe(180);
    expect(query.metrics().rowsLate).toBe(0);
  });

  test('waits for new messages when it is not bounded, and new partitions are its own', { timeout: 60_000 }, async (context) => {
    server.require(context);
    const topic = await freshTopic(driver, 'src');
    await produce(driver, topic, jsonOf(0, 2));
    const engine = createEngine({
      connectors: [kafka()],
      sources: { t: { uri: uri(topic, { bounded: 'false', 'auto.offset.reset': 'earliest' }) } },
    });
    const query = engine.run('SELECT id FROM t');
    const seen: unknown[] = [];
    const reading = (async () => {
      for await (const row of query) if (seen.push(row['id']) === 4) break;
    })();
    await expect.poll(() => seen.length, { timeout: 20_000 }).toBe(2);
    await produce(driver, topic, jsonOf(2, 4));
    await reading;
    expect(seen).toEqual([0, 1, 2, 3]);
    await engine.close();
  });

  test('without messages says why its columns are not known, in the error that follows', async (context) => {
    server.require(context);
    const topic = await freshTopic(driver, 'empty');
    const told: string[] = [];
    const engine = createEngine({ connectors: [kafka()], onWarning: (message) => void told.push(message) });
    await expect(engine.run(`SELECT price FROM '${uri(topic)}'`).rows()).rejects.toMatchObject({
      code: 'VS2004',
      hint: expect.stringContaining(`VS4811: no message of topic "${topic}" tells its columns`),
    });
    expect(told).toHaveLength(1);
    await engine.close();
  });

  test('says that a topic does not exist, and which', async (context) => {
    server.require(context);
    await expect(run(`SELECT * FROM '${uri(freshName('nowhere'))}'`).rows()).rejects.toMatchObject({ code: 'VS4804' });
  });
});

describe('a topic as a sink', () => {
  test('takes keys, event times and headers, and gives them back', async (context) => {
    server.require(context);
    const topic = await freshTopic(driver, 'snk', 3);
    const rows = Array.from({ length: 30 }, (_, i) => ({ symbol: `S${i % 4}`, n: i, at: START + i }));
    await run(`SELECT symbol PRIMARY KEY, n FROM rows INTO '${uri(topic, { 'compression.type': 'lz4' })}'`, {
      rows: { rows, eventTime: 'at' },
    }).rows();
    const written = await readAll(driver, topic);
    expect(written).toHaveLength(30);
    const partitions = Map.groupBy(written, (m) => m.key);
    for (const [key, list] of partitions) {
      expect(new Set(list.map((m) => m.partition)).size, `one partition for ${key}`).toBe(1);
      const numbers = list.map((m) => (JSON.parse(m.value ?? '{}') as { n: number }).n);
      expect(numbers).toEqual([...numbers].sort((a, b) => a - b));
    }
  });

  test('refuses a topic that does not exist', async (context) => {
    server.require(context);
    const sql = `SELECT a FROM rows INTO '${uri(freshName('nowhere'))}'`;
    await expect(run(sql, { rows: [{ a: 1 }] }).rows()).rejects.toMatchObject({ code: 'VS4804' });
  });

  test('shows nothing of a query that failed in a transaction', async (context) => {
    server.require(context);
    const topic = await freshTopic(driver, 'snk');
    async function* rows() {
      for (let i = 0; i < 5; i++) yield { a: i };
      throw new Error('the input broke');
    }
    const sql = `SELECT a FROM rows INTO '${uri(topic, { 'transactional.id': freshName('snk-tx') })}'`;
    await expect(run(sql, { rows: rows() }).rows()).rejects.toThrow();
    await settled(driver, topic);
    expect(await readAll(driver, topic)).toEqual([]);
  });
});

describe('a secret', () => {
  test('shows up in no error, whatever fails', async (context) => {
    const { VELO_KAFKA_SASL_BROKERS } = server.require(context);
    const canary = 'canary-c0ffee';
    const options = {
      'security.protocol': 'sasl_plaintext',
      'sasl.username': 'velo',
      'sasl.password': canary,
      'request.timeout.ms': '500',
    };
    const wrong = `kafka://${VELO_KAFKA_SASL_BROKERS}/x?${new URLSearchParams({ bounded: 'true', ...options })}`;
    const inUri = `kafka://velo:${canary}@${VELO_KAFKA_SASL_BROKERS}/x?bounded=true&request.timeout.ms=500`;
    for (const one of [wrong, inUri]) {
      const error = (await createEngine({ connectors: [kafka()], sources: { t: { uri: one } } })
        .run('SELECT * FROM t')
        .rows()
        .catch((e: unknown) => e)) as Error;
      expect(error).toBeInstanceOf(Error);
      const all: string[] = [];
      for (let e: unknown = error; e instanceof Error; e = e.cause) all.push(`${e.stack}${JSON.stringify(e)}${e.message}`);
      expect(all.join('')).not.toContain(canary);
    }
  });
});
