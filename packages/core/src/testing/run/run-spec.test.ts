import { describe, expect, it } from 'vitest';
import { renderReport } from '../report/render-report.ts';
import { runTestSpec } from './run-spec.ts';

const SQL = `
CREATE STREAM trades (symbol STRING, price DECIMAL(10,2), ts TIMESTAMP) WITH ('trades.type' = 'kafka_source', 'trades.topic' = 'in');
-- @metric: big_total
-- @metric_type: counter
CREATE STREAM big AS SELECT symbol, price, ts FROM trades WHERE price > 100 EMIT CHANGES WITH ('big.type' = 'kafka_sink', 'big.topic' = 'big-topic');
CREATE TABLE per_symbol AS SELECT symbol, COUNT(*) AS n FROM big GROUP BY symbol EMIT FINAL WITH ('per_symbol.type' = 'file_sink', 'per_symbol.path' = 'out/per_symbol.csv', 'per_symbol.format' = 'csv');
CREATE STREAM labelled AS SELECT b.symbol, l.label FROM big b JOIN labels l ON b.symbol = l.symbol;
`;

const PLAIN = 'CREATE STREAM big AS SELECT symbol, ts FROM trades WHERE price > 100';

const run = (spec: object, options: Parameters<typeof runTestSpec>[1] = {}) =>
  runTestSpec(JSON.stringify({ application: 'app', seed: 4, default_records: 300, ...spec }), { sql: SQL, ...options });
const big = { name: 'big', inputs: [{ source: 'trades' }], assertions: [{ type: 'record_count', greater_than: 0 }] };

describe('runTestSpec', () => {
  it('feeds queries with the output of earlier ones and knows their counts', async () => {
    const report = await run({
      queries: [
        {
          name: 'per_symbol',
          inputs: [{ source: 'big', from_previous: true }],
          assertions: [
            { type: 'template', expression: 'sum(n) == outputs.big.count' },
            { type: 'aggregate_check', expression: 'SUM(n)', expected: '{{inputs.big.count}}' },
          ],
        },
        {
          ...big,
          outputs: [{ sink: 'big', assertions: [{ type: 'record_count', less_than_or_equals: '{{inputs.trades.count}}' }] }],
          metric_assertions: [{ type: 'metric_counter', name: 'big_total', value: 10 }],
        },
      ],
    });
    expect(report.queries.map((q) => [q.name, q.status])).toEqual([
      ['per_symbol', 'passed'],
      ['big', 'passed'],
    ]);
    expect(report.queries[1]!.assertions[0]!.message).toContain("topic 'big-topic'");
    expect(report.summary).toEqual({
      total: 2,
      passed: 2,
      failed: 0,
      skipped: 0,
      errors: 0,
      totalAssertions: 5,
      passedAssertions: 5,
      failedAssertions: 0,
    });
  });

  it('runs what a statement needs when no input replaces it', async () => {
    const report = await run({
      queries: [
        { name: 'per_symbol', inputs: [{ source: 'trades', records: 50 }], assertions: [{ type: 'record_count', greater_than: 0 }] },
      ],
    });
    expect(report.queries[0]).toMatchObject({ status: 'passed', inputs: { trades: 50 } });
  });

  it('sees files that sinks would write, and reads data files', async () => {
    const files = {
      read: (path: string) => ({ 'labels.csv': 'symbol,label\nAAPL,apple\n', 'golden.csv': 'symbol,n\nAAPL,1\n' })[path] ?? null,
    };
    const report = await run(
      {
        queries: [
          {
            name: 'per_symbol',
            inputs: [{ source: 'big', rows: [{ symbol: 'AAPL', price: '200.00', ts: 0 }] }],
            assertions: [
              { type: 'file_exists', path: 'out/per_symbol.csv' },
              { type: 'file_row_count', path: 'out/per_symbol.csv', equals: 1 },
              { type: 'file_matches', actual_path: 'out/per_symbol.csv', expected_path: 'golden.csv' },
            ],
          },
          {
            name: 'labelled',
            inputs: [
              { source: 'big', rows: [{ symbol: 'AAPL', price: '200.00', ts: 0 }] },
              { source: 'labels', data_file: 'labels.csv', format: 'Csv' },
            ],
            assertions: [{ type: 'row_match', rows: [{ label: 'apple' }] }],
          },
        ],
      },
      { files },
    );
    expect(report.queries.flatMap((q) => q.assertions.filter((a) => !a.passed))).toEqual([]);
  });

  it('takes text of a data file for a time only where it is one', async () => {
    const counts = ['2024-01-01T00:00:00Z', 'soon'].map(async (ts) => {
      const files = { read: () => `symbol,price,ts\nAAPL,150,${ts}\n` };
      const report = await run(
        { queries: [{ name: 'big', inputs: [{ source: 'trades', data_file: 'trades.csv' }] }] },
        { files, sql: PLAIN },
      );
      const { output } = report.queries[0]!;
      return [output.rowCount, output.columns[1]?.type];
    });
    expect(await Promise.all(counts)).toEqual([
      [1, 'TIMESTAMP'],
      [1, 'STRING'],
    ]);
  });

  it('says when rows could not be processed', async () => {
    const rows = [
      { symbol: 'AAPL', price: '200' },
      { symbol: 'IBM', price: 'cheap' },
    ];
    const sql = 'CREATE STREAM big AS SELECT symbol, CAST(price AS DECIMAL(10,2)) AS price FROM trades';
    const report = await run({ queries: [{ name: 'big', inputs: [{ source: 'trades', rows }] }] }, { sql });
    expect(report.queries[0]!.output.rowCount).toBe(1);
    expect(report.queries[0]!.warnings?.join()).toMatch(/^1 row could not be processed/);
  });

  it('finds schemas by the name inside, then by the file name', async () => {
    const files = {
      list: () => ['in_trades.schema.yaml', 'broken.yaml'],
      read: (path: string) =>
        path.endsWith('in_trades.schema.yaml')
          ? 'name: trades\nfields: [{name: symbol, type: string, constraints: {enum: [ONLY]}}, {name: price, type: decimal(2), constraints: {range: [200, 300]}}, {name: ts, type: timestamp}]'
          : path.endsWith('broken.yaml')
            ? 'fields: ['
            : null,
    };
    const report = await run(
      {
        queries: [
          {
            ...big,
            assertions: [
              { type: 'field_in_set', field: 'symbol', values: ['ONLY'] },
              { type: 'record_count', equals: 300 },
            ],
          },
        ],
      },
      { files, schemaFolder: '.' },
    );
    expect(report.passed).toBe(true);
    expect(report.queries[0]!.warnings?.[0]).toContain('broken.yaml is passed over');
  });

  it('falls back to a sink, the only statement, or the longest name in front', async () => {
    const names = ['big_high_volume', 'anything'].map((name) => ({
      name,
      inputs: [{ source: 'trades' }],
      outputs: name === 'anything' ? [{ sink: 'big', assertions: [] }] : [],
      assertions: [],
    }));
    const report = await run({ queries: names });
    expect(report.queries.map((q) => q.status)).toEqual(['passed', 'passed']);
  });

  it('reports unknown queries as errors and skips what they feed', async () => {
    const report = await run({
      queries: [
        { name: 'nobody' },
        { name: 'per_symbol', inputs: [{ source: 'big', from_previous: 'nobody' }] },
        { name: 'big', skip: true },
      ],
    });
    expect(report.queries.map((q) => q.status)).toEqual(['error', 'skipped', 'skipped']);
    expect(report).toMatchObject({ passed: false, summary: { errors: 1, skipped: 2 } });
  });

  it('runs one query or one scenario', async () => {
    const spec = {
      queries: [big, { name: 'per_symbol', inputs: [{ source: 'big', from_previous: true }] }],
      scenarios: [{ name: 'small', default_records: 20, queries: ['big'], assertions: [{ type: 'record_count', less_than: 21 }] }],
    };
    expect((await run(spec, { filter: 'per_symbol' })).queries.map((q) => q.name)).toEqual(['big', 'per_symbol']);
    const { default_records: _, ...bare } = { default_records: 0, ...spec };
    const small = await runTestSpec(JSON.stringify({ application: 'a', seed: 1, ...bare }), { sql: SQL, scenario: 'small' });
    expect(small.queries.map((q) => [q.name, q.inputs['trades'], q.assertions.length])).toEqual([['big', 20, 2]]);
    await expect(run(spec, { scenario: 'none' })).rejects.toThrow('there is no scenario "none"');
    await expect(run(spec, { filter: 'bigg' })).rejects.toMatchObject({ code: 'VS5402', hint: 'Did you mean "big"?' });
    await expect(run(spec, { filter: 'else' })).rejects.toMatchObject({ hint: 'Use one of: big, per_symbol.' });
  });

  it('shows injected faults to error counts', async () => {
    const report = await run({
      fault_injection: { seed: 1, malformed_records: { rate: 0.2, types: ['wrong_type', 'invalid_json'] }, duplicates: { rate: 0.1 } },
      queries: [
        {
          ...big,
          assertions: [
            { type: 'dlq_count', greater_than: 20 },
            { type: 'error_rate', max_rate: 0.5 },
          ],
        },
      ],
    });
    expect(report.queries[0]!.assertions.map((a) => a.passed)).toEqual([true, true]);
    expect(report.queries[0]!.inputs['trades']).toBeGreaterThan(300);
  });

  it('keeps snapshots on request and compares with them later', async () => {
    const kept = new Map<string, string>();
    const files = { read: (p: string) => kept.get(p) ?? null, write: (p: string, text: string) => void kept.set(p, text) };
    const spec = (price: number) => ({
      queries: [
        {
          name: 'big',
          inputs: [{ source: 'trades', rows: [{ symbol: 'A', price, ts: 0 }] }],
          assertions: [{ type: 'snapshot', name: 'rows' }],
        },
      ],
    });
    expect((await run(spec(200), { files, updateGolden: true })).passed).toBe(true);
    expect((await run(spec(200), { files })).passed).toBe(true);
    expect((await run(spec(300), { files })).passed).toBe(false);
  });

  it('draws foreign keys from the file that a schema names', async () => {
    const spec = `application: a
seed: 1
schemas: { orders: orders.yaml }
queries:
  - name: q
    inputs: [{ source: orders, records: 40 }]
    assertions: [{ type: field_in_set, field: customer, values: [ann, bob] }, { type: distinct_count, field: customer, equals: 2 }]
`;
    const schema =
      'name: orders\nfields: [{ name: customer, type: string, constraints: { references: { field: name, file: customers.csv } } }]\n';
    const stored: Record<string, string> = { 'orders.yaml': schema, 'customers.csv': 'id,name\n1,ann\n2,bob\n' };
    const report = await runTestSpec(spec, { sql: 'SELECT customer FROM orders', files: { read: (path) => stored[path] ?? null } });
    expect(report.queries[0]?.assertions.map((a) => [a.passed, a.message])).toEqual([
      [true, expect.any(String)],
      [true, expect.any(String)],
    ]);
  });

  it('reports progress', async () => {
    const seen: string[] = [];
    await run({ queries: [big] }, { onProgress: (e) => seen.push(`${e.query} ${e.report?.status ?? 'starts'}`) });
    expect(seen).toEqual(['big starts', 'big passed']);
  });
});

describe('reports', () => {
  const suite = run(
    {
      queries: [
        { ...big, name: 'big', assertions: [{ type: 'record_count', equals: -1, message: '<none> & "more"' }] },
        { name: 'labelled', skip: true },
        { name: 'nobody' },
      ],
    },
    { analyse: false, runId: 'r1' },
  );

  it('print as text with expected and actual lines', async () => {
    const text = renderReport(await suite, 'text', { verbose: true });
    expect(text).toContain('✗ big');
    expect(text).toContain('    expected: = -1');
    expect(text).toContain('1 failed, 1 with errors');
    expect(text).toContain('slowest query');
  });

  it('print as JSON of the known shape', async () => {
    const json = JSON.parse(renderReport(await suite, 'json')) as Record<string, unknown>;
    expect(json).toMatchObject({
      application: 'app',
      run_id: 'r1',
      summary: { total: 3, passed: 0, failed: 1, skipped: 1, errors: 1, total_assertions: 1 },
    });
    expect((json['queries'] as { assertions: unknown[] }[])[0]).toMatchObject({
      name: 'big',
      status: 'failed',
      record_counts: { inputs: { trades: 300 } },
    });
  });

  it('print as JUnit XML with escaped text', async () => {
    const xml = renderReport(await suite, 'xml');
    expect(xml).toMatch(
      /^<\?xml version="1.0" encoding="UTF-8"\?>\n<testsuites name="app" tests="3" failures="1" errors="1" time="\d+\.\d{3}">/,
    );
    expect(xml).toContain('message="&lt;none&gt; &amp; &quot;more&quot;: ');
    expect(xml).toContain('<skipped/>');
    expect(xml).toContain('<error message="');
    expect(xml.match(/<testcase /g)).toHaveLength(3);
  });

  it('print as one HTML page without scripts, and as Markdown', async () => {
    const html = renderReport(await suite, 'html');
    expect(html).toContain('&lt;none&gt;');
    expect(html).not.toMatch(/<script|https?:\/\//);
    expect(renderReport(await suite, 'markdown')).toContain('| big | failed |');
  });
});
