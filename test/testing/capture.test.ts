// Outputs of tests go through the formats that the connectors have: what assertions judge is what a reader of the sink gets.
import { avro } from '@velostream/connectors/formats/avro';
import { csv } from '@velostream/connectors/formats/csv';
import { json } from '@velostream/connectors/formats/json';
import { protobuf } from '@velostream/connectors/formats/protobuf';
import { type Assertion, runTestSpec, type TestSpec } from '@velostream/core/testing';
import type { CaptureFormat } from '@velostream/core/testing/ports';
import { describe, expect, test } from 'vitest';

const FORMATS: readonly CaptureFormat[] = [json(), csv(), avro(), protobuf()];
const SQL = 'CREATE STREAM priced AS SELECT id, symbol, price, CAST(price AS DOUBLE) AS rough, ts FROM trades';
const ROWS = [
  { id: 9007199254740993n, symbol: 'A"B,\n', price: '12.3400', ts: Date.UTC(2024, 0, 1, 0, 0, 0, 5) },
  { id: 2, symbol: null, price: null, ts: Date.UTC(2024, 0, 1) },
];
type QuerySpec = TestSpec['queries'][number];
const SPEC = { application: 'app', seed: 1, defaultTimeoutMs: 30_000, config: {}, schemas: {} };
const PROTO = 'syntax = "proto3"; message Priced { int64 id = 1; string symbol = 2; string price = 3; double rough = 4; int64 ts = 5; }';
const TRADES = `CREATE STREAM trades (id INTEGER, symbol STRING, price DECIMAL(10,4), ts TIMESTAMP);\n`;

const capture = async (query: Partial<QuerySpec>, formats: readonly CaptureFormat[] = FORMATS, assertions: readonly Assertion[] = []) => {
  const queries = [{ name: 'priced', inputs: [{ source: 'trades', rows: ROWS }], assertions, ...query }];
  const report = await runTestSpec({ ...SPEC, queries }, { sql: TRADES + SQL, formats });
  return report.queries[0]!;
};
const avroOf = (fields: readonly object[]): string => JSON.stringify({ type: 'record', name: 'Priced', fields });

describe('an output that is captured', () => {
  test.each(['json', 'csv', 'avro'])('as %s comes back with every value', async (format) => {
    const plain = await capture({});
    const through = await capture({ captureFormat: format });
    expect(through.error).toBeUndefined();
    expect(through.output.rows).toEqual(plain.output.rows);
    expect(through.output.rows[0]).toMatchObject({ id: 9007199254740993n, price: '12.3400', rough: 12.34 });
  });

  test('as Avro with a schema has the types and losses of that schema', async () => {
    const schema = avroOf([
      { name: 'id', type: 'long' },
      { name: 'symbol', type: ['null', 'string'] },
      { name: 'price', type: ['null', 'double'] },
      { name: 'rough', type: ['null', 'float'] },
      { name: 'ts', type: { type: 'long', logicalType: 'timestamp-millis' } },
      { name: 'venue', type: ['null', 'string'], default: null },
    ]);
    const report = await capture({ captureFormat: 'avro', captureSchema: schema }, FORMATS, [
      { type: 'template', expression: 'records[0].venue == null and records[0].id > 0' },
      { type: 'schema_contains', fields: ['venue'] },
    ]);
    expect(report.output.columns.map((c) => [c.name, c.type])).toContainEqual(['price', 'FLOAT']);
    expect(report.output.rows[0]).toMatchObject({ price: 12.34, rough: Math.fround(12.34), venue: null });
    expect(report.assertions.map((a) => a.passed)).toEqual([true, true]);
  });

  test('as Protobuf is what the messages hold', async () => {
    const report = await capture({ captureFormat: 'protobuf', captureSchema: PROTO });
    expect(report.error).toBeUndefined();
    // proto3 has no NULL for plain fields.
    expect(report.output.rows).toEqual([
      { id: 9007199254740993n, symbol: 'A"B,\n', price: '12.3400', rough: 12.34, ts: ROWS[0]!.ts },
      { id: 2, symbol: '', price: '', rough: 0, ts: ROWS[1]!.ts },
    ]);
  });

  test('in a schema that it does not fit is an error that names the column', async () => {
    const schema = avroOf([{ name: 'id', type: 'long' }]);
    const missing = await capture({ captureFormat: 'avro', captureSchema: schema });
    expect(missing.error?.code).toBe('VS5413');
    expect(missing.error?.message).toContain('symbol');
    const notNull = avroOf(['id', 'symbol', 'price', 'rough', 'ts'].map((name) => ({ name, type: 'string' })));
    expect((await capture({ captureFormat: 'avro', captureSchema: notNull })).error?.code).toBe('VS5413');
    expect((await capture({ captureFormat: 'avro', captureSchema: '{ no schema' })).error?.code).toBe('VS5413');
  });

  test('feeds the next query as it was read back', async () => {
    const sql = `${TRADES}${SQL};\nCREATE STREAM next AS SELECT symbol FROM priced WHERE symbol = ''`;
    const report = await runTestSpec(
      {
        ...SPEC,
        queries: [
          {
            name: 'priced',
            inputs: [{ source: 'trades', rows: ROWS }],
            assertions: [],
            captureFormat: 'protobuf',
            captureSchema: PROTO,
          },
          { name: 'next', inputs: [{ source: 'priced', fromPrevious: 'priced' }], assertions: [{ type: 'record_count', equals: 1 }] },
        ],
      },
      { sql, formats: FORMATS, jobs: 2 },
    );
    expect(report.queries.map((q) => q.status)).toEqual(['passed', 'passed']);
  });

  test('in a format that is not there is an error with the package, or for text a warning', async () => {
    const none = await capture({ captureFormat: 'avro' }, []);
    expect(none.error).toMatchObject({ code: 'VS5414', hint: expect.stringContaining('@velostream/connectors') });
    expect((await capture({ captureFormat: 'xml' })).error?.code).toBe('VS5414');
    const text = await capture({ captureFormat: 'json' }, []);
    expect([text.status, text.warnings]).toEqual(['passed', [expect.stringContaining('capture_format json')]]);
  });
});
