import { inspect } from 'node:util';
import { clickhouse } from '@velostream/connectors/clickhouse';
import { postgres } from '@velostream/connectors/postgres';
import { s3 } from '@velostream/connectors/s3';
import { createEngine } from '@velostream/core';
import type { ConnectorDefinition } from '@velostream/core/connect';
import { resolveOptions } from '@velostream/core/connect/options';
import { afterAll, beforeEach, describe, expect, type TestContext, test, vi } from 'vitest';
import { service } from '../../../test/services.ts';
import { testClickHouse } from './clickhouse.fixture.ts';
import { testDatabase } from './postgres.fixture.ts';
import { testBucket } from './s3.fixture.ts';

const servers = { postgres: service('postgres'), s3: service('s3'), clickhouse: service('clickhouse') };
const CANARY = `ca"n'a\\ry-%41${'7f3e'.repeat(3)}`;
const cleanups: (() => Promise<unknown>)[] = [];
const printed: string[] = [];

beforeEach(() => {
  printed.length = 0;
  for (const method of ['log', 'warn', 'error', 'info', 'debug'] as const)
    vi.spyOn(console, method).mockImplementation((...parts) => void printed.push(parts.map((part) => inspect(part)).join(' ')));
});
afterAll(async () => {
  vi.restoreAllMocks();
  for (const cleanup of cleanups.reverse()) await cleanup();
});

/** Every way in which a value could be shown to somebody. */
function shown(value: unknown): string {
  const seen = new Set<unknown>();
  const parts: string[] = [];
  const walk = (item: unknown): void => {
    if (typeof item === 'string') parts.push(item);
    else if (item instanceof Uint8Array) parts.push(new TextDecoder('latin1').decode(item), new TextDecoder().decode(item));
    if (typeof item !== 'object' || item === null || seen.has(item)) return;
    seen.add(item);
    if (item instanceof Error) parts.push(item.message, String(item.stack));
    for (const key of Reflect.ownKeys(item)) {
      parts.push(String(key));
      walk((item as Record<PropertyKey, unknown>)[key]);
    }
    if (item instanceof Map) for (const pair of item) walk(pair);
  };
  walk(value);
  const text = (make: () => string): string => {
    try {
      return make();
    } catch {
      return '';
    }
  };
  return [
    ...parts,
    text(() => inspect(value, { depth: 12, showHidden: true, getters: true })),
    text(() => String(value)),
    text(() => JSON.stringify(value) ?? ''),
  ].join('\n');
}

const FORMS = [
  CANARY,
  encodeURIComponent(CANARY),
  JSON.stringify(CANARY).slice(1, -1),
  Buffer.from(CANARY).toString('base64'),
  Buffer.from(`velo:${CANARY}`).toString('base64'),
  '7f3e7f3e7f3e',
];

function expectNoCanary(...values: readonly unknown[]): void {
  const text = [...values.map(shown), ...printed].join('\n');
  for (const form of FORMS) expect(text.includes(form), `"${form}" is shown`).toBe(false);
}

const caught = async (work: Promise<unknown>): Promise<unknown> => {
  try {
    return { answered: await work };
  } catch (error) {
    return error;
  }
};

const HOST = (warnings: string[]) => ({ warn: (text: string) => void warnings.push(text), now: () => Date.now() });

/** Runs every part of a connector with options that hold the canary and lead to a refusal. */
async function everyRefusal(
  definition: ConnectorDefinition<never>,
  options: Readonly<Record<string, unknown>>,
): Promise<readonly unknown[]> {
  const warnings: string[] = [];
  const host = HOST(warnings);
  const { signal } = new AbortController();
  const resolved = resolveOptions(
    definition as ConnectorDefinition<unknown>,
    { ...options, 'no such option': CANARY.length },
    host,
  ) as never;
  const results: unknown[] = [warnings, resolved, inspect(resolved)];
  const source = definition.source!(resolved, host);
  const request = { fields: [], system: [], predicates: [], from: undefined, signal, maxBatchRows: 10 };
  results.push(await caught(source.describe(signal)), await caught(source.read(request)[Symbol.asyncIterator]().next()));
  const sink = await caught((async () => definition.sink!(resolved, host).open([], signal))());
  results.push(sink);
  const explorer = definition.explore!(resolved, host);
  results.push(
    await caught(explorer.list({})),
    await caught(explorer.inspect('x', {})),
    await caught(explorer.peek('x', {})),
    await caught(explorer.stats?.('x', {}) as Promise<unknown>),
  );
  return results;
}

describe('a password is shown nowhere', () => {
  test('by PostgreSQL, when it is wrong, when the server is away, and when the host gives it', async (context: TestContext) => {
    const database = await testDatabase(servers.postgres.require(context));
    cleanups.push(() => database.drop());
    const { host, port } = database.options;
    const plain = postgres() as ConnectorDefinition<never>;
    const given = postgres({ credentials: () => ({ user: 'velo', password: CANARY }) }) as ConnectorDefinition<never>;
    const target = { host, port, database: database.name, table: 't' };
    expectNoCanary(await everyRefusal(plain, { ...target, user: 'velo', password: CANARY }));
    expectNoCanary(await everyRefusal(given, target));
    expectNoCanary(await everyRefusal(plain, { ...target, port: 1, user: 'velo', password: CANARY }));
    expectNoCanary(await everyRefusal(plain, { ...target, ssl_mode: 'verify-full', user: 'velo', password: CANARY }));
  });

  test('by ClickHouse', async (context: TestContext) => {
    const server = await testClickHouse(servers.clickhouse.require(context));
    cleanups.push(() => server.close());
    const { host, port } = server.options;
    const given = clickhouse({ credentials: () => ({ user: 'velo', password: CANARY }) }) as ConnectorDefinition<never>;
    expectNoCanary(
      await everyRefusal(clickhouse() as ConnectorDefinition<never>, { host, port, table: 't', user: 'velo', password: CANARY }),
    );
    expectNoCanary(await everyRefusal(given, { host, port, table: 't' }));
    expectNoCanary(await everyRefusal(given, { host, port: 1, table: 't' }));
  });

  test('by S3', async (context: TestContext) => {
    const bucket = await testBucket(servers.s3.require(context));
    const given = s3({
      credentials: () => ({ accessKeyId: bucket.credentials.accessKeyId, secretAccessKey: CANARY, sessionToken: undefined as never }),
    }) as ConnectorDefinition<never>;
    expectNoCanary(await everyRefusal(given, { ...bucket.options, key: 'x.csv', retries: 0 }));
    expectNoCanary(await everyRefusal(given, { ...bucket.options, endpoint: 'http://127.0.0.1:1', key: 'x.csv', retries: 0 }));
    const inUri = await caught((async () => given.fromUri?.(`s3://key:${encodeURIComponent(CANARY)}@bucket/x.csv`))());
    expectNoCanary(inUri);
    const endpoint = await caught(
      everyRefusal(given, { ...bucket.options, endpoint: `http://key:${encodeURIComponent(CANARY)}@127.0.0.1:1`, key: 'x.csv' }),
    );
    expectNoCanary(endpoint);
  });

  test('by a query whose URI holds it: rows, plans, metrics, checkpoints, errors', async (context: TestContext) => {
    const database = await testDatabase(servers.postgres.require(context));
    cleanups.push(() => database.drop());
    const role = `canary_${database.name}`;
    await database.sql(
      `CREATE ROLE ${role} LOGIN PASSWORD '${CANARY.replaceAll("'", "''")}'; CREATE TABLE orders (id int PRIMARY KEY, total numeric(12,2)); INSERT INTO orders VALUES (1, 'NaN'), (2, 5); GRANT ALL ON orders TO ${role}`,
    );
    cleanups.push(() => database.sql(`DROP OWNED BY ${role}; DROP ROLE ${role}`));
    const encoded = encodeURIComponent(CANARY).replaceAll("'", '%27');
    const uri = `postgres://${role}:${encoded}@${database.options['host']}:${database.options['port']}/${database.name}?table=orders&mode=batch`;
    const engine = createEngine({ connectors: [postgres()] });
    const query = engine.run(`SELECT id, total FROM '${uri}'`);
    const rows = await query.rows();
    expect(rows).toEqual([{ id: 2, total: '5.00' }]);
    const checkpoint = await caught(query.checkpoint());
    expectNoCanary(rows, query.metrics(), checkpoint, query.explainSilence(), query.schema);
    const { host, port } = database.options;
    const configured = engine.run(
      `SELECT id FROM orders WITH ('orders.type' = 'postgres_source', 'orders.host' = '${host}', 'orders.port' = '${port}', 'orders.database' = '${database.name}', 'orders.user' = '${role}',
         'orders.password' = '${CANARY.replaceAll("'", "''")}', 'orders.table' = 'orders', 'orders.read_mode' = 'batch')`,
    );
    expect(await configured.rows()).toHaveLength(2);
    expectNoCanary(configured.metrics(), await caught(configured.checkpoint()), configured.schema);
    const failures = await Promise.all([
      caught(engine.run(`SELECT nothing FROM '${uri}'`).rows()),
      caught(engine.run(`SELECT id FROM '${uri.replace('table=orders', 'table=none')}'`).rows()),
      caught(engine.run(`SELECT id FROM '${uri.replace(encoded, `${encoded}x`)}'`).rows()),
      caught(engine.run(`SELECT id FROM '${uri.replace('postgres:', 'nothing:')}'`).rows()),
      caught(engine.run(`SELECT id FROM '${uri}' INTO '${uri.replace('table=orders', 'table=none')}'`).rows()),
    ]);
    expectNoCanary(failures);
    await engine.close();
  });
});
