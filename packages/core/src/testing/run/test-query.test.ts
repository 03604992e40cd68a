import { describe, expect, it } from 'vitest';
import { execute } from './execute.ts';
import { makeInputs, planInputs } from './make-inputs.ts';
import { testQuery } from './test-query.ts';

/** Queries of every kind: branches, groups, windows, joins, sets. */
const QUERIES: readonly string[] = [
  "SELECT symbol, CASE WHEN price > 400 THEN 'high' WHEN price > 100 THEN 'mid' ELSE 'low' END AS band, COALESCE(note, 'none') AS note FROM trades WHERE status = 'open' AND quantity > 10",
  'SELECT symbol, AVG(price) AS p FROM trades GROUP BY symbol HAVING AVG(price) > 100 EMIT FINAL',
  "SELECT symbol, COUNT(*) AS n FROM trades GROUP BY symbol WINDOW TUMBLING(ts, INTERVAL '1' MINUTE) HAVING COUNT(*) > 5 EMIT FINAL",
  "SELECT sensor, MAX(temp) AS m FROM readings WHERE (kind = 'indoor' OR temp BETWEEN 30 AND 40) AND NOT faulty GROUP BY sensor WINDOW SLIDING(ts, INTERVAL '10' MINUTE, INTERVAL '2' MINUTE) EMIT FINAL",
  "SELECT user_id, COUNT(*) AS n FROM clicks GROUP BY user_id WINDOW SESSION(ts, INTERVAL '30' SECOND) EMIT FINAL",
  "SELECT o.id, p.amount FROM orders o JOIN payments p ON o.id = p.order_id WITHIN INTERVAL '10' MINUTES",
  "SELECT o.id, p.amount FROM orders o LEFT JOIN payments p ON o.id = p.order_id WITHIN INTERVAL '10' MINUTES WHERE o.total > 50",
  'SELECT o.id, c.name FROM orders o JOIN customers c ON o.customer_id = c.id WHERE o.amount > 20',
  'SELECT symbol, LAG(price, 1) OVER (ROWS WINDOW BUFFER 10 ROWS PARTITION BY symbol ORDER BY ts) AS before FROM trades',
  "SELECT DISTINCT user_id, country FROM visits WHERE url LIKE '/shop%'",
  'SELECT a FROM s1 WHERE a > 3 UNION ALL SELECT b AS a FROM s2 WHERE b < 3',
  'CREATE STREAM big AS SELECT id, amount, customer_id FROM orders WHERE amount > 100; SELECT customer_id, COUNT(*) AS n FROM big GROUP BY customer_id HAVING COUNT(*) > 2 EMIT FINAL',
];

describe('testQuery', () => {
  it.each(QUERIES)('makes rows that reach every branch of %s', async (sql) => {
    const report = await testQuery(sql, { seed: 7 });
    expect(report.error).toBeUndefined();
    expect(report.coverage?.missing.map((m) => m.text)).toEqual([]);
    expect(report.coverage?.ratio).toBe(1);
    expect(report.passed).toBe(true);
  });

  it.each(QUERIES)('gives the same rows with and without taps: %s', async (sql) => {
    const plan = planInputs(sql, {}, () => {});
    const { sources, now } = makeInputs(plan, { records: 300, seed: 3, warn: () => {} });
    const run = (coverage: boolean, codegen: boolean) =>
      execute({ sql, wanted: 'last', sources, seed: 1, now, coverage, engine: { codegen } }).then((r) => r.queries[0]!.rows);
    const plain = await run(false, true);
    expect(await run(true, true)).toEqual(plain);
    expect(await run(true, false)).toEqual(plain);
  });

  it('says when the branches need more rows than were asked for', async () => {
    const sql = 'SELECT k, COUNT(*) AS n FROM s WHERE v > 10 GROUP BY k HAVING COUNT(*) > 3 EMIT CHANGES';
    const few = await testQuery(sql, { records: 5, seed: 1 });
    expect(few.inputs?.['s']).toBeGreaterThan(5);
    expect(few.warnings).toContainEqual(expect.stringMatching(/^"s" has \d+ rows instead of 5: the branches/));
    const plain = await testQuery(sql, { records: 5, seed: 1, derive: false });
    expect(plain.inputs?.['s']).toBe(5);
    const enough = await testQuery(sql, { records: 500, seed: 1 });
    expect([enough.inputs?.['s'], enough.warnings]).toEqual([500, undefined]);
  });

  it('repeats itself for a seed', async () => {
    const [a, b, other] = await Promise.all([5, 5, 6].map((seed) => testQuery(QUERIES[0]!, { seed, records: 200 })));
    expect(b!.output).toEqual(a!.output);
    expect(other!.output.rows).not.toEqual(a!.output.rows);
    expect(a!.inputs).toEqual({ trades: 200 });
  });

  it('misses what the given rows do not reach', async () => {
    const report = await testQuery('SELECT id FROM t WHERE amount > 10', { inputs: { t: [{ id: 1, amount: 50 }] } });
    expect(report.coverage?.missing.map((m) => m.text)).toEqual(['amount > 10 is false']);
  });

  it('reports failing assertions with expected and actual values', async () => {
    const report = await testQuery('SELECT id FROM t', {
      inputs: { t: [{ id: 1 }] },
      assertions: [{ type: 'record_count', equals: 9999 }, { type: 'schema_contains', fields: ['nope'] }, { type: 'no_nulls' }],
      analyse: false,
    });
    expect(report.status).toBe('failed');
    expect(report.assertions.map((a) => [a.passed, a.expected, a.actual])).toEqual([
      [false, '= 9999', 1],
      [false, ['nope'], ['id']],
      [true, 'no NULL', 0],
    ]);
    expect(report.output).toEqual({ columns: [{ name: 'id', type: 'INTEGER', nullable: true }], rows: [{ id: 1 }], rowCount: 1 });
  });

  it('never throws for a query that cannot run', async () => {
    const report = await testQuery('SELECT FROM', { analyse: false });
    expect(report).toMatchObject({ status: 'error', passed: false, error: { code: expect.stringMatching(/^VS1/) } });
    expect((await testQuery('SHOW STREAMS', { analyse: false })).error?.code).toBe('VS5410');
  });

  it('names inputs that the query does not read', async () => {
    const report = await testQuery('SELECT id FROM orders', { inputs: { ordres: [{ id: 1 }] }, analyse: false });
    expect(report.error).toMatchObject({ code: 'VS5411', message: expect.stringContaining('it reads "orders"') });
  });

  it('ends a query that takes too long', async () => {
    const report = await testQuery('SELECT a.id FROM a JOIN b ON a.k = b.k', {
      inputs: { a: Array.from({ length: 3000 }, (_, id) => ({ id, k: 1 })), b: Array.from({ length: 3000 }, (_, id) => ({ id, k: 1 })) },
      timeoutMs: 1,
      analyse: false,
      coverage: false,
    });
    expect(report.error?.code).toBe('VS5408');
  });

  it('counts metrics and alerts of the annotations over the output', async () => {
    const sql =
      '-- @metric: orders_total\n-- @metric_type: counter\n-- @metric_labels: region\n-- @metric: largest\n-- @metric_type: gauge\n-- @metric_field: amount\n-- @metric_condition: amount > 15\n-- @alert: amount > 25\nSELECT region, amount FROM orders';
    const report = await testQuery(sql, {
      inputs: { orders: [10, 20, 30].map((amount, i) => ({ region: i < 2 ? 'n' : 's', amount })) },
      assertions: [
        { type: 'metric_counter', name: 'orders_total', equals: 3 },
        { type: 'metric_counter', name: 'orders_total', labels: { region: 'n' }, equals: 2 },
        { type: 'metric_gauge', name: 'largest', equals: 30 },
        { type: 'metric_exists', name: 'velostream_orders_total', metric_type: 'counter' },
      ],
    });
    expect(report.assertions.filter((a) => !a.passed)).toEqual([]);
    expect(report.metrics).toEqual([
      { name: 'orders_total', type: 'counter', series: 2, value: 3 },
      { name: 'largest', type: 'gauge', series: 1, value: 30 },
    ]);
    expect(report.alerts).toEqual([{ name: 'alert_1', condition: 'amount > 25', fired: 1, samples: [{ region: 's', amount: 30 }] }]);
  });

  it('keeps to the schema that a person wrote when it derives rows', async () => {
    const schemas = {
      t: { name: 't', fields: [{ name: 'amount', type: 'integer' as const, constraints: { range: { min: 0, max: 50 } } }] },
    };
    const report = await testQuery('SELECT amount FROM t WHERE amount > 20', {
      schemas,
      derive: true,
      seed: 1,
      assertions: [{ type: 'field_values', field: 'amount', between: [21, 50] }],
    });
    expect(report.assertions.every((a) => a.passed)).toBe(true);
  });
});
