// biome-ignore-all lint/suspicious/noTemplateCurlyInString: variables of specs are written that way
import { describe, expect, it } from 'vitest';
import { queryOrder } from './query-order.ts';
import { readRecords } from './read-records.ts';
import { readTestSpec } from './read-spec.ts';
import { consumerGroup, topicName } from './topic-name.ts';
import { writeTestSpec } from './write-spec.ts';

const REAL = `
application: trading
default_timeout_ms: 60000
default_records: 100
config: {bootstrap.servers: "\${BROKERS:localhost:9092}"}
schemas: {trades: ../schemas/trades.schema.yaml}
queries:
  - name: enriched
    depends_on: [raw]
    inputs:
      - source: raw
        from_previous: raw
        records: 50
    outputs:
      - sink: enriched
        assertions:
          - {type: record_count, gt: 0}
    metric_assertions:
      - {type: metric_exists, name: m, expected_type: counter}
  - name: raw
    inputs:
      trades: {records: 10, time_simulation: {jitter_ms: 10}}
      rates: {source_type: {type: file, path: rates.csv, format: Csv}}
    assertions: [{type: no_nulls}]
  - {name: off, skip: true}
scenarios:
  - {name: quick, default_records: 5, queries: [raw], assertions: [{type: record_count, greater_than: 0}]}
fault_injection:
  seed: 3
  malformed_records: {enabled: true, rate: 0.1, types: [wrong_type]}
  duplicates: {enabled: false}
  field_corruption: {fields: [price]}
stress_test: {enabled: true, records: 1000, duration_seconds: 5}
surprise: 1
`;

describe('test specs', () => {
  it('reads the dialect of the real files', () => {
    const { spec, warnings } = readTestSpec(REAL, (name) => (name === 'BROKERS' ? 'kafka:1' : undefined));
    expect(spec).toMatchObject({
      application: 'trading',
      defaultTimeoutMs: 60_000,
      defaultRecords: 100,
      config: { 'bootstrap.servers': 'kafka:1' },
    });
    expect(spec.queries[0]).toMatchObject({
      dependencies: ['raw'],
      inputs: [{ source: 'raw', fromPrevious: 'raw', records: 50 }],
      outputs: [{ sink: 'enriched' }],
    });
    expect(spec.queries[1]?.inputs).toEqual([
      { source: 'trades', records: 10, timeSimulation: { jitter_ms: 10 } },
      { source: 'rates', dataFile: 'rates.csv', format: 'Csv' },
    ]);
    expect(spec.scenarios?.[0]).toMatchObject({ name: 'quick', queries: ['raw'] });
    expect(spec.faultInjection).toEqual({
      seed: 3,
      enableDlq: true,
      malformed: { rate: 0.1, types: ['wrong_type'] },
      corruption: { rate: 0.02, fields: ['price'], types: ['random_value', 'boundary_value'] },
    });
    expect(warnings).toContain('key "surprise" is not known');
  });

  it('reads the test_suite header', () => {
    const { spec } = readTestSpec({
      test_suite: { name: 's', sql_file: 'a.sql', defaults: { records_per_source: 7, timeout_ms: 9 }, reference_tables: { t: 't.csv' } },
      queries: [{ name: 'q' }],
    });
    expect(spec).toMatchObject({
      application: 's',
      sqlFile: 'a.sql',
      defaultRecords: 7,
      defaultTimeoutMs: 9,
      referenceTables: { t: 't.csv' },
    });
  });

  it('writes a canonical form that reads back the same', () => {
    const { spec } = readTestSpec(REAL);
    expect(readTestSpec(writeTestSpec(spec)).spec).toEqual(spec);
  });

  it('resolves from_previous: true to the query of that name, else the one before', () => {
    const { spec } = readTestSpec({
      application: 'a',
      queries: [
        { name: 'x' },
        { name: 'y' },
        {
          name: 'z',
          inputs: [
            { source: 'x', from_previous: true },
            { source: 'other', from_previous: true },
          ],
        },
      ],
    });
    expect(spec.queries[2]?.inputs.map((i) => i.fromPrevious)).toEqual(['x', 'y']);
  });

  it.each([
    ['no application', { queries: [{ name: 'q' }] }, 'it names no application'],
    ['no queries', { application: 'a', queries: [] }, 'it has no queries'],
    ['a misspelt list of queries', { application: 'a', quries: [{ name: 'q' }] }, 'it has no queries; "quries" is not "queries"'],
    ['a query twice', { application: 'a', queries: [{ name: 'q' }, { name: 'q' }] }, '"q" stands twice'],
    [
      'an unknown previous query',
      { application: 'a', queries: [{ name: 'q', inputs: [{ source: 's', from_previous: 'no' }] }] },
      'from_previous names "no"',
    ],
    [
      'a match rate that is none',
      { application: 'a', queries: [{ name: 'q', assertions: [{ type: 'join_coverage', min_match_rate: 2 }] }] },
      'from 0 to 1',
    ],
    ['an assertion without a type', { application: 'a', queries: [{ name: 'q', assertions: [{ field: 'x' }] }] }, 'has no type'],
  ])('refuses %s', (_, spec, message) => {
    expect(() => readTestSpec(spec)).toThrow(message);
  });

  it('orders queries by their needs, then as in the file', () => {
    const { spec } = readTestSpec(REAL);
    expect(queryOrder(spec.queries, () => {}).map((q) => q.name)).toEqual(['raw', 'enriched']);
  });

  it('warns of a circle and runs it in file order', () => {
    const warnings: string[] = [];
    const queries = [
      { name: 'a', inputs: [], assertions: [], dependencies: ['b'] },
      { name: 'b', inputs: [], assertions: [], dependencies: ['a'] },
    ];
    expect(queryOrder(queries, (w) => warnings.push(w)).map((q) => q.name)).toEqual(['a', 'b']);
    expect(warnings[0]).toContain('need each other');
  });
});

describe('records of files', () => {
  it('types the values of CSV and takes empty for NULL', () => {
    expect(readRecords('a,b,c,d\n1,1.5,true,\n-2,x,"q,""r",9007199254740993\n', 'Csv')).toEqual([
      { a: 1, b: 1.5, c: true, d: null },
      { a: -2, b: 'x', c: 'q,"r', d: 9007199254740993n },
    ]);
  });

  it.each([
    ['CsvNoHeader', '1,x\n', [{ column_1: 1, column_2: 'x' }]],
    ['jsonl', '{"a":1}\n\n{"a":2}\n', [{ a: 1 }, { a: 2 }]],
    ['JsonLines', '{"a":1}', [{ a: 1 }]],
    ['Json', '[{"a":1}]', [{ a: 1 }]],
  ])('reads %s', (format, text, rows) => {
    expect(readRecords(text, format)).toEqual(rows);
  });
});

describe('names of topics', () => {
  const fixed = { runId: 'r1', timestamp: 5 };
  it('fills the placeholders and replaces other characters', () => {
    expect(topicName('orders', fixed)).toBe('test_r1_orders');
    expect(topicName('a/b', { ...fixed, pattern: '{namespace}.{branch}.{user}.{base}.{timestamp}' })).toBe('test.local.unknown.a_b.5');
    expect(consumerGroup('r1', 'x')).toBe('test_harness_r1_x');
  });

  it('cuts long names and keeps them apart by a hash', () => {
    const names = ['a', 'b'].map((end) => topicName('x'.repeat(300) + end, fixed));
    expect(names[0]).toHaveLength(249);
    expect(names[0]).toMatch(/_[0-9a-f]{16}$/);
    expect(names[0]).not.toBe(names[1]);
  });
});
