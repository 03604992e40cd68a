import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { clickhouse } from '@velostream/connectors/clickhouse';
import { files } from '@velostream/connectors/files';
import { kafka, kafkaAdmin } from '@velostream/connectors/kafka';
import { postgres } from '@velostream/connectors/postgres';
import { s3 } from '@velostream/connectors/s3';
import { createEngine } from '@velostream/core';
import { resolveOptions } from '@velostream/core/connect/options';
import { afterAll, describe, expect, type TestContext, test } from 'vitest';
import { service } from '../../../test/services.ts';
import { compileFilter } from '../../core/src/sessions/compile-filter.ts';
import { type TestClickHouse, testClickHouse } from './clickhouse.fixture.ts';
import { HOST, type TestDatabase, testDatabase } from './postgres.fixture.ts';
import { testBucket } from './s3.fixture.ts';

const servers = { postgres: service('postgres'), s3: service('s3'), clickhouse: service('clickhouse'), kafka: service('kafka') };
const cleanups: (() => Promise<unknown>)[] = [];
afterAll(async () => {
  for (const cleanup of cleanups.reverse()) await cleanup();
});

/** A host with SQL, as the studio is. */
const LOOKING = { ...HOST, compileFilter };

const SYMBOLS = ['AAA', 'BBB', 'CCC'];
const TRADES = Array.from({ length: 300 }, (_, i) => ({
  id: i,
  symbol: SYMBOLS[i % 3] as string,
  price: (100 + (i % 7) * 1.25).toFixed(2),
  quantity: 1 + (i % 5),
  at: new Date(Date.UTC(2024, 0, 1) + i * 1000).toISOString(),
}));

async function databaseFor(context: TestContext): Promise<TestDatabase> {
  const database = await testDatabase(servers.postgres.require(context));
  cleanups.push(() => database.drop());
  return database;
}

async function clickHouseFor(context: TestContext): Promise<TestClickHouse> {
  const server = await testClickHouse(servers.clickhouse.require(context));
  cleanups.push(() => server.close());
  return server;
}

/** URI of a database without user and password: those come from the host program. */
const uriOf = (database: TestDatabase, table: string, more = ''): string =>
  `postgres://${database.options['host']}:${database.options['port']}/${database.name}?table=${table}${more}`;

const credentialsOf = ({ options }: { readonly options: Readonly<Record<string, unknown>> }) => ({
  credentials: () => ({ user: String(options['user']), password: String(options['password']) }),
});

describe('journey 10, from files to a store to a database that is followed', () => {
  test('CSV is aggregated, kept as Parquet in S3, found there with its exact schema, and queried', async (context) => {
    const bucket = await testBucket(servers.s3.require(context));
    const folder = await mkdtemp(join(tmpdir(), 'velo-journey-'));
    cleanups.push(() => rm(folder, { recursive: true }));
    const half = TRADES.length / 2;
    for (const [name, rows] of [
      ['trades-1.csv', TRADES.slice(0, half)],
      ['trades-2.csv', TRADES.slice(half)],
    ] as const) {
      await writeFile(join(folder, name), `id,symbol,price,quantity,at\n${rows.map((row) => Object.values(row).join(',')).join('\n')}\n`);
    }
    const store = s3({ credentials: () => bucket.credentials });
    const engine = createEngine({ connectors: [files({ roots: [folder] }), store] });
    const target = `s3://${bucket.bucket}/market/trades.parquet?endpoint=${encodeURIComponent(bucket.endpoint)}`;
    await engine
      .run(`SELECT id, symbol, CAST(price AS DECIMAL(12, 2)) AS price, quantity, at FROM 'file://${folder}/trades-*.csv' INTO '${target}'`)
      .rows();

    const explorer = store.explore!(resolveOptions(store, { ...bucket.options }), LOOKING);
    const listed = await explorer.list({ filter: 'market/*' });
    expect(listed).toMatchObject([{ name: 'market/trades.parquet', kind: 'object', format: 'parquet' }]);
    expect(JSON.stringify(listed)).not.toContain(bucket.credentials.secretAccessKey);
    const schema = await explorer.inspect('market/trades.parquet', {});
    expect(schema.fields.map(({ name, type }) => `${name} ${type}`)).toEqual([
      'id INTEGER',
      'symbol STRING',
      'price DECIMAL(12, 2)',
      'quantity INTEGER',
      'at TIMESTAMP',
    ]);
    expect(schema).toMatchObject({ origin: 'declared', coverage: { available: 300 } });
    const peek = await explorer.peek('market/trades.parquet', { limit: 10 });
    expect(peek.rows).toHaveLength(10);
    expect(peek.coverage).toMatchObject({ scanned: 10, stoppedBy: 'limit', continueFrom: 'rows:10' });
    const more = await explorer.peek('market/trades.parquet', { limit: 1000, continueFrom: peek.coverage.continueFrom as string });
    expect(more.rows).toHaveLength(290);
    expect(more.coverage).toMatchObject({ available: 300, stoppedBy: 'end' });
    const filtered = await explorer.peek('market/trades.parquet', { limit: 3, filter: "symbol = 'BBB' AND id > 100" });
    expect(filtered.rows.map(({ id }) => id)).toEqual([103, 106, 109]);
    expect(await explorer.stats?.('market/trades.parquet', {})).toMatchObject({ recordCount: 300, exact: true });

    const found = await engine
      .run(
        `SELECT symbol, SUM(price * quantity) / SUM(quantity) AS vwap, COUNT(*) AS n FROM '${listed[0]!.uri}' WHERE id >= 150 GROUP BY symbol`,
      )
      .table();
    const expected = SYMBOLS.map((symbol) => TRADES.slice(150).filter((row) => row.symbol === symbol));
    expect(found.map(({ symbol, n }) => [symbol, n])).toEqual(SYMBOLS.map((symbol, i) => [symbol, expected[i]!.length]));
    for (const [i, row] of found.entries()) {
      const rows = expected[i]!;
      const vwap =
        rows.reduce((sum, { price, quantity }) => sum + Number(price) * quantity, 0) /
        rows.reduce((sum, { quantity }) => sum + quantity, 0);
      expect(Number(row['vwap'])).toBeCloseTo(vwap, 2);
    }
    await engine.close();
  });

  test('tables of all schemas are found, looked at, masked by their tags, and counted', async (context) => {
    const database = await databaseFor(context);
    await database.sql(`CREATE SCHEMA sales; CREATE TABLE sales.customers (id int PRIMARY KEY, email text, token text, name text);
      COMMENT ON COLUMN sales.customers.email IS 'where to write @pii'; COMMENT ON COLUMN sales.customers.token IS '[secret]';
      INSERT INTO sales.customers SELECT i, 'user' || i || '@example.org', 't-' || i, 'N' || i FROM generate_series(1, 25) AS i;
      CREATE TABLE plain (a int); CREATE VIEW sales.names AS SELECT name FROM sales.customers`);
    const definition = postgres(credentialsOf(database));
    const { host, port } = database.options;
    const explorer = definition.explore!(resolveOptions(definition, { host, port, database: database.name }), LOOKING);
    expect((await explorer.list({})).map(({ name, namespace }) => [name, namespace])).toEqual([
      ['public.plain', 'public'],
      ['sales.customers', 'sales'],
      ['sales.names', 'sales'],
    ]);
    expect((await explorer.list({ filter: 'sales.c*' })).map(({ name }) => name)).toEqual(['sales.customers']);
    const schema = await explorer.inspect('sales.customers', {});
    expect(schema).toMatchObject({ key: ['id'], origin: 'declared', coverage: { scanned: 25, available: 25, stoppedBy: 'end' } });
    expect(schema.fields.find(({ name }) => name === 'email')).toMatchObject({ tags: ['pii'], sample: '••••' });
    const peek = await explorer.peek('sales.customers', { limit: 5 });
    expect(peek.masked).toEqual(['email', 'token']);
    expect(JSON.stringify(peek.rows)).not.toMatch(/example\.org|t-\d/);
    expect(peek.rows.map(({ name }) => name)).toEqual(['N1', 'N2', 'N3', 'N4', 'N5']);
    const latest = await explorer.peek('sales.customers', { limit: 1, from: 'latest' });
    expect(latest.rows[0]).toMatchObject({ id: 25 });
    expect(await explorer.stats?.('sales.customers', {})).toMatchObject({ recordCount: 25, exact: true });
    const filtered = await explorer.peek('sales.customers', { limit: 2, filter: "id >= 20 AND name <> 'N21'" });
    expect(filtered.rows.map(({ id }) => id)).toEqual([20, 22]);
    expect(filtered.coverage).toMatchObject({ scanned: 22, stoppedBy: 'limit', continueFrom: 'rows:22' });
    const rest = await explorer.peek('sales.customers', { limit: 9, filter: 'id >= 20', continueFrom: 'rows:22' });
    expect(rest.rows.map(({ id }) => id)).toEqual([23, 24, 25]);
    expect(rest.coverage).toMatchObject({ scanned: 3, available: 25, stoppedBy: 'end' });
    // A condition sees what is shown: the value of a masked column cannot be asked for.
    expect((await explorer.peek('sales.customers', { filter: "email LIKE 'user7@%'" })).rows).toEqual([]);
    expect((await explorer.peek('sales.customers', { limit: 3, filter: 'email IS NOT NULL' })).rows).toHaveLength(3);
    await expect(explorer.peek('sales.customers', { filter: 'nothing = ' })).rejects.toMatchObject({ reason: 'filter-invalid' });
    await expect(explorer.inspect('sales.none', {})).rejects.toMatchObject({
      code: 'VS4601',
      hint: expect.stringContaining('sales.customers'),
    });
  });

  test('a followed table is replicated row by row, updates and deletions included, in one statement', async (context) => {
    const database = await databaseFor(context);
    await database.sql(`CREATE TABLE orders (id int PRIMARY KEY, customer text, total numeric(12,2), at timestamptz); ALTER TABLE orders REPLICA IDENTITY FULL;
      INSERT INTO orders SELECT i, 'c' || i % 4, i * 1.5, '2024-01-01'::timestamptz + i * interval '1 hour' FROM generate_series(1, 40) AS i;
      CREATE TABLE replica (id int PRIMARY KEY, customer text, total numeric(12,2), at timestamptz)`);
    const engine = createEngine({ connectors: [postgres(credentialsOf(database))] });
    const stop = new AbortController();
    const script = engine.script(
      `CREATE STREAM copy AS SELECT id, UPPER(customer) AS customer, total, at FROM '${uriOf(database, 'orders', `&slot=copy_${database.name}`)}' INTO '${uriOf(database, 'replica', '&job=copy')}'`,
      { signal: stop.signal },
    );
    const seen = countChanges(script.query('copy').changes());
    await expect.poll(() => seen.count, { timeout: 20_000 }).toBeGreaterThanOrEqual(40);
    await database.sql(
      "UPDATE orders SET total = total + 100 WHERE id <= 10; DELETE FROM orders WHERE id > 35; INSERT INTO orders VALUES (100, 'new', 1, now()); UPDATE orders SET id = 200 WHERE id = 20",
    );
    await expect.poll(() => seen.count, { timeout: 20_000 }).toBeGreaterThanOrEqual(40 + 10 + 5 + 1 + 1);
    await script.commit({ epoch: 1, save: async () => 'checkpoint-1' });
    const side = await database.sql(
      'SELECT id, upper(customer) AS customer, total, at FROM orders EXCEPT SELECT id, customer, total, at FROM replica',
    );
    const other = await database.sql(
      'SELECT id, customer, total, at FROM replica EXCEPT SELECT id, upper(customer), total, at FROM orders',
    );
    expect({ side, other }).toEqual({ side: [], other: [] });
    expect(await database.sql('SELECT epoch, checkpoint FROM velo_commit')).toEqual([{ epoch: '1', checkpoint: 'checkpoint-1' }]);
    await script.cancel('done');
    await engine.close();
  });

  test('a followed table goes to Kafka in one statement, key and all', async (context) => {
    const { VELO_KAFKA_BROKERS: brokers } = servers.kafka.require(context);
    const database = await databaseFor(context);
    await database.sql(`CREATE TABLE orders (id int PRIMARY KEY, customer text, total numeric(12,2)); ALTER TABLE orders REPLICA IDENTITY FULL;
      INSERT INTO orders SELECT i, 'c' || i % 4, i * 1.5 FROM generate_series(1, 20) AS i`);
    const topic = `orders-${database.name}`;
    const admin = kafkaAdmin({ brokers });
    await admin.createTopics([{ topic, partitions: 1, replicationFactor: 1 }]);
    cleanups.push(async () => {
      await admin.deleteTopics([topic]);
      await admin.close();
    });
    const engine = createEngine({ connectors: [postgres(credentialsOf(database)), kafka()] });
    const target = `kafka://${brokers}/${topic}`;
    const script = engine.script(
      `CREATE STREAM copy AS SELECT id PRIMARY KEY, customer, total FROM '${uriOf(database, 'orders')}' INTO '${target}'`,
    );
    const seen = countChanges(script.query('copy').changes());
    await expect.poll(() => seen.count, { timeout: 20_000 }).toBeGreaterThanOrEqual(20);
    await database.sql('UPDATE orders SET total = 1000 WHERE id = 7');
    await expect.poll(() => seen.count, { timeout: 20_000 }).toBeGreaterThanOrEqual(21);
    await script.commit({ epoch: 1, save: async () => 'checkpoint-1' });
    await script.cancel('done');
    const rows = await engine.run(`SELECT _key AS k, id, customer, total FROM '${target}?bounded=true&auto.offset.reset=earliest'`).rows();
    expect(rows).toHaveLength(21);
    expect(rows.at(-1)).toMatchObject({ k: '7', id: 7, customer: 'c3' });
    expect(Number(rows.at(-1)?.['total'])).toBe(1000);
    await engine.close();
  });

  test('an aggregate over a followed table is right after updates and deletions', async (context) => {
    const database = await databaseFor(context);
    await database.sql(`CREATE TABLE orders (id int PRIMARY KEY, customer text, total numeric(12,2)); ALTER TABLE orders REPLICA IDENTITY FULL;
      INSERT INTO orders SELECT i, 'c' || i % 3, i FROM generate_series(1, 30) AS i`);
    const engine = createEngine({ connectors: [postgres(credentialsOf(database))] });
    const query = engine.run(
      `SELECT customer, COUNT(*) AS n, SUM(total) AS total FROM '${uriOf(database, 'orders')}' WHERE total > 5 GROUP BY customer EMIT CHANGES`,
    );
    const groups = new Map<unknown, unknown>();
    const following = (async () => {
      for await (const { op, row } of query.changes()) {
        if (op === 'delete') groups.delete(row['customer']);
        else groups.set(row['customer'], [row['n'], row['total']]);
      }
    })();
    const expected = async () => {
      const rows = await database.sql(
        'SELECT customer, count(*) AS n, sum(total)::text AS total FROM orders WHERE total > 5 GROUP BY customer ORDER BY customer',
      );
      return rows.map(({ customer, n, total }) => [customer, [Number(n), total]]);
    };
    const actual = () => [...groups].sort(([a], [b]) => (String(a) < String(b) ? -1 : 1));
    await expect.poll(actual, { timeout: 20_000 }).toEqual(await expected());
    await database.sql(
      "UPDATE orders SET total = 1 WHERE id = 30; UPDATE orders SET customer = 'c9' WHERE id IN (10, 11); DELETE FROM orders WHERE id BETWEEN 15 AND 20; INSERT INTO orders VALUES (99, 'c0', 1000.25); UPDATE orders SET total = 77 WHERE id = 2",
    );
    await expect.poll(actual, { timeout: 20_000 }).toEqual(await expected());
    await query.cancel('done');
    await following.catch(() => {});
    await engine.close();
  });

  test('a query that needs the old row is refused where changes lack it, with the way out', async (context) => {
    const database = await databaseFor(context);
    await database.sql('CREATE TABLE orders (id int PRIMARY KEY, total int); INSERT INTO orders VALUES (1, 1)');
    const engine = createEngine({ connectors: [postgres(credentialsOf(database))] });
    for (const sql of [
      'SELECT id FROM x WHERE total > 0',
      'SELECT COUNT(*) AS n FROM x',
      'SELECT a.id FROM x a JOIN x b ON a.id = b.id WITHIN 1s',
    ]) {
      const query = engine.run(sql.replaceAll(/\bx\b/g, `'${uriOf(database, 'orders')}'`));
      await expect(query.rows()).rejects.toMatchObject({ code: 'VS4605', hint: expect.stringContaining('REPLICA IDENTITY FULL') });
    }
    await engine.close();
  });
});

test('PostgreSQL to ClickHouse and back gives the same rows, with properties in SQL', async (context) => {
  const [database, server] = [await databaseFor(context), await clickHouseFor(context)];
  await database.sql(
    "CREATE TABLE readings (id int PRIMARY KEY, sensor text, value numeric(18,6), at timestamptz); INSERT INTO readings SELECT i, 's' || i % 9, i / 7.0, '2024-01-01'::timestamptz + i * interval '1 s 1 us' FROM generate_series(1, 5000) AS i; CREATE TABLE back (LIKE readings INCLUDING ALL)",
  );
  const engine = createEngine({ connectors: [postgres(credentialsOf(database)), clickhouse(credentialsOf(server))] });
  const { host, port } = server.options;
  await engine
    .run(
      `CREATE STREAM out AS SELECT id, sensor, value, at FROM readings WITH ('readings.type' = 'postgres_source', 'readings.host' = '${database.options['host']}', 'readings.port' = '${database.options['port']}',
         'readings.database' = '${database.name}', 'readings.table' = 'readings', 'readings.read_mode' = 'batch',
         'out.type' = 'clickhouse_sink', 'out.host' = '${host}', 'out.port' = '${port}', 'out.database' = '${server.database}', 'out.table' = 'readings', 'out.create_table' = 'true', 'out.key' = 'id')`,
    )
    .rows();
  expect((await server.rows(`SELECT count(), sum(id) FROM ${server.database}.readings`))[0]).toEqual(['5000', String((5000 * 5001) / 2)]);
  await engine
    .run(
      `SELECT id, sensor, value, at FROM 'clickhouse://${host}:${port}/${server.database}?table=readings' WHERE id > 1000 INTO '${uriOf(database, 'back')}'`,
    )
    .rows();
  expect(await database.sql('SELECT count(*) AS n FROM back')).toEqual([{ n: '4000' }]);
  expect(await database.sql('SELECT * FROM back EXCEPT SELECT * FROM readings')).toEqual([]);
  await engine.close();
});

test('tables of ClickHouse are listed, looked at and masked', async (context) => {
  const server = await clickHouseFor(context);
  await server.run(
    `CREATE TABLE ${server.database}.users (id UInt32, email String COMMENT '@pii', at DateTime64(3, 'UTC')) ENGINE = MergeTree ORDER BY id`,
  );
  await server.run(
    `INSERT INTO ${server.database}.users SELECT number, concat('u', toString(number), '@example.org'), now64(3) FROM numbers(30)`,
  );
  const definition = clickhouse(credentialsOf(server));
  const { host, port } = server.options;
  const explorer = definition.explore!(resolveOptions(definition, { host, port }), LOOKING);
  const listed = await explorer.list({ filter: `${server.database}.*` });
  expect(listed).toMatchObject([{ name: `${server.database}.users`, recordCount: 30, config: { engine: 'MergeTree', sorting_key: 'id' } }]);
  expect(await explorer.inspect(`${server.database}.users`, {})).toMatchObject({
    key: ['id'],
    coverage: { scanned: 30, available: 30, stoppedBy: 'end' },
  });
  const peek = await explorer.peek(`${server.database}.users`, { limit: 3, from: 'latest' });
  expect(peek.masked).toEqual(['email']);
  expect(peek.rows.map(({ id, email }) => [id, email])).toEqual([29, 28, 27].map((id) => [id, '••••']));
  expect(peek.coverage).toMatchObject({ scanned: 3, available: 30, stoppedBy: 'limit', continueFrom: 'rows:3' });
  const filtered = await explorer.peek(`${server.database}.users`, { limit: 5, filter: 'id % 10 = 3' });
  expect(filtered.rows.map(({ id }) => id)).toEqual([3, 13, 23]);
  expect((await explorer.peek(`${server.database}.users`, { filter: "email = 'u3@example.org'" })).rows).toEqual([]);
  expect(await explorer.stats?.(`${server.database}.users`, {})).toMatchObject({ recordCount: 30, exact: true });
});

function countChanges(changes: AsyncIterable<unknown>): { readonly count: number } {
  const seen = { count: 0 };
  (async () => {
    for await (const _ of changes) seen.count++;
  })().catch(() => {});
  return seen;
}
