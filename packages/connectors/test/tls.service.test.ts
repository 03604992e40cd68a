import { clickhouse } from '@velostream/connectors/clickhouse';
import { s3 } from '@velostream/connectors/s3';
import { createEngine } from '@velostream/core';
import { describe, expect, onTestFinished, test } from 'vitest';
import { service } from '../../../test/services.ts';
import { testClickHouse } from './clickhouse.fixture.ts';
import { testBucket } from './s3.fixture.ts';
import { tlsProxy } from './tls-proxy.fixture.ts';

const store = service('s3');
const columns = service('clickhouse');
const ROWS = [
  { id: 1, name: 'é' },
  { id: 2, name: 'b' },
];

describe('servers behind TLS', () => {
  test('S3 is written and read where its authority is trusted, and refused otherwise', async (context) => {
    const bucket = await testBucket(store.require(context));
    const proxy = await tlsProxy(bucket.endpoint);
    onTestFinished(() => proxy.close());
    const uri = (key: string) => `s3://${bucket.bucket}/${key}?endpoint=${encodeURIComponent(proxy.url.origin)}`;
    const trusting = createEngine({ connectors: [s3({ credentials: () => bucket.credentials, ca: proxy.ca })], sources: { rows: ROWS } });
    await trusting.run(`CREATE STREAM out AS SELECT id, name FROM rows INTO '${uri('tls/rows.parquet')}'`).rows();
    expect(await bucket.keys('tls/')).toEqual(['tls/rows.parquet']);
    expect(await trusting.run(`SELECT id, name FROM '${uri('tls/*.parquet')}'`).rows()).toEqual(ROWS);
    expect(proxy.count()).toBeGreaterThan(2);

    const before = proxy.count();
    const wary = createEngine({ connectors: [s3({ credentials: () => bucket.credentials })] });
    await expect(wary.run(`SELECT id FROM '${uri('tls/*.parquet')}&retries=0'`).rows()).rejects.toMatchObject({
      code: expect.stringMatching(/^VS4[57]/),
      message: expect.stringContaining('certificate'),
    });
    expect(proxy.count()).toBe(before);
  });

  test('ClickHouse is written and read where its authority is trusted, and refused otherwise', async (context) => {
    const variables = columns.require(context);
    const server = await testClickHouse(variables);
    const proxy = await tlsProxy(variables.VELO_CLICKHOUSE_URL);
    onTestFinished(async () => {
      await proxy.close();
      await server.close();
    });
    await server.run(`CREATE TABLE ${server.database}.t (id Int64, name String) ENGINE = MergeTree ORDER BY id`);
    const login = { user: String(server.options['user']), password: String(server.options['password']) };
    const uri = `clickhouses://localhost:${proxy.url.port}/${server.database}?table=t`;
    const trusting = createEngine({ connectors: [clickhouse({ credentials: () => login, ca: [proxy.ca] })], sources: { rows: ROWS } });
    await trusting.run(`CREATE STREAM out AS SELECT id, name FROM rows INTO '${uri}'`).rows();
    expect(await trusting.run(`SELECT id, name FROM '${uri}'`).rows()).toEqual(ROWS);
    expect(await server.rows(`SELECT count() FROM ${server.database}.t`)).toEqual([['2']]);

    const before = proxy.count();
    const wary = createEngine({ connectors: [clickhouse({ credentials: () => login })] });
    await expect(wary.run(`SELECT id FROM '${uri}'`).rows()).rejects.toMatchObject({
      code: expect.stringMatching(/^VS45/),
      message: expect.stringContaining('certificate'),
    });
    expect(proxy.count()).toBe(before);
  });
});
