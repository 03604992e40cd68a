import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { clickhouse } from '@velostream/connectors/clickhouse';
import { postgres } from '@velostream/connectors/postgres';
import { s3 } from '@velostream/connectors/s3';
import { createEngine } from '@velostream/core';
import type { ConnectorDefinition } from '@velostream/core/connect';
import { columnFromScalars, INTEGER, NO_META, type Scalar, STRING, scalarAt } from '@velostream/core/connect/formats';
import { resolveOptions } from '@velostream/core/connect/options';
import { afterAll, describe, expect, test } from 'vitest';
import { service } from '../../../test/services.ts';
import { testClickHouse } from './clickhouse.fixture.ts';
import { testDatabase } from './postgres.fixture.ts';

const servers = { postgres: service('postgres'), clickhouse: service('clickhouse') };
const cleanups: (() => Promise<unknown>)[] = [];
afterAll(async () => {
  for (const cleanup of cleanups.reverse()) await cleanup();
});

const TARGETS = [
  '127.0.0.1',
  'localhost',
  '10.0.0.1',
  '192.168.1.1',
  '169.254.169.254',
  '0.0.0.0',
  '2130706433',
  '0x7f000001',
  '127.1',
  '0177.0.0.1',
  '::1',
  '::ffff:127.0.0.1',
  '::ffff:169.254.169.254',
  'fd00:ec2::254',
  'fe80::1',
  'metadata.google.internal',
  'evil.example',
];
const refused = { code: 'VS4501' };

const CONNECTORS = [
  [
    'postgres',
    postgres({ credentials: () => ({ user: 'u', password: 'p' }) }),
    (host: string) => ({ host, table: 't', read_mode: 'batch' }),
  ],
  ['clickhouse', clickhouse(), (host: string) => ({ host, table: 't' })],
  [
    's3',
    s3({ credentials: () => ({ accessKeyId: 'a', secretAccessKey: 'b' }) }),
    (host: string) => ({ bucket: 'bucket', key: 'x.csv', endpoint: `http://${host.includes(':') ? `[${host}]` : host}:9000`, retries: 0 }),
  ],
] as const;

describe.each(CONNECTORS)('%s under a list of allowed hosts', (_, given, optionsFor) => {
  const definition = given as unknown as ConnectorDefinition<never>;
  const host = { warn: () => {}, now: () => 0, network: { allowedHosts: ['ok.example'] } };
  const { signal } = new AbortController();

  test.each(TARGETS.map((target) => [target]))('reaches %s from no side', async (target) => {
    const options = resolveOptions(definition as ConnectorDefinition<unknown>, optionsFor(target)) as never;
    const request = { fields: [], system: [], predicates: [], from: undefined, signal, maxBatchRows: 10 };
    await expect(definition.source!(options, host).describe(signal)).rejects.toMatchObject(refused);
    await expect(definition.source!(options, host).read(request)[Symbol.asyncIterator]().next()).rejects.toMatchObject(refused);
    await expect(definition.sink!(options, host).open([{ name: 'id', type: INTEGER, nullable: true }], signal)).rejects.toMatchObject(
      refused,
    );
    await expect(definition.explore!(options, host).list({})).rejects.toMatchObject(refused);
    await expect(definition.explore!(options, host).peek('t', {})).rejects.toMatchObject(refused);
  });
});

test('an engine with a network policy refuses URIs in FROM and INTO', async () => {
  const engine = createEngine({
    connectors: CONNECTORS.map(([, definition]) => definition as never),
    network: { allowedHosts: [] },
    sources: { t: [{ id: 1 }] },
  });
  for (const uri of [
    'postgres://127.0.0.1/d?table=t',
    'clickhouse://10.0.0.1:8123/d?table=t',
    's3://bucket/k.csv?endpoint=http://169.254.169.254',
  ]) {
    await expect(engine.run(`SELECT * FROM '${uri}'`).rows()).rejects.toMatchObject(refused);
    await expect(engine.run(`SELECT * FROM t INTO '${uri}'`).rows()).rejects.toMatchObject(refused);
  }
  await engine.close();
});

test.each([[301], [302], [307], [308]])('a store that answers %i is not followed to another place', async (status) => {
  let hits = 0;
  const hidden = createServer((_, answer) => {
    hits++;
    answer.end('id\n1\n');
  });
  await new Promise<void>((done) => hidden.listen(0, '127.0.0.1', done));
  const to = `http://127.0.0.1:${(hidden.address() as AddressInfo).port}/bucket/x.csv`;
  const front = createServer((_, answer) => answer.writeHead(status, { location: to, 'x-amz-bucket-region': 'eu-west-1' }).end());
  await new Promise<void>((done) => front.listen(0, '127.0.0.1', done));
  const { port } = front.address() as AddressInfo;
  const definition = s3({ credentials: () => ({ accessKeyId: 'a', secretAccessKey: 'b' }) });
  const host = { warn: () => {}, now: () => 0, network: { allowedHosts: [`127.0.0.1:${port}`] } };
  const options = resolveOptions(definition, { bucket: 'bucket', key: 'x.csv', endpoint: `http://127.0.0.1:${port}`, retries: 0 });
  await expect(definition.source!(options, host).describe(new AbortController().signal)).rejects.toMatchObject({
    code: expect.stringMatching(/^VS4/),
  });
  expect(hits).toBe(0);
  await Promise.all([hidden, front].map((server) => new Promise((done) => server.close(done))));
});

/** Names and values that try to leave their quotes. */
const HOSTILE = [
  `x"; DROP TABLE precious; --`,
  `x'; DROP TABLE precious; --`,
  'x`; DROP TABLE precious; --',
  `a"."b`,
  `"`,
  `'`,
  '`',
  '\\',
  `\\"`,
  `\\'`,
  '\\`',
  `${'a'.repeat(20)}" FROM precious --`,
  '{x:String}',
  '$1',
  '%s',
  'select',
  '/*',
  '--',
  'é😀',
  '__proto__',
  'constructor',
  'a\tb',
];

const batchOf = (values: readonly (readonly Scalar[])[]) => ({
  keys: null,
  batch: {
    length: values.length,
    columns: [
      columnFromScalars(
        INTEGER,
        values.map(([id]) => id as Scalar),
      ),
      columnFromScalars(
        STRING,
        values.map(([, text]) => text as Scalar),
      ),
    ],
    meta: NO_META,
    ops: null,
    watermarks: null,
  },
});

/** Makes a table of this name with a column of this name, writes the text, and finds it again by a filter. */
async function roundTrip(
  definition: ConnectorDefinition<never>,
  options: Readonly<Record<string, unknown>>,
  text: string,
): Promise<readonly Scalar[][]> {
  const host = { warn: () => {}, now: () => 0 };
  const { signal } = new AbortController();
  const fields = [
    { name: 'id', type: INTEGER, nullable: false },
    { name: text, type: STRING, nullable: true },
  ];
  const resolved = resolveOptions(definition as ConnectorDefinition<unknown>, options) as never;
  const sink = definition.sink!(resolved, host);
  await sink.open(fields, signal);
  await sink.write(
    batchOf([
      [1, text],
      [2, 'other'],
    ]),
    signal,
  );
  await sink.commit(1);
  await sink.close('complete');
  const source = definition.source!(resolved, host);
  expect((await source.describe(signal)).fields.map(({ name }) => name)).toEqual(['id', text]);
  const rows: Scalar[][] = [];
  const predicates = [{ column: text, op: '=' as const, values: [text] }];
  for await (const { batch } of source.read({ fields, system: [], predicates, from: undefined, signal, maxBatchRows: 10 })) {
    for (let row = 0; row < batch.length; row++) rows.push(batch.columns.map((column) => scalarAt(column, row)));
  }
  const explorer = definition.explore!(resolved, host);
  expect((await explorer.list({})).length).toBeGreaterThan(0);
  return rows;
}

test('hostile names and values are data to PostgreSQL', async (context) => {
  const database = await testDatabase(servers.postgres.require(context));
  cleanups.push(() => database.drop());
  await database.sql('CREATE TABLE precious (id int); INSERT INTO precious VALUES (1)');
  const definition = postgres() as unknown as ConnectorDefinition<never>;
  for (const text of HOSTILE) {
    const table = `"${text.replaceAll('"', '""')}"`;
    const options = { ...database.options, table, create_table: true, key: 'id', read_mode: 'batch', job: text };
    expect([text, await roundTrip(definition, options, text)]).toEqual([text, [[1, text]]]);
  }
  expect(await database.sql('SELECT count(*) AS n FROM precious')).toEqual([{ n: '1' }]);
});

test('hostile names of slots, publications and schemas are data to PostgreSQL', async (context) => {
  const database = await testDatabase(servers.postgres.require(context));
  cleanups.push(() => database.drop());
  await database.sql('CREATE TABLE precious (id int PRIMARY KEY); INSERT INTO precious VALUES (1)');
  const definition = postgres();
  const host = { warn: () => {}, now: () => 0 };
  for (const text of HOSTILE) {
    const stop = new AbortController();
    const options = resolveOptions(definition, {
      ...database.options,
      table: 'precious',
      publication: text,
      slot: text,
      status_interval_ms: 100,
    });
    const reader = definition.source!(options, host)
      .read({ fields: [], system: [], predicates: [], from: undefined, signal: stop.signal, maxBatchRows: 10 })
      [Symbol.asyncIterator]();
    // Names of slots are refused by the server itself; none of them does anything else.
    await reader.next().catch((error: { readonly code?: string }) => expect(error.code).toMatch(/^VS4/));
    stop.abort();
    await reader.return?.();
    await expect(
      definition.source!(
        resolveOptions(definition, { ...database.options, table: 'precious', schema: text, read_mode: 'batch' }),
        host,
      ).describe(stop.signal),
    ).rejects.toMatchObject({ code: expect.stringMatching(/^VS4/) });
  }
  expect(await database.sql('SELECT count(*) AS n FROM precious')).toEqual([{ n: '1' }]);
});

test('hostile names and values are data to ClickHouse', async (context) => {
  const server = await testClickHouse(servers.clickhouse.require(context));
  cleanups.push(() => server.close());
  await server.run(`CREATE TABLE ${server.database}.precious (id Int64) ENGINE = MergeTree ORDER BY id`);
  await server.run(`INSERT INTO ${server.database}.precious VALUES (1)`);
  const definition = clickhouse() as unknown as ConnectorDefinition<never>;
  for (const text of HOSTILE) {
    // A dot would be read as the end of the database's name.
    if (text.includes('.')) continue;
    const options = { ...server.options, table: text, create_table: true, key: 'id', job: text };
    expect([text, await roundTrip(definition, options, text)]).toEqual([text, [[1, text]]]);
  }
  expect(await server.rows(`SELECT count() FROM ${server.database}.precious`)).toEqual([['1']]);
});
