import { createServer, request, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { createEngine } from '@velostream/core';
import { FLOAT, type INTEGER, type Scalar, STRING } from '@velostream/core/connect/formats';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { service } from '../../../../test/services.ts';
import { avroRecords } from '../../src/formats/avro/index.ts';
import { protobufRecords } from '../../src/formats/protobuf/index.ts';
import type { KafkaDriver } from '../../src/kafka/driver/kafka-driver.ts';
import { kafka } from '../../src/kafka/index.ts';
import { framed } from '../../src/schema-registry/wire-format.ts';
import { driverFor, freshTopic, produce, readAll } from './kafka.fixture.ts';

const broker = service('kafka');
const registry = service('schema-registry');
const PASSWORD = 'canary-77aa31';
let driver: KafkaDriver;
let brokers = '';
let proxy: Server;
/** Paths that were asked for through the proxy. */
const asked: string[] = [];

beforeAll(async () => {
  brokers = broker.find()?.VELO_KAFKA_BROKERS ?? '127.0.0.1:1';
  driver = driverFor(brokers);
  const target = new URL(registry.find()?.VELO_REGISTRY_URL ?? 'http://127.0.0.1:1');
  const wanted = `Basic ${Buffer.from(`reader:${PASSWORD}`).toString('base64')}`;
  proxy = createServer((incoming, answer) => {
    asked.push(incoming.url ?? '');
    if (incoming.headers.authorization !== wanted) {
      answer.writeHead(401, { 'content-type': 'application/json' }).end('{"error_code":401,"message":"no"}');
      return;
    }
    const { authorization: _, ...headers } = incoming.headers;
    const path = `${target.pathname}${incoming.url}`;
    const onward = request({ host: target.hostname, port: target.port, path, method: incoming.method, headers }, (reply) => {
      answer.writeHead(reply.statusCode ?? 502, reply.headers);
      reply.pipe(answer);
    });
    onward.on('error', () => answer.writeHead(502).end());
    incoming.pipe(onward);
  });
  await new Promise<void>((done) => proxy.listen(0, '127.0.0.1', done));
});
afterAll(async () => {
  await driver.close();
  proxy.closeAllConnections();
  await new Promise((done) => proxy.close(done));
});

async function register(subject: string, schema: string, more: object = {}): Promise<number> {
  const url = `${registry.find()?.VELO_REGISTRY_URL}/subjects/${subject}/versions`;
  const headers = { 'content-type': 'application/vnd.schemaregistry.v1+json' };
  const answer = await fetch(url, { method: 'POST', headers, body: JSON.stringify({ schema, ...more }) });
  expect(answer.status, await answer.clone().text()).toBe(200);
  return ((await answer.json()) as { id: number }).id;
}

const uri = (topic: string, more: Readonly<Record<string, string>> = {}): string =>
  `kafka://${brokers}/${topic}?${new URLSearchParams({ bounded: 'true', 'schema.registry.url': registry.find()?.VELO_REGISTRY_URL ?? '', retry_backoff: '10', ...more })}`;

const rowsOf = (topic: string, columns: string, more: Readonly<Record<string, string>> = {}) =>
  createEngine({ connectors: [kafka()], sources: { t: { uri: uri(topic, more) } } })
    .run(`SELECT ${columns} FROM t`)
    .rows();

const V1 = JSON.stringify({
  type: 'record',
  name: 'Trade',
  fields: [
    { name: 'symbol', type: 'string' },
    { name: 'price', type: 'double' },
  ],
});
const V2 = JSON.stringify({
  type: 'record',
  name: 'Trade',
  fields: [
    { name: 'symbol', type: 'string' },
    { name: 'price', type: 'double' },
    { name: 'venue', type: 'string', default: 'XNAS' },
  ],
});
const column = (name: string, type: typeof STRING | typeof FLOAT | typeof INTEGER) => ({ name, type, nullable: true });

describe('Avro with a registry', () => {
  test('reads messages of several schema versions with the columns of the newest', async (context) => {
    broker.require(context);
    registry.require(context);
    const topic = await freshTopic(driver, 'avro');
    const first = await register(`${topic}-value`, V1);
    const write1 = avroRecords({ schema: V1 }).writer([column('symbol', STRING), column('price', FLOAT)]);
    await produce(driver, topic, [framed(first, write1(['A', 1.5]), false), null]);
    const second = await register(`${topic}-value`, V2);
    const write2 = avroRecords({ schema: V2 }).writer([column('symbol', STRING), column('price', FLOAT), column('venue', STRING)]);
    await produce(driver, topic, [framed(second, write2(['B', 2.5, 'XLON']), false)]);
    expect(await rowsOf(topic, 'symbol, price, venue', { format: 'avro' })).toEqual([
      { symbol: 'A', price: 1.5, venue: 'XNAS' },
      { symbol: null, price: null, venue: null },
      { symbol: 'B', price: 2.5, venue: 'XLON' },
    ]);
  });

  test('asks for each schema once, with the login, and tells a wrong one without it', async (context) => {
    broker.require(context);
    registry.require(context);
    const topic = await freshTopic(driver, 'avro');
    const id = await register(`${topic}-value`, V1);
    const write = avroRecords({ schema: V1 }).writer([column('symbol', STRING), column('price', FLOAT)]);
    await produce(
      driver,
      topic,
      Array.from({ length: 500 }, (_, i) => framed(id, write([`S${i}`, i]), false)),
    );
    const behind = {
      format: 'avro',
      'schema.registry.url': `http://127.0.0.1:${(proxy.address() as AddressInfo).port}`,
      'schema.registry.username': 'reader',
    };
    asked.length = 0;
    expect(await rowsOf(topic, 'symbol', { ...behind, 'schema.registry.password': PASSWORD })).toHaveLength(500);
    expect(asked.filter((path) => path.startsWith('/schemas/ids/'))).toHaveLength(1);
    expect(asked.length).toBeLessThanOrEqual(2);
    const error = (await rowsOf(topic, 'symbol', { ...behind, 'schema.registry.password': 'canary-wrong' }).catch(
      (e: unknown) => e,
    )) as Error;
    expect(error).toMatchObject({ code: 'VS4813', message: expect.stringContaining('login') });
    expect(`${JSON.stringify(error)}${error.stack}`).not.toMatch(/canary-/);
  });

  test('sends messages that cannot be read to the dead-letter queue, and those alone', async (context) => {
    broker.require(context);
    registry.require(context);
    const [topic, dlq] = [await freshTopic(driver, 'avro'), await freshTopic(driver, 'avro-dlq')];
    const id = await register(`${topic}-value`, V1);
    const good = avroRecords({ schema: V1 }).writer([column('symbol', STRING), column('price', FLOAT)])(['A', 1]);
    const bad = [
      framed(999_999, good, false),
      Uint8Array.of(1, 2, 3, 4, 5, 6),
      new Uint8Array(0),
      framed(id, good.subarray(0, 4), false),
      framed(id, Uint8Array.of(...good, 9), false),
    ];
    await produce(driver, topic, [framed(id, good, false), ...bad, framed(id, good, false)]);
    const more = { format: 'avro', failure_strategy: 'SendToDLQ', 'dead.letter.queue.topic': dlq };
    expect(await rowsOf(topic, 'symbol', more)).toHaveLength(2);
    const letters = await readAll(driver, dlq);
    const positions = letters.map((m) => new TextDecoder().decode(m.headers.find(([name]) => name === 'dlq.position')?.[1] ?? undefined));
    expect(positions).toEqual([1, 2, 3, 4, 5].map((offset) => `${topic}[0]@${offset}`));
  });

  test('registers the schema of its rows where it may, and is read back', async (context) => {
    broker.require(context);
    registry.require(context);
    const topic = await freshTopic(driver, 'avro-out');
    const rows = [
      { symbol: 'A', price: 1.25, qty: 3 },
      { symbol: 'B', price: null, qty: 4 },
    ];
    const engine = createEngine({ connectors: [kafka()], sources: { rows } });
    const options = (register: boolean) =>
      Object.entries({
        type: 'kafka_sink',
        topic,
        'bootstrap.servers': brokers,
        format: 'avro',
        'schema.registry.url': registry.find()?.VELO_REGISTRY_URL ?? '',
        'schema.registry.register': String(register),
      })
        .map(([key, value]) => `'out.${key}' = '${value}'`)
        .join(', ');
    const write = (register: boolean) =>
      engine.run(`CREATE STREAM out AS SELECT symbol, price, qty FROM rows WITH (${options(register)})`).rows();
    await expect(write(false)).rejects.toMatchObject({ code: 'VS4813' });
    await write(true);
    expect(await rowsOf(topic, 'symbol, price, qty', { format: 'avro' })).toEqual(rows);
  });
});

describe('other formats with a registry', () => {
  test('Protobuf messages are read by the path to their type and with imported schemas', async (context) => {
    broker.require(context);
    registry.require(context);
    const topic = await freshTopic(driver, 'proto');
    const common = 'syntax = "proto3"; message Venue { string code = 1; }';
    await register(`${topic}-common`, common, { schemaType: 'PROTOBUF' });
    const text = 'syntax = "proto3"; import "common.proto"; message Trade { string symbol = 1; double price = 2; Venue venue = 3; }';
    const references = [{ name: 'common.proto', subject: `${topic}-common`, version: 1 }];
    const id = await register(`${topic}-value`, text, { schemaType: 'PROTOBUF', references });
    const codec = await protobufRecords({ schema: text, imports: { 'common.proto': common } });
    const write = codec.writer([column('symbol', STRING), column('price', FLOAT)]);
    await produce(driver, topic, [framed(id, write(['A', 1.5] as Scalar[]), true)]);
    expect(await rowsOf(topic, 'symbol, price', { format: 'protobuf' })).toEqual([{ symbol: 'A', price: 1.5 }]);
  });

  test('JSON behind the number of its schema is read with the schema’s columns', async (context) => {
    broker.require(context);
    registry.require(context);
    const topic = await freshTopic(driver, 'jsonschema');
    const schema = JSON.stringify({
      type: 'object',
      properties: { symbol: { type: 'string' }, qty: { type: 'integer' }, at: { type: 'string', format: 'date-time' } },
    });
    const id = await register(`${topic}-value`, schema, { schemaType: 'JSON' });
    const body = new TextEncoder().encode('{"qty": 5, "symbol": "A", "at": "2026-01-02T03:04:05Z"}');
    await produce(driver, topic, [framed(id, body, false)]);
    expect(await rowsOf(topic, 'symbol, qty, at', { format: 'json_schema' })).toEqual([
      { symbol: 'A', qty: 5, at: Date.UTC(2026, 0, 2, 3, 4, 5) },
    ]);
  });

  test('a schema that is given needs no registry', async (context) => {
    broker.require(context);
    const topic = await freshTopic(driver, 'avro-plain');
    const write = avroRecords({ schema: V1 }).writer([column('symbol', STRING), column('price', FLOAT)]);
    await produce(driver, topic, [write(['A', 1.5])]);
    expect(await rowsOf(topic, 'symbol, price', { format: 'avro', 'avro.schema': V1 })).toEqual([{ symbol: 'A', price: 1.5 }]);
  });
});
