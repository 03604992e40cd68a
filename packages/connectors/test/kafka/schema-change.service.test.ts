import { createEngine } from '@velostream/core';
import { BOOLEAN, FLOAT, INTEGER, type Scalar, type SqlType, STRING } from '@velostream/core/connect/formats';
import { afterAll, beforeAll, describe, expect, onTestFinished, test } from 'vitest';
import { service } from '../../../../test/services.ts';
import { avroRecords } from '../../src/formats/avro/index.ts';
import { protobufRecords } from '../../src/formats/protobuf/index.ts';
import type { KafkaDriver } from '../../src/kafka/driver/kafka-driver.ts';
import { kafka } from '../../src/kafka/index.ts';
import { framed } from '../../src/schema-registry/wire-format.ts';
import { driverFor, freshTopic, produce, readAll } from './kafka.fixture.ts';

const broker = service('kafka');
const registry = service('schema-registry');
let driver: KafkaDriver;
let brokers = '';
beforeAll(() => {
  brokers = broker.find()?.VELO_KAFKA_BROKERS ?? '127.0.0.1:1';
  driver = driverFor(brokers);
});
afterAll(() => driver.close());

const columns = (...list: readonly (readonly [string, SqlType])[]) => list.map(([name, type]) => ({ name, type, nullable: true }));

async function call(path: string, method: string, body?: object): Promise<Record<string, unknown>> {
  const headers = { 'content-type': 'application/vnd.schemaregistry.v1+json' };
  const answer = await fetch(`${registry.find()?.VELO_REGISTRY_URL}${path}`, {
    method,
    headers,
    ...(body ? { body: JSON.stringify(body) } : {}),
  });
  expect(answer.status, await answer.clone().text()).toBe(200);
  return (await answer.json()) as Record<string, unknown>;
}

/** Registers one more version; whether it is compatible is what the test is about. */
async function register(topic: string, schema: string, schemaType: string): Promise<number> {
  return (await call(`/subjects/${topic}-value/versions`, 'POST', { schema, schemaType }))['id'] as number;
}

type Write = (id: number, values: readonly Scalar[]) => Uint8Array;
interface Version {
  readonly schema: string;
  readonly write: Write;
}

const avro = async (schema: string, fields: ReturnType<typeof columns>): Promise<Version> => {
  const write = avroRecords({ schema }).writer(fields);
  return { schema, write: (id, values) => framed(id, write(values), false) };
};
const protobuf = async (schema: string, fields: ReturnType<typeof columns>): Promise<Version> => {
  const write = (await protobufRecords({ schema })).writer(fields);
  return { schema, write: (id, values) => framed(id, write(values), true) };
};
const json = async (properties: object, fields: ReturnType<typeof columns>): Promise<Version> => ({
  schema: JSON.stringify({ type: 'object', properties, additionalProperties: true }),
  write: (id, values) =>
    framed(id, new TextEncoder().encode(JSON.stringify(Object.fromEntries(fields.map(({ name }, i) => [name, values[i]])))), false),
});
const record = (...fields: readonly object[]) => JSON.stringify({ type: 'record', name: 'Trade', fields });

const FIRST = columns(['symbol', STRING], ['qty', INTEGER], ['price', FLOAT]);
/** `venue` came, `price` went. */
const SECOND = columns(['symbol', STRING], ['qty', INTEGER], ['venue', STRING]);
/** `qty` means something else now. */
const THIRD = columns(['symbol', STRING], ['qty', BOOLEAN], ['price', FLOAT]);

const FORMATS: Readonly<Record<string, { readonly type: string; versions(): Promise<readonly Version[]> }>> = {
  avro: {
    type: 'AVRO',
    versions: () =>
      Promise.all([
        avro(
          record(
            { name: 'symbol', type: 'string' },
            { name: 'qty', type: 'long' },
            { name: 'price', type: ['null', 'double'], default: null },
          ),
          FIRST,
        ),
        avro(
          record({ name: 'symbol', type: 'string' }, { name: 'qty', type: 'long' }, { name: 'venue', type: 'string', default: '' }),
          SECOND,
        ),
        avro(
          record(
            { name: 'symbol', type: 'string' },
            { name: 'qty', type: 'boolean' },
            { name: 'price', type: ['null', 'double'], default: null },
          ),
          THIRD,
        ),
      ]),
  },
  protobuf: {
    type: 'PROTOBUF',
    versions: () =>
      Promise.all([
        protobuf('syntax = "proto3"; message Trade { string symbol = 1; int64 qty = 2; optional double price = 3; }', FIRST),
        protobuf('syntax = "proto3"; message Trade { string symbol = 1; int64 qty = 2; string venue = 4; }', SECOND),
        protobuf('syntax = "proto3"; message Trade { string symbol = 1; bool qty = 2; optional double price = 3; }', THIRD),
      ]),
  },
  json_schema: {
    type: 'JSON',
    versions: () =>
      Promise.all([
        json({ symbol: { type: 'string' }, qty: { type: 'integer' }, price: { type: 'number' } }, FIRST),
        json({ symbol: { type: 'string' }, qty: { type: 'integer' }, venue: { type: 'string' } }, SECOND),
        json({ symbol: { type: 'string' }, qty: { type: 'boolean' }, price: { type: 'number' } }, THIRD),
      ]),
  },
};

describe('a schema that changes while a query runs', () => {
  test.for(Object.keys(FORMATS))(
    'of %s: new columns are left out, missing ones are NULL, misfits are dead letters',
    {
      timeout: 60_000,
    },
    async (format, context) => {
      broker.require(context);
      registry.require(context);
      const { type, versions } = FORMATS[format] as (typeof FORMATS)[string];
      const [first, second, third] = (await versions()) as [Version, Version, Version];
      const [topic, dlq] = [await freshTopic(driver, 'change'), await freshTopic(driver, 'change-dlq')];
      const firstId = await register(topic, first.schema, type);
      await call(`/config/${topic}-value`, 'PUT', { compatibility: 'NONE' });
      await produce(driver, topic, [first.write(firstId, ['A', 1, 1.5])]);
      const told: string[] = [];
      const engine = createEngine({ connectors: [kafka()], onWarning: (message) => void told.push(message) });
      onTestFinished(() => engine.close());
      const options = {
        format,
        'schema.registry.url': registry.find()?.VELO_REGISTRY_URL ?? '',
        'auto.offset.reset': 'earliest',
        'fetch.max.wait.ms': '50',
        failure_strategy: 'SendToDLQ',
        'dead.letter.queue.topic': dlq,
      };
      const query = engine.run(`SELECT symbol, qty, price FROM 'kafka://${brokers}/${topic}?${new URLSearchParams(options)}'`);
      const rows = query[Symbol.asyncIterator]();
      const next = async () => ({ ...(await rows.next()).value });
      expect(await next()).toEqual({ symbol: 'A', qty: 1, price: 1.5 });

      const secondId = await register(topic, second.schema, type);
      await produce(driver, topic, [second.write(secondId, ['B', 2, 'XLON'])]);
      expect(await next()).toEqual({ symbol: 'B', qty: 2, price: null });
      expect(told.filter((message) => message.startsWith('VS4830'))).toHaveLength(1);

      const thirdId = await register(topic, third.schema, type);
      await produce(driver, topic, [third.write(thirdId, ['C', true, 3.5]), first.write(firstId, ['D', 4, 4.5])]);
      expect(await next()).toEqual({ symbol: 'D', qty: 4, price: 4.5 });
      expect(query.metrics().sources[0]?.badRecords).toBe(1);
      expect(await readAll(driver, dlq)).toHaveLength(1);
      expect(told.filter((message) => message.startsWith('VS4830'))).toHaveLength(2);
      await rows.return?.();
    },
  );
});
