import { readTestSpec, runTestSpec } from '@velostream/core/testing';
import { describe, expect, test } from 'vitest';
import { generateTestSpec, inferSchema } from './test-spec.ts';

const QUERIES = {
  window: "SELECT symbol, AVG(price) AS avg_price FROM trades GROUP BY symbol WINDOW TUMBLING(INTERVAL '1' MINUTE) EMIT FINAL",
  rows: 'SELECT * FROM orders WHERE total > 100',
  value: "SELECT order_id, status FROM orders WHERE status = 'failed'",
  chain:
    "CREATE STREAM a AS SELECT symbol, price * quantity AS notional FROM trades; CREATE STREAM b AS SELECT symbol, SUM(notional) AS total FROM a GROUP BY symbol WINDOW TUMBLING(INTERVAL '1' MINUTE) EMIT FINAL;",
  join: "SELECT t.symbol, o.customer FROM trades t JOIN orders o ON t.order_id = o.order_id WITHIN INTERVAL '5' MINUTE",
  over: 'SELECT device, AVG(temp) OVER (ROWS WINDOW BUFFER 10 ROWS PARTITION BY device ORDER BY ts) AS m FROM readings',
};

describe('a test specification of a query', () => {
  test.each(Object.entries(QUERIES))('%s: is read again and passes on the query that it was made for', async (_name, sql) => {
    const text = generateTestSpec(sql, 'app');
    expect(readTestSpec(text).spec.application).toBe('app');
    const report = await runTestSpec(text, { sql });
    expect(report.queries.flatMap((q) => q.assertions.filter((a) => !a.passed).map((a) => a.message))).toEqual([]);
    expect(report.passed).toBe(true);
  });

  test('checks columns, aggregates and joins, and carries one query into the next', () => {
    expect(generateTestSpec(QUERIES.window)).toMatch(/schema_contains[\s\S]*- avg_price/);
    expect(generateTestSpec('SELECT symbol, COUNT(*) AS n FROM trades GROUP BY symbol EMIT FINAL')).toContain('SUM(n)');
    expect(generateTestSpec(QUERIES.join)).toContain('join_coverage');
    expect(readTestSpec(generateTestSpec(QUERIES.chain)).spec.queries[1]?.inputs[0]).toMatchObject({ fromPrevious: 'a' });
  });

  test('fails on a query that gives something else', async () => {
    const report = await runTestSpec(generateTestSpec(QUERIES.value), {
      sql: QUERIES.value.replace('status FROM', 'status AS state FROM'),
    });
    expect(report.passed).toBe(false);
  });
});

describe('schemas of the sources of a query', () => {
  test('come from the SQL, and from samples where there are any', () => {
    const sql = "SELECT symbol, AVG(price) AS p FROM trades WHERE side = 'buy' GROUP BY symbol";
    expect(
      inferSchema(sql)
        ['trades']?.fields.map((f) => f.name)
        .toSorted(),
    ).toEqual(['price', 'side', 'symbol']);
    const rows = [
      { symbol: 'A', price: 1.5, venue: 'X' },
      { symbol: 'B', price: 2.25, venue: 'Y' },
    ];
    expect(inferSchema(sql, { trades: rows })['trades']?.fields.map((f) => f.name)).toEqual(['symbol', 'price', 'venue']);
  });
});
