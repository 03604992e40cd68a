import type { Field } from '@velostream/core/connect';
import { connectorConformance } from '@velostream/core/connect/conformance';
import { BOOLEAN, FLOAT, INTEGER, STRING, TIMESTAMP } from '@velostream/core/connect/formats';
import { afterAll, describe, test } from 'vitest';
import { service } from '../../../../test/services.ts';
import type { KafkaDriver } from '../../src/kafka/driver/kafka-driver.ts';
import { kafka } from '../../src/kafka/index.ts';
import { driverFor, freshName, freshTopic, produce, readAll, settled } from './kafka.fixture.ts';
import { rowsFromJson } from './rows-from-json.fixture.ts';

const server = service('kafka');

const FIELDS: readonly Field[] = [
  { name: 'id', type: INTEGER, nullable: true },
  { name: 'name', type: STRING, nullable: true },
  { name: 'price', type: FLOAT, nullable: true },
  { name: 'ok', type: BOOLEAN, nullable: true },
  { name: 'at', type: TIMESTAMP, nullable: true },
];
const ROWS = Array.from({ length: 25 }, (_, i) => [
  i,
  i % 7 === 3 ? null : `n${i % 4}`,
  i + 0.5,
  i % 2 === 0,
  1_700_000_000_000 + i * 1000,
]);
const jsonOf = ([id, name, price, ok, at]: (typeof ROWS)[number]): string =>
  JSON.stringify({ id, name, price, ok, at: new Date(at as number).toISOString() });

let driver: KafkaDriver | undefined;
const open = (): KafkaDriver => {
  driver ??= driverFor(server.find()?.VELO_KAFKA_BROKERS ?? '');
  return driver;
};
afterAll(() => driver?.close());

const brokers = (): string => server.find()?.VELO_KAFKA_BROKERS ?? '';

async function source(values: readonly string[], badRecords = 0) {
  const topic = await freshTopic(open(), 'conform');
  await produce(open(), topic, values);
  return {
    options: { brokers: brokers(), topic, bounded: true },
    fields: FIELDS,
    rows: ROWS,
    badRecords,
    dispose: () => open().admin.deleteTopics([topic]),
  };
}

const damaged = (): string[] => ROWS.flatMap((row, i) => (i % 9 === 4 ? ['{"id": broken', jsonOf(row)] : [jsonOf(row)]));

async function sink(options: Readonly<Record<string, unknown>>) {
  const topic = await freshTopic(open(), 'conform-out');
  return {
    options: { brokers: brokers(), topic, ...options },
    async visible(fields: readonly Field[]) {
      // A commit is answered before its marker is written. An open transaction has none to wait for.
      await settled(open(), topic, 1_500).catch(() => {});
      return rowsFromJson(
        fields,
        (await readAll(open(), topic)).map((m) => m.value ?? '{}'),
      );
    },
    dispose: () => open().admin.deleteTopics([topic]),
  };
}

describe('at-least-once', () => {
  const cases = connectorConformance(kafka(), {
    source: () => source(ROWS.map(jsonOf)),
    damaged: () => source(damaged(), 3),
    sink: () => sink({ 'compression.type': 'zstd' }),
  });
  test.each(cases.map(({ name, run }) => [name, run] as const))('%s', async (_, run) => run());
});

describe('exactly-once', () => {
  const cases = connectorConformance(kafka({ exactlyOnce: true }), { sink: () => sink({ 'transactional.id': freshName('conform-tx') }) });
  test.each(cases.map(({ name, run }) => [name, run] as const))('%s', async (_, run) => run());
});
