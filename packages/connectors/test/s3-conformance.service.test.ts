import { gzipSync, zstdCompressSync } from 'node:zlib';
import { s3 } from '@velostream/connectors/s3';
import type { Field } from '@velostream/core/connect';
import { connectorConformance, type FixtureRows } from '@velostream/core/connect/conformance';
import { DATE, decimal, FLOAT, INTEGER, type Scalar, STRING, scalarAt, TIMESTAMP } from '@velostream/core/connect/formats';
import { describe, expect, test } from 'vitest';
import { service } from '../../../test/services.ts';
import { HOST, openS3, type TestBucket, testBucket } from './s3.fixture.ts';

const server = service('s3');
let bucket: Promise<TestBucket> | null = null;
let count = 0;

const FIELDS: readonly Field[] = [
  { name: 'id', type: INTEGER, nullable: true },
  { name: 'name', type: STRING, nullable: true },
  { name: 'score', type: FLOAT, nullable: true },
  { name: 'at', type: TIMESTAMP, nullable: true },
];
const ROWS: FixtureRows = Array.from({ length: 30 }, (_, i) => [
  i,
  i % 7 === 3 ? null : `n, "${i % 4}" é`,
  i + 0.5,
  Date.UTC(2024, 0, 1 + i, 10, 20, 30, 5),
]);
const csvLine = ([id, name, score, at]: readonly Scalar[]): string =>
  `${id},${name === null ? '' : `"${String(name).replaceAll('"', '""')}"`},${score},${new Date(at as number).toISOString()}`;
const CSV = `id,name,score,at\n${ROWS.map(csvLine).join('\n')}\n`;
const DAMAGED = `id,name,score,at\n${ROWS.map((row, i) => (i % 10 === 4 ? `broken\n${csvLine(row)}` : csvLine(row))).join('\n')}\n1,2\n`;
const JSONL = `${ROWS.map(([id, name, score, at]) => JSON.stringify({ id, name, score, at: new Date(at as number).toISOString() })).join('\n')}\n`;

/** Rows that a sink made visible, read again as rows of `fields`. */
async function visibleRows(open: TestBucket, pattern: string, fields: readonly Field[]): Promise<FixtureRows> {
  const rows: Scalar[][] = [];
  const request = { fields, system: [], predicates: [], from: undefined, signal: new AbortController().signal, maxBatchRows: 100 };
  try {
    for await (const { batch } of openS3(open, { key: pattern }).read(request)) {
      for (let row = 0; row < batch.length; row++) rows.push(batch.columns.map((column) => scalarAt(column, row)));
    }
  } catch (error) {
    if ((error as { code?: string }).code !== 'VS4701') throw error;
  }
  return rows;
}

const SINK_FIELDS: readonly Field[] = [
  { name: 'id', type: INTEGER, nullable: false },
  { name: 'text', type: STRING, nullable: true },
  { name: 'exact', type: decimal(18, 4), nullable: true },
  { name: 'at', type: TIMESTAMP, nullable: true },
  { name: 'day', type: DATE, nullable: true },
];

const KINDS = [
  ['csv', (text: string) => new TextEncoder().encode(text), CSV],
  ['csv.gz', (text: string) => gzipSync(text), CSV],
  ['jsonl.zst', (text: string) => zstdCompressSync(text), JSONL],
] as const;

describe.each(KINDS)('objects, %s', (extension, pack, text) => {
  const definition = s3({ credentials: async () => (await (bucket as Promise<TestBucket>)).credentials });
  const cases = connectorConformance(definition, {
    async source() {
      const open = await (bucket as Promise<TestBucket>);
      const folder = `in-${count++}`;
      const half = text.indexOf('\n', text.length / 2) + 1;
      const head = extension.startsWith('csv') ? `${text.slice(0, text.indexOf('\n') + 1)}` : '';
      await open.put(`${folder}/a 1%é.${extension}`, pack(text.slice(0, half)));
      await open.put(`${folder}/b.${extension}`, pack(head + text.slice(half)));
      return { options: { ...open.options, key: `${folder}/*.${extension}`, range_bytes: 4096 }, fields: FIELDS, rows: ROWS };
    },
    async damaged() {
      const open = await (bucket as Promise<TestBucket>);
      const key = `damaged-${count++}.${extension}`;
      const bad = extension.startsWith('csv') ? DAMAGED : `${JSONL}{"id":\nnull\n{"id":"x"}\n1\n`;
      await open.put(key, pack(bad));
      return { options: { ...open.options, key }, fields: FIELDS, rows: ROWS, badRecords: 4 };
    },
    async sink() {
      const open = await (bucket as Promise<TestBucket>);
      const folder = `out-${count++}`;
      return {
        options: { ...open.options, key: `${folder}/rows.${extension}` },
        visible: (fields) => visibleRows(open, `${folder}/*`, fields),
      };
    },
    sinkFields: SINK_FIELDS,
  });
  for (const { name, run } of cases) {
    test(name, async (context) => {
      bucket ??= testBucket(server.require(context));
      await run();
    });
  }
});

describe('objects, parquet', () => {
  const definition = s3({ credentials: async () => (await (bucket as Promise<TestBucket>)).credentials });
  const cases = connectorConformance(definition, {
    async source() {
      const open = await (bucket as Promise<TestBucket>);
      const key = `in-${count++}/rows.parquet`;
      await writeRows(open, key, FIELDS, ROWS);
      return { options: { ...open.options, key }, fields: FIELDS, rows: ROWS };
    },
    async sink() {
      const open = await (bucket as Promise<TestBucket>);
      const folder = `out-${count++}`;
      return { options: { ...open.options, key: `${folder}/rows.parquet` }, visible: (fields) => visibleRows(open, `${folder}/`, fields) };
    },
    sinkFields: SINK_FIELDS,
  });
  for (const { name, run } of cases) {
    test(name, async (context) => {
      bucket ??= testBucket(server.require(context));
      await run();
    });
  }
});

async function writeRows(open: TestBucket, key: string, fields: readonly Field[], rows: FixtureRows): Promise<void> {
  const { columnFromScalars, NO_META } = await import('@velostream/core/connect/formats');
  const { resolveOptions } = await import('@velostream/core/connect/options');
  const definition = s3({ credentials: () => open.credentials });
  const sink = definition.sink!(resolveOptions(definition, { ...open.options, key }), HOST);
  const { signal } = new AbortController();
  await sink.open(fields, signal);
  const columns = fields.map((field, c) =>
    columnFromScalars(
      field.type,
      rows.map((row) => row[c] as Scalar),
    ),
  );
  await sink.write({ keys: null, batch: { length: rows.length, columns, meta: NO_META, ops: null, watermarks: null } }, signal);
  await sink.commit(1);
  await sink.close('complete');
}

test('an epoch larger than a part is sent in parts and appears whole', async (context) => {
  bucket ??= testBucket(server.require(context));
  const open = await bucket;
  const definition = s3({ credentials: () => open.credentials });
  const { resolveOptions } = await import('@velostream/core/connect/options');
  const { columnFromScalars, NO_META } = await import('@velostream/core/connect/formats');
  const options = { ...open.options, key: 'large/rows.csv', part_bytes: 5 * 1024 ** 2 };
  const sink = definition.sink!(resolveOptions(definition, options), HOST);
  const { signal } = new AbortController();
  const fields = [{ name: 'text', type: STRING, nullable: false }];
  await sink.open(fields, signal);
  for (let i = 0; i < 16; i++) {
    const values = Array.from({ length: 1000 }, (_, row) => `${i}-${row}-${'x'.repeat(1000)}`);
    await sink.write(
      { keys: null, batch: { length: 1000, columns: [columnFromScalars(STRING, values)], meta: NO_META, ops: null, watermarks: null } },
      signal,
    );
  }
  expect(await visibleRows(open, 'large/', fields)).toEqual([]);
  await sink.commit(1);
  await sink.close('complete');
  expect(await open.keys('large/')).toEqual(['large/rows.csv']);
  expect((await visibleRows(open, 'large/', fields)).map(([value]) => String(value).split('-').slice(0, 2).join('-'))).toEqual(
    Array.from({ length: 16_000 }, (_, i) => `${Math.floor(i / 1000)}-${i % 1000}`),
  );
});
