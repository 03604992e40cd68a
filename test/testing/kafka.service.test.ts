// The specs of this repository over a real broker: the rows that a consumer gets are those of the run in memory.
import { readFileSync } from 'node:fs';
import { kafka, kafkaAdmin } from '@velostream/connectors/kafka';
import { loadTemplates, templateTest } from '@velostream/core/apps';
import { type RunSpecOptions, runTestSpec, type SuiteReport } from '@velostream/core/testing';
import type { TestBroker } from '@velostream/core/testing/ports';
import { describe, expect, test } from 'vitest';
import { service } from '../services.ts';

const broker = service('kafka');
const EXAMPLE = new URL('../../examples/test-a-query/', import.meta.url);

function brokerAt(brokers: string, more: object = {}): TestBroker & { close(): Promise<void>; readonly made: string[] } {
  const admin = kafkaAdmin({ 'bootstrap.servers': brokers, ...more });
  const made: string[] = [];
  return {
    connector: kafka(),
    admin: {
      async createTopics(topics) {
        made.push(...topics.map((t) => t.topic));
        await admin.createTopics(topics);
      },
      deleteTopics: (topics) => admin.deleteTopics(topics),
    },
    uri: (topic) => `kafka://${brokers}/${topic}`,
    close: () => admin.close(),
    made,
  };
}

/** Topics of a name that are there; the explorer of the connector asks. */
async function topicsThere(brokers: string, names: readonly string[]): Promise<readonly string[]> {
  const connector = kafka();
  const options = connector.options.safeParse({ 'bootstrap.servers': brokers });
  if (!options.success || !connector.explore) throw new Error('expected an explorer of Kafka');
  const explorer = connector.explore(options.data, { warn: () => {}, now: Date.now });
  const found = await explorer.list({ filter: 'test_' });
  await explorer.close?.();
  return names.filter((name) => found.some((t) => t.name === name));
}

const outcomes = (report: SuiteReport) =>
  report.queries.map((q) => ({
    name: q.name,
    status: q.status,
    error: q.error,
    rows: sorted(q.output.rows),
    failed: q.assertions.filter((a) => !a.passed).map((a) => a.message),
  }));
/** Rows of sources with the same times may change places: a topic has its own order, two topics have none. */
const sorted = (rows: readonly object[]): string[] => rows.map((r) => JSON.stringify(r, bigints)).sort();
const bigints = (_: string, value: unknown): unknown => (typeof value === 'bigint' ? String(value) : value);

interface Case {
  readonly name: string;
  readonly spec: string;
  readonly options: RunSpecOptions;
}
const cases: readonly Case[] = [
  ...(await loadTemplates()).map((template) => {
    const { sql, spec } = templateTest(template);
    // Enough for every branch, and small enough that each output is compared whole.
    return { name: template.id, spec: JSON.stringify(spec), options: { sql, records: 60 } };
  }),
  {
    name: 'examples/test-a-query',
    spec: readFileSync(new URL('visits.test.yaml', EXAMPLE), 'utf8'),
    options: { sql: readFileSync(new URL('visits.sql', EXAMPLE), 'utf8'), records: 200 },
  },
];

describe('a spec over Kafka', () => {
  test.for(cases)(
    '$name has the rows of the run in memory, and leaves no topic',
    { timeout: 180_000 },
    async ({ spec, options }, context) => {
      const brokers = broker.require(context).VELO_KAFKA_BROKERS;
      const over = brokerAt(brokers);
      try {
        const there = await runTestSpec(spec, { ...options, broker: over, jobs: 2 });
        const here = await runTestSpec(spec, options);
        expect(outcomes(there)).toEqual(outcomes(here));
        expect(over.made.length).toBeGreaterThan(1);
        expect(await topicsThere(brokers, over.made)).toEqual([]);
      } finally {
        await over.close();
      }
    },
  );

  test('whose broker is not there ends with a coded error', async () => {
    const over = brokerAt('127.0.0.1:1', { 'socket.connection.setup.timeout.ms': 500, 'request.timeout.ms': 1000 });
    const [{ spec, options } = { spec: '', options: {} }] = cases.slice(-1);
    const report = await runTestSpec(spec, { ...options, broker: over });
    await over.close();
    expect(report.queries.map((q) => [q.status, q.error?.code])).toEqual([['error', 'VS5415']]);
    expect(report.queries[0]?.error?.message).toContain('127.0.0.1:1');
  });
});
