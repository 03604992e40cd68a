import { mkdtemp, open as openFile, rm, truncate, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { files } from '@velostream/connectors/files';
import { s3 } from '@velostream/connectors/s3';
import { createEngine } from '@velostream/core';
import { afterAll, beforeAll, beforeEach, describe, expect, test } from 'vitest';
import { chromiumPath } from '../../../.config/browser.ts';
import { testDatabase } from '../../../packages/connectors/test/postgres.fixture.ts';
import { testBucket } from '../../../packages/connectors/test/s3.fixture.ts';
import { service } from '../../../test/services.ts';
import { openWorld, type World } from './kafka-world.fixture.ts';
import { needsBrowser, OPENING_MS, type OpenStudio, openStudio, visit } from './page.fixture.ts';

const servers = { kafka: service('kafka'), s3: service('s3'), postgres: service('postgres') };
const cleanups: (() => Promise<unknown>)[] = [];
let open: OpenStudio;
let folder: string;
beforeAll(async () => {
  if (chromiumPath() === undefined) return;
  folder = await mkdtemp(join(tmpdir(), 'velo-files-'));
  const store = servers.s3.find();
  // As the reader of an S3 has them: in the environment of the process, in no question and in no notebook.
  if (store) {
    process.env['AWS_ACCESS_KEY_ID'] = store.VELO_S3_ACCESS_KEY;
    process.env['AWS_SECRET_ACCESS_KEY'] = store.VELO_S3_SECRET_KEY;
  }
  open = await openStudio({ samples: false, roots: [folder] });
}, OPENING_MS);
afterAll(async () => {
  await open?.close();
  for (const cleanup of cleanups.reverse()) await cleanup();
  if (folder) await rm(folder, { recursive: true, force: true });
}, 60_000);
beforeEach((context) => needsBrowser(context));

const SLOW = 300_000;
const GIGABYTE = 1_073_741_824;
const BLOCKS = 25;
const rows = <T>(n: number, make: (i: number) => T): T[] => Array.from({ length: n }, (_, i) => make(i));
const time = (i: number): string => new Date(Date.UTC(2026, 0, 5, 9) + i * 1_000).toISOString();

describe('journey 10: files, a bucket, a database', () => {
  test('10.1: CSV files by a glob become a chart', { timeout: SLOW }, async () => {
    for (const part of [0, 1]) {
      const lines = rows(600, (i) => {
        const at = part * 600 + i;
        return [['AAPL', 'MSFT', 'NVDA'][at % 3], (100 + 6 * Math.sin(at / 40) + (at % 3) * 9).toFixed(2), 1 + (at % 40), time(at)].join(
          ',',
        );
      });
      await writeFile(join(folder, `trades-${part + 1}.csv`), `symbol,price,qty,ts\n${lines.join('\n')}\n`);
    }
    const v = await visit(open);
    await v.ask(`connect to file://${folder}/trades-*.csv`);
    await v.ask('which files are there?');
    await v.sees('trades-1.csv');
    await v.shots('j10-1-files');
    await v.ask('describe trades-1.csv');
    await v.hears(/qty INTEGER/);
    await v.ask('show the first 10 rows of trades-1.csv');
    await v.hears(/10 records/);
    await v.shots('j10-2-rows');
    await v.ask('vwap per symbol every minute');
    await v.sees(/qty/);
    await v.press('Run');
    await v.stage.locator('.recharts-surface').first().waitFor();
    await v.shots('j10-3-vwap');
    expect(v.complaints).toEqual([]);
  });

  test('10.2: a file of 50 GB is to be read by large windows', { timeout: SLOW }, async () => {
    const path = join(folder, 'events.json');
    const lines = rows(60_000, (i) => JSON.stringify({ event_type: ['view', 'click', 'buy'][i % 3], user_id: `u${i % 9}`, ts: time(i) }));
    const file = await openFile(path, 'w');
    // More than all windows read ahead together: a reader that stops at its limit never comes to the hole.
    for (let block = 0; block < BLOCKS; block++) await file.write(`${lines.join('\n')}\n`);
    await file.close();
    // A hole as large as that takes no room on the disk.
    await truncate(path, 50 * GIGABYTE);
    const v = await visit(open);
    await v.ask(`connect to file://${path}`);
    await v.page.getByRole('region', { name: 'Suggestions' }).getByText('A large file').first().waitFor();
    await v.page.getByRole('button', { name: 'Details' }).click();
    await v.page.getByText(/50 GB/).first().waitFor();
    await v.shots('j10-4-large');
    await v.ask(`connect to file://${path} with mmap`);
    await v.ask('count events by event type every hour');
    await v.sees(/event_type/);
    await v.shots('j10-5-hourly');
    expect(v.complaints).toEqual([]);
    await rm(path);
  });

  test('10.3: Parquet in a bucket: exact schema, preview, an application', { timeout: SLOW }, async (context) => {
    const bucket = await testBucket(servers.s3.require(context));
    const readings = join(folder, 'readings.jsonl');
    await writeFile(
      readings,
      rows(600, (i) =>
        JSON.stringify({ sensor_id: `s${i % 5}`, temperature: 20 + (i % 11) / 2, humidity: 40 + (i % 7), ts: time(i) }),
      ).join('\n'),
    );
    const engine = createEngine({ connectors: [files({ roots: [folder] }), s3({ credentials: () => bucket.credentials })] });
    const endpoint = encodeURIComponent(bucket.endpoint);
    await engine.run(`SELECT * FROM 'file://${readings}' INTO 's3://${bucket.bucket}/daily/readings.parquet?endpoint=${endpoint}'`).rows();
    await engine.close();
    const v = await visit(open);
    await v.ask(`connect to s3://${bucket.bucket}/daily/?endpoint=${endpoint} in region us-west-2 as parquet`);
    await v.hears(/Connected to s3/);
    await v.ask('what is the schema of readings.parquet');
    await v.sees('humidity');
    await v.shots('j10-6-parquet');
    await v.ask('preview 5 rows of readings.parquet');
    await v.hears(/5 records/);
    await v.ask('build an anomaly detection app for the sensors');
    await v.stage.getByRole('tab', { name: 'Data flow' }).waitFor();
    await v.shots('j10-7-anomalies');
    expect(v.complaints).toEqual([]);
  });

  test('10.4: tables of several schemas, one followed into Kafka', { timeout: SLOW }, async (context) => {
    const database = await testDatabase(servers.postgres.require(context));
    cleanups.push(() => database.drop());
    const world: World = await openWorld(servers.kafka.require(context).VELO_KAFKA_CLASSPATH);
    cleanups.push(() => world.close());
    await database.sql(`CREATE TABLE orders (order_id int PRIMARY KEY, status text, total numeric(10, 2), updated_at timestamptz);
      INSERT INTO orders SELECT i, (ARRAY['new', 'paid'])[1 + i % 2], 10 + i, now() - i * interval '1 second' FROM generate_series(1, 60) AS i;
      CREATE SCHEMA billing; CREATE TABLE billing.invoices (invoice_id int PRIMARY KEY, total numeric(10, 2))`);
    const { host, port, user, password } = database.options;
    const v = await visit(open);
    await v.page.getByRole('button', { name: /^Sources$/ }).click();
    await v.page.getByRole('button', { name: 'Connect a source' }).click();
    await v.page.getByLabel('URI').fill(`postgres://${host}:${port}/${database.name}`);
    await v.page.getByText('Credentials').click();
    await v.page.getByLabel('User').fill(String(user));
    await v.page.getByLabel('Password').fill(String(password));
    await v.shot('j10-8-credentials');
    await v.page.getByRole('button', { name: 'Connect', exact: true }).click();
    await v.page.getByRole('complementary', { name: 'Sources' }).getByText('orders').first().waitFor();
    await v.page.keyboard.press('Escape');
    await v.ask('list the tables');
    await v.sees(/invoices/);
    await v.shots('j10-9-tables');
    await v.ask(`SELECT order_id, status, total FROM 'postgres://${host}:${port}/${database.name}?table=orders'`);
    await v.ask(`Connect to kafka at ${world.brokers}`);
    await v.ask('replicate orders to the kafka topic orders-copy');
    await v.hears(/Kept as stream/);
    await v.shots('j10-a-replicated');
    expect(v.complaints).toEqual([]);
  });
});
