import { describe, expect, it, test } from 'vitest';
import { inferSchemaFromRows, inferSchemaFromSource } from './infer-from-rows.ts';
import { inferSchema } from './infer-from-sql.ts';
import { inferSpec } from './infer-spec.ts';

const types = (sql: string, source: string): Record<string, string> =>
  Object.fromEntries(inferSchema(sql)[source]!.fields.map((f) => [f.name, f.type]));
const fieldOf = (sql: string, source: string, name: string) => inferSchema(sql)[source]!.fields.find((f) => f.name === name)!;

describe('schemas from SQL', () => {
  it('types columns by how they are used', () => {
    expect(types('SELECT symbol, AVG(price) AS avg_price, SUM(quantity) AS volume FROM trades GROUP BY symbol', 'trades')).toEqual({
      symbol: 'string',
      price: 'decimal',
      quantity: 'integer',
    });
    expect(
      types("SELECT a FROM t WHERE flag = true AND name LIKE 'x%' AND created_at > TIMESTAMP '2024-01-01 00:00:00' AND level > 3", 't'),
    ).toEqual({ a: 'string', flag: 'boolean', name: 'string', created_at: 'timestamp', level: 'integer' });
  });

  it('puts values on both sides of every threshold', () => {
    expect(fieldOf('SELECT a FROM t WHERE amount > 100', 't', 'amount').constraints?.range).toEqual({ min: 0, max: 200 });
    expect(fieldOf("SELECT a FROM t WHERE status IN ('x', 'y')", 't', 'status').constraints?.enum_values?.values).toEqual(
      expect.arrayContaining(['x', 'y', 'active']),
    );
  });

  it('takes the declared types', () => {
    const sql = 'CREATE STREAM t (id INTEGER, amount DECIMAL(10,3), at TIMESTAMP) WITH (); SELECT id, amount FROM t';
    expect(inferSchema(sql)['t']!.fields.map((f) => [f.name, f.type, f.scale])).toEqual([
      ['id', 'integer', undefined],
      ['amount', 'decimal', 3],
      ['at', 'timestamp', undefined],
    ]);
  });

  it('sees through statements, common tables and aliases to the source', () => {
    expect(
      types(
        'CREATE STREAM a AS SELECT amount * 2 AS twice, amount AS kept FROM orders; WITH c AS (SELECT kept AS k FROM a) SELECT k FROM c WHERE k > 5',
        'orders',
      ),
    ).toEqual({ amount: 'decimal' });
  });

  it('lets joined columns draw from the same values, once each in what is looked up', () => {
    const schemas = inferSchema('SELECT o.id, c.name FROM orders o JOIN customers c ON o.customer_id = c.id');
    expect(schemas['orders']!.relationships).toEqual([{ field: 'customer_id', references: 'customers.id', strategy: 'sample' }]);
    expect(schemas['customers']).toMatchObject({ keyField: 'id', recordCount: 20 });
    expect(schemas['customers']!.fields.find((f) => f.name === 'id')?.constraints?.sequential).toBe(true);
  });

  it('reads hints before guessing', () => {
    const sql = `-- @data.record_count: 50
-- @data.symbol: enum ["A","B"], weights: [1, 3]
-- @data.price.type: decimal(2)
-- @data.price.distribution: normal
-- @data.ts: timestamp, sequential: true, start: "-1h", end: "now"
SELECT symbol, price FROM trades`;
    const schema = inferSchema(sql)['trades']!;
    expect(schema.recordCount).toBe(50);
    expect(schema.fields.map((f) => [f.name, f.type])).toEqual([
      ['symbol', 'string'],
      ['price', 'decimal'],
      ['ts', 'timestamp'],
    ]);
    expect(schema.fields[0]?.constraints?.enum_values).toEqual({ values: ['A', 'B'], weights: [1, 3] });
  });

  it.each([
    ['-- @data.price range [1, 2]', 'a colon is missing'],
    ['-- @data.price: range [1, 2, 3]', 'a range has two numbers'],
    ['-- @data.price: enum ["a"], weights: ["x"]', 'weights are numbers'],
  ])('refuses the hint %s', (hint, problem) => {
    expect(() => inferSchema(`${hint}\nSELECT price FROM t`)).toThrow(problem);
  });

  it('gives nothing for text that does not parse', () => {
    expect(inferSchema('SELEC')).toEqual({});
  });
});

describe('schemas from rows', () => {
  const rows = Array.from({ length: 200 }, (_, i) => ({
    id: i,
    kind: ['a', 'b'][i % 2],
    level: i % 3,
    price: (i * 0.25).toFixed(2),
    flag: i % 2 === 0 ? 'yes' : 'no',
    at: new Date(Date.UTC(2024, 0, 1) + i * 1000).toISOString(),
    uid: `00000000-0000-4000-8000-${String(i).padStart(12, '0')}`,
    text: `word number ${i}`,
    gap: i % 4 === 0 ? 'N/A' : String(i),
  }));

  it('finds types, ranges, frequent values and shares of NULL', () => {
    const { fields, recordCount } = inferSchemaFromRows(rows, 'sample');
    const found = Object.fromEntries(fields.map((f) => [f.name, f]));
    expect(recordCount).toBe(1000);
    expect(Object.fromEntries(fields.map((f) => [f.name, f.type]))).toEqual({
      id: 'integer',
      kind: 'string',
      level: 'integer',
      price: 'decimal',
      flag: 'boolean',
      at: 'timestamp',
      uid: 'uuid',
      text: 'string',
      gap: 'integer',
    });
    expect(found['kind']?.constraints?.enum_values).toEqual({ values: ['a', 'b'], weights: [100, 100] });
    expect(found['level']?.constraints?.enum_values?.values).toEqual([0, 1, 2]);
    expect(found['price']).toMatchObject({ scale: 2, constraints: { range: { min: 0, max: 49.75 } } });
    expect(found['at']?.constraints?.sequential).toBe(true);
    expect(found['text']?.constraints?.length).toEqual({ min: 13, max: 15 });
    expect(found['gap']).toMatchObject({ nullable: true, nullProbability: 0.25 });
  });

  it('takes columns from the description of a source and values from its samples', () => {
    const schema = inferSchemaFromSource(
      's',
      {
        columns: [
          { name: 'kind', type: 'STRING' },
          { name: 'ts', type: 'TIMESTAMP' },
          { name: 'more', type: 'DECIMAL(10,2)', nullable: true },
          { name: 'list', type: 'ARRAY<STRING>' },
        ],
        eventTime: 'ts',
        key: ['kind'],
      },
      rows,
    );
    expect(schema.keyField).toBe('kind');
    expect(schema.fields.map((f) => f.name)).toEqual(['kind', 'ts', 'more']);
    expect(schema.fields[0]?.constraints?.enum_values?.values).toEqual(['a', 'b']);
    expect(schema.fields[1]?.constraints).toEqual({ sequential: true });
  });
});

test('bounds of the window are no columns of the source', () => {
  const sql = `SELECT region, WINDOW_START AS minute, _window_end, COUNT(*) AS n FROM orders GROUP BY region WINDOW TUMBLING(placed, INTERVAL '1' MINUTE)`;
  expect(inferSchema(sql)['orders']!.fields.map((f) => f.name)).toEqual(['region', 'placed']);
  expect(inferSchema('SELECT window_start FROM minutes')['minutes']!.fields.map((f) => f.name)).toEqual(['window_start']);
});

describe('specs from SQL', () => {
  it('expects what the input itself predicts', () => {
    const spec = inferSpec(
      'CREATE TABLE totals AS SELECT region, COUNT(*) AS n, SUM(amount) AS s, AVG(amount) AS a FROM orders GROUP BY region EMIT FINAL',
    );
    expect(spec.queries[0]?.name).toBe('totals');
    expect(spec.queries[0]?.assertions.map((a) => a.type)).toEqual([
      'record_count',
      'schema_contains',
      'no_duplicates',
      'aggregate_check',
      'column_sum_reconciles',
      'data_quality',
    ]);
  });

  it('chains queries and asks joins for partners', () => {
    const spec = inferSpec(
      "CREATE STREAM a AS SELECT id, k FROM s; CREATE STREAM b AS SELECT s2.id FROM s2 JOIN t ON s2.k = t.k WITH ('b.type' = 'file_sink', 'b.path' = 'out.csv'); SELECT id FROM a",
    );
    expect(spec.queries.map((q) => q.name)).toEqual(['a', 'b', 'select_query']);
    expect(spec.queries[1]?.assertions.map((x) => x.type)).toEqual(expect.arrayContaining(['join_coverage', 'file_exists']));
    expect(spec.queries[2]?.inputs[0]).toEqual({ source: 'a', fromPrevious: 'a' });
  });

  it('types a guarded divisor as a number', () => {
    const fields = inferSchema('SELECT a / NULLIF(b, 0) AS r, COALESCE(c, 0) * 2 AS d FROM t')['t']?.fields ?? [];
    expect(fields.map((f) => [f.name, f.type === 'string'])).toEqual([
      ['a', false],
      ['b', false],
      ['c', false],
    ]);
  });
});
