import { createStudio } from '@velostream/core';
import { resolveOptions } from '@velostream/core/connect/options';
import type { Explorer } from '@velostream/core/protocol/explore';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { service } from '../../../../test/services.ts';
import { compileFilter } from '../../../core/src/sessions/compile-filter.ts';
import type { KafkaDriver } from '../../src/kafka/driver/kafka-driver.ts';
import { kafka } from '../../src/kafka/index.ts';
import { driverFor, freshName, freshTopic, NEVER, PLAIN_PRODUCER, produce } from './kafka.fixture.ts';

const server = service('kafka');
const START = 1_700_000_000_000;
let driver: KafkaDriver;
let explorer: Explorer;
let brokers = '';

beforeAll(() => {
  brokers = server.find()?.VELO_KAFKA_BROKERS ?? '127.0.0.1:1';
  driver = driverFor(brokers);
  const definition = kafka();
  const host = { warn: () => {}, now: () => Date.now(), compileFilter };
  explorer = definition.explore!(resolveOptions(definition, { brokers }), host);
});
afterAll(async () => {
  await explorer.close?.();
  await driver.close();
});

/** 60 trades over three partitions, one message that is no JSON, and a tombstone. */
async function trades(): Promise<string> {
  const topic = await freshTopic(driver, 'trades', 3);
  for (const partition of [0, 1, 2]) {
    const rows = Array.from({ length: 20 }, (_, i) => ({
      symbol: `S${i % 3}`,
      price: i + partition / 10,
      quantity: i,
      at: new Date(START + i * 1000).toISOString(),
    }));
    const values = rows.map((row) => JSON.stringify(row));
    await produce(driver, topic, values, { partition, key: (i) => `S${i % 3}`, startAt: START + partition * 100 });
  }
  await produce(driver, topic, ['not json', null], { partition: 0, startAt: START + 50_000 });
  return topic;
}

describe('looking around in a cluster', () => {
  test('lists topics with partitions, counts and settings, and none of Kafka itself', async (context) => {
    server.require(context);
    const topic = await trades();
    const found = await explorer.list({ filter: topic });
    expect(found).toMatchObject([{ name: topic, kind: 'topic', uri: `kafka://${brokers}/${topic}`, recordCount: 62, isTest: false }]);
    expect(found[0]?.partitions?.map((p) => [p.partition, p.lowOffset, p.highOffset])).toEqual([
      [0, '0', '22'],
      [1, '0', '20'],
      [2, '0', '20'],
    ]);
    expect(found[0]?.config).toMatchObject({ 'cleanup.policy': 'delete' });
    expect((await explorer.list({})).some((t) => t.name.startsWith('__'))).toBe(false);
  });

  test('finds columns from messages, and says how many it looked at', async (context) => {
    server.require(context);
    const schema = await explorer.inspect(await trades(), { maxRecords: 9 });
    expect(schema.fields.map(({ name, type }) => [name, type])).toEqual([
      ['symbol', 'STRING'],
      ['price', 'FLOAT'],
      ['quantity', 'INTEGER'],
      ['at', 'TIMESTAMP'],
    ]);
    expect(schema).toMatchObject({
      origin: 'inferred',
      hasKeys: true,
      coverage: { scanned: 9, available: 62, partitions: [0, 1, 2], stoppedBy: 'limit' },
    });
    expect(schema.warnings?.[0]).toContain('1 of the scanned messages');
  });

  test('shows the latest messages, undecodable ones and tombstones among them', async (context) => {
    server.require(context);
    const peek = await explorer.peek(await trades(), { limit: 4 });
    expect(peek.messages?.map((m) => [m.partition, m.offset, m.tombstone ?? false, m.error === undefined])).toEqual([
      [2, '18', false, true],
      [2, '19', false, true],
      [0, '20', false, false],
      [0, '21', true, true],
    ]);
    expect(peek.rows[1]).toEqual({ symbol: 'S1', price: 19.2, quantity: 19, at: START + 19_000 });
    expect(peek.coverage).toMatchObject({ available: 62, partitions: [0, 1, 2], stoppedBy: 'limit' });
  });

  test('pages backwards and forwards without leaving out or repeating one', async (context) => {
    server.require(context);
    const topic = await trades();
    for (const from of ['latest', 'earliest'] as const) {
      const seen: string[] = [];
      let continueFrom: string | undefined;
      for (let page = 0; page < 40; page++) {
        const peek = await explorer.peek(topic, continueFrom === undefined ? { from, limit: 7 } : { continueFrom, limit: 7 });
        seen.push(...(peek.messages ?? []).map((m) => `${m.partition}@${m.offset}`));
        continueFrom = peek.coverage.continueFrom;
        if (continueFrom === undefined) break;
      }
      expect(seen).toHaveLength(62);
      expect(new Set(seen).size).toBe(62);
    }
  });

  test('begins at an offset or a time, in one partition', async (context) => {
    server.require(context);
    const topic = await trades();
    const at = await explorer.peek(topic, { from: { offset: '5' }, partition: 1, limit: 2 });
    expect(at.messages?.map((m) => [m.partition, m.offset])).toEqual([
      [1, '5'],
      [1, '6'],
    ]);
    const since = await explorer.peek(topic, { from: { timestampMs: START + 50_000 }, limit: 10 });
    expect(since.messages?.map((m) => m.offset)).toEqual(['20', '21']);
    expect(since.coverage.stoppedBy).toBe('end');
  });

  test.for([
    ['latest', ['18', '18']],
    ['earliest', ['18', '18']],
  ] as const)('filters in SQL from the %s', async ([from, offsets], context) => {
    server.require(context);
    const peek = await explorer.peek(await trades(), { from, filter: "symbol = 'S0' AND price BETWEEN 18.05 AND 30", limit: 10 });
    expect(peek.messages?.map((m) => m.offset)).toEqual(offsets);
    expect(peek.coverage).toMatchObject({ scanned: 62, available: 62, stoppedBy: 'end' });
  });

  test('refuses a filter with what is wrong with it', async (context) => {
    server.require(context);
    const topic = await trades();
    for (const filter of ['prize > 1', 'price >', 'price > 1; DROP TABLE x', '(SELECT 1)', 'price IN (SELECT 1)', 'SUM(price) > 1']) {
      await expect(explorer.peek(topic, { filter }), filter).rejects.toMatchObject({ code: 'VS4820' });
    }
  });

  test('stops at its limits of bytes and time and tells how to go on', async (context) => {
    server.require(context);
    const peek = await explorer.peek(await trades(), { from: 'earliest', filter: 'price < 0', maxBytes: 500 });
    expect(peek).toMatchObject({ rows: [], coverage: { stoppedBy: 'bytes', continueFrom: expect.stringMatching(/^f:/) } });
  });

  test('tells when the last record came and what its key was', async (context) => {
    server.require(context);
    const stats = await explorer.stats!(await trades(), {});
    expect(stats).toMatchObject({ recordCount: 62, exact: false, firstRecordAt: START, lastRecordAt: START + 50_001 });
    expect(stats.partitions?.[1]).toMatchObject({ messageCount: 20, latestKey: 'S1', latestTimestampMs: START + 119 });
  });

  test('shows groups with their lag in messages and seconds, and how it grows', async (context) => {
    server.require(context);
    const topic = await trades();
    const group = freshName('group');
    await driver.commitOffsets(group, [{ topic, partition: 1, offset: 15, metadata: '' }]);
    const first = (await explorer.consumers!(topic, {})).find((c) => c.groupId === group);
    expect(first).toMatchObject({
      subscribedTopics: [topic],
      lag: 5,
      lagSlope: 0,
      positions: [{ partition: 1, currentOffset: '15', highWatermark: '20', lag: 5 }],
    });
    expect(first?.lagSeconds).toBeGreaterThan(1_000_000);
    await produce(driver, topic, ['{}', '{}', '{}'], { partition: 1 });
    const second = (await explorer.consumers!(topic, {})).find((c) => c.groupId === group);
    expect(second?.lag).toBe(8);
    expect(second?.lagSlope).toBeGreaterThan(0);
  });

  test('follows a topic in a ring whose drops it counts', async (context) => {
    server.require(context);
    const topic = await trades();
    const stop = new AbortController();
    const tail = explorer.tail!(topic, { limit: 5, signal: stop.signal })[Symbol.asyncIterator]();
    const first = tail.next();
    const producer = driver.producer(PLAIN_PRODUCER);
    await producer.init(NEVER);
    const send = async (i: number) => {
      const record = { key: null, value: JSON.stringify({ symbol: 'NEW', price: i }), timestamp: START + 60_000 + i };
      await producer.send([{ topic, partition: 0, records: [record] }], NEVER);
    };
    // The tail begins at the end of the topic at some moment after it was asked for: messages come until it has seen one.
    let isSeen = false;
    first.then(() => {
      isSeen = true;
    });
    for (let i = 0; !isSeen; i++) await send(i);
    expect((await first).value?.rows.at(-1)).toMatchObject({ symbol: 'NEW' });
    const many = Array.from({ length: 40 }, (_, i) => ({
      key: null,
      value: JSON.stringify({ price: 100 + i }),
      timestamp: START + 90_000 + i,
    }));
    await producer.send([{ topic, partition: 0, records: many }], NEVER);
    let last: { readonly rows: readonly object[]; readonly dropped?: number } = { rows: [] };
    await expect
      .poll(
        async () => {
          last = (await tail.next()).value ?? last;
          return last.dropped ?? 0;
        },
        { timeout: 10_000 },
      )
      .toBeGreaterThanOrEqual(35);
    expect(last.rows).toHaveLength(5);
    expect(last.rows.at(-1)).toMatchObject({ price: 139 });
    stop.abort();
    expect((await tail.next()).done).toBe(true);
  });
});

describe('journeys', () => {
  test('explore first: connect, list, inspect, peek, query with the columns that were found, write', {
    timeout: 60_000,
  }, async (context) => {
    server.require(context);
    const topic = await trades();
    const output = await freshTopic(driver, 'vwap');
    const studio = createStudio({ connectors: [kafka()] });
    const session = await studio.sessions.create({ name: 'J1' });
    const connection = await session.connect(`kafka://${brokers}`);
    expect(connection).toMatchObject({ type: 'kafka', status: 'connected' });
    const listed = await studio.sources.list({ sessionId: session.id, filter: topic });
    expect(listed.map((s) => s.name)).toContain(topic);
    const { id } = listed.find((s) => s.name === topic)!;
    const schema = await studio.sources.inspect(id, { sessionId: session.id });
    const names = schema.fields.map((f) => f.name);
    expect(names).toEqual(['symbol', 'price', 'quantity', 'at']);
    const peek = await studio.sources.peek(id, { sessionId: session.id, limit: 10, filter: 'quantity > 17' });
    expect(peek.rows).toHaveLength(6);
    const source = `'kafka://${brokers}/${topic}?bounded=true'`;
    const sum = session.execute(
      `SELECT symbol, SUM(price * quantity) / SUM(quantity) AS vwap FROM ${source} WHERE symbol IS NOT NULL GROUP BY symbol EMIT FINAL`,
    );
    const rows = await sum.rows();
    expect(rows.map((r) => r['symbol']).sort()).toEqual(['S0', 'S1', 'S2']);
    const write = session.execute(
      `CREATE STREAM out AS SELECT symbol PRIMARY KEY, price FROM ${source} WHERE quantity = 19 INTO 'kafka://${brokers}/${output}'`,
    );
    await write.rows();
    const written = await studio.sources.peek((await studio.sources.list({ sessionId: session.id, filter: output }))[0]!.id, {
      sessionId: session.id,
      from: 'earliest',
    });
    expect(written.rows.map((r) => r['price']).sort()).toEqual([19, 19.1, 19.2]);
    expect(written.messages?.every((m) => m.key === 'S1')).toBe(true);
    await studio.close();
  });

  test('debug: two topics side by side show the column that was misnamed', { timeout: 60_000 }, async (context) => {
    server.require(context);
    const raw = await freshTopic(driver, 'raw-trades');
    const alerts = await freshTopic(driver, 'trade-alerts');
    await produce(
      driver,
      raw,
      Array.from({ length: 12 }, (_, i) => JSON.stringify({ symbol: 'A', price: 10 + i })),
    );
    await produce(
      driver,
      alerts,
      Array.from({ length: 12 }, () => JSON.stringify({ symbol: 'A', price: 0 })),
    );
    const studio = createStudio({ connectors: [kafka()] });
    const session = await studio.sessions.create({ name: 'J4' });
    await session.connect(`kafka://${brokers}`, { as: 'prod' });
    const idOf = async (name: string) => (await studio.sources.list({ sessionId: session.id, filter: name }))[0]!.id;
    const [left, right] = [await idOf(alerts), await idOf(raw)];
    const seen = await Promise.all([left, right].map((id) => studio.sources.peek(id, { sessionId: session.id, limit: 5 })));
    expect(seen.map((p) => p.rows.map((r) => r['price']))).toEqual([
      [0, 0, 0, 0, 0],
      [17, 18, 19, 20, 21],
    ]);
    await studio.sources.inspect(right, { sessionId: session.id });
    const report = await session.validate?.(`SELECT symbol, amount FROM 'kafka://${brokers}/${raw}?bounded=true'`);
    if (report) expect(JSON.stringify(report)).toContain('amount');
    const fixed = await session
      .execute(`SELECT symbol, MAX(price) AS top FROM 'kafka://${brokers}/${raw}?bounded=true' GROUP BY symbol EMIT FINAL`)
      .rows();
    expect(fixed).toEqual([expect.objectContaining({ symbol: 'A', top: 21 })]);
    await studio.close();
  });
});
