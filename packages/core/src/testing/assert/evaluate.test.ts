import { describe, expect, it } from 'vitest';
import type { Change, Row } from '../../protocol/query.ts';
import type { Assertion } from '../../protocol/studio/testing.ts';
import type { CapturedOutput } from './captured-output.ts';
import { assertionTypes, evaluate } from './evaluate.ts';
import { holds, operatorOf } from './operators.ts';

const MINUTE = 60_000;
const ROWS: readonly Row[] = [
  { symbol: 'A', n: 2, price: '10.50', note: 'x', ok: true, window_start: 0, window_end: MINUTE, ts: 1000 },
  { symbol: 'B', n: 3, price: '20.00', note: null, ok: false, window_start: 0, window_end: MINUTE, ts: 2000 },
  { symbol: 'C', n: 5, price: '30.25', note: 'z', ok: true, window_start: MINUTE, window_end: 2 * MINUTE, ts: 70_000 },
];
const TRADES = [
  { symbol: 'A', amount: 4 },
  { symbol: 'B', amount: 6 },
  { symbol: 'D', amount: 0 },
];
const change = (op: Change['op'], key: string, row: Row): Change => ({ op, key: [key], row, final: false });
const many = (of: (i: number) => Row, n = 200): Row[] => Array.from({ length: n }, (_, i) => of(i));

const OUTPUT: CapturedOutput = {
  rows: ROWS,
  final: ROWS,
  queryName: 'q',
  sinkName: 'out',
  topic: 'out-topic',
  schema: { columns: Object.keys(ROWS[0]!).map((name) => ({ name, type: name === 'n' ? 'INTEGER' : 'STRING' })) },
  key: ['symbol'],
  inputs: { trades: TRADES, customers: [{ symbol: 'A' }, { symbol: 'B' }] },
  outputs: { q: ROWS, other: [{ n: 4 }, { n: 6 }] },
  variables: { limit: 3 },
  changes: [change('insert', 'A', ROWS[0]!), change('insert', 'B', ROWS[1]!), change('update', 'C', ROWS[2]!)].map((c, i) =>
    i === 2 ? { ...c, op: 'insert' } : c,
  ),
  executionTimeMs: 100,
  memoryPeakBytes: 5 * 1024 * 1024,
  memoryGrowthBytes: 1000,
  errors: [{ errorType: 'type_conversion', message: 'bad' }],
  errorCount: 1,
  coverage: { covered: 9, total: 10, ratio: 0.9, missing: [{ point: 'p', text: 'a branch' }] },
  metrics: [
    { name: 'hits', type: 'counter', labels: { symbol: 'A' }, value: 4, count: 4 },
    { name: 'hits', type: 'counter', labels: { symbol: 'B' }, value: 6, count: 6 },
    { name: 'level', type: 'gauge', labels: {}, value: 7.5, count: 1 },
    { name: 'took', type: 'histogram', labels: {}, value: 3, count: 12 },
  ],
  files: {
    'a.csv': { text: 'id,v\n1,x\n2,y\n', bytes: 14 },
    'b.csv': { text: 'id,v\n2,y\n1,x\n', bytes: 14 },
    'c.csv': { text: 'id,v\n1,x\n2,z\n', bytes: 14 },
    'gone.csv': null,
  },
  snapshots: { kept: ROWS.map(({ symbol, n }) => ({ symbol, n })), old: [{ symbol: 'A', n: 9 }] },
  capturedAt: 71_000,
};
const numbers: CapturedOutput = {
  rows: many((i) => ({ v: i, event_time: i * 100 })),
  inputs: { s: many((i) => ({ v: i })) },
  capturedAt: 20_000,
  executionTimeMs: 1000,
};

/** One that holds and one that does not, for every type. */
const CASES: readonly (readonly [pass: Assertion, fail: Assertion, output?: CapturedOutput])[] = [
  [
    { type: 'record_count', equals: 3 },
    { type: 'record_count', greater_than: 3 },
  ],
  [
    { type: 'row_count', operator: '>=', expected: 3 },
    { type: 'row_count', operator: '<', expected: 3 },
  ],
  [
    { type: 'record_count', expression: '{{inputs.trades.count}}' },
    { type: 'record_count', expression: '{{inputs.trades.count}} * 3' },
  ],
  [
    { type: 'schema_contains', fields: ['symbol', 't.price'] },
    { type: 'schema_contains', fields: ['nope'] },
  ],
  [
    { type: 'no_nulls', fields: ['symbol', 'n'] },
    { type: 'no_nulls', fields: ['note'] },
  ],
  [
    { type: 'field_not_null', field: 'symbol' },
    { type: 'field_not_null', field: 'absent' },
  ],
  [
    { type: 'field_values', field: 'n', operator: 'gt', value: 1 },
    { type: 'field_values', field: 'price', operator: 'less_than', value: 20 },
  ],
  [
    { type: 'between', field: 'n', min: 2, max: 5 },
    { type: 'between', field: 'n', between: [3, 5] },
  ],
  [
    { type: 'field_in_set', field: 'symbol', values: ['A', 'B', 'C'] },
    { type: 'field_in_set', field: 'n', values: ['2', '3'] },
  ],
  [
    { type: 'accepted_values', field: 'n', values: ['2', 3, '5'] },
    { type: 'accepted_values', field: 'symbol', values: ['A'] },
  ],
  [
    { type: 'unique_values', field: 'symbol' },
    { type: 'unique_values', field: 'ok' },
  ],
  [
    { type: 'unique', fields: ['window_start', 'symbol'] },
    { type: 'unique', field: 'window_start' },
  ],
  [
    { type: 'no_duplicates', key_fields: ['symbol', 'window_start'] },
    { type: 'no_duplicates', key_fields: ['window_start'], max_duplicate_percent: 10 },
  ],
  [
    { type: 'ordering', field: 'n' },
    { type: 'ordering', field: 'n', direction: 'desc' },
  ],
  [
    { type: 'monotonic', field: 'ts', allow_equal: false },
    { type: 'monotonic', field: 'window_start', allow_equal: false },
  ],
  [
    { type: 'template', expression: 'all(r.n > 1 for r in records) and len(records) == 3' },
    { type: 'template', expression: 'sum(n) > 100' },
  ],
  [
    { type: 'length', field: 'symbol', equals: 1 },
    { type: 'length', field: 'price', max: 3 },
  ],
  [
    { type: 'regex', field: 'price', pattern: '^\\d+\\.\\d\\d$' },
    { type: 'regex', field: 'symbol', pattern: '^[0-9]' },
  ],
  [
    { type: 'completeness', input_source: 'trades', key_field: 'symbol', min_completeness: 0.6 },
    { type: 'completeness', expected_fields: ['note'], min_completeness: 0.9 },
  ],
  [
    { type: 'data_quality', no_nulls_in: ['symbol'], numeric_ranges: [{ field: 'n', min: 1, max: 9 }] },
    { type: 'data_quality', string_patterns: [{ field: 'symbol', pattern: '^[AB]$' }] },
  ],
  [
    { type: 'join_coverage', left: 'trades', right: 'customers', key: 'symbol', min_match_rate: 0.6 },
    { type: 'join_coverage', left: 'trades', right: 'customers', key: 'symbol', min_match_rate: 0.9 },
  ],
  [
    { type: 'referential', field: 'n', input_source: 'trades', reference_field: 'n' },
    { type: 'referential', field: 'symbol', input_source: 'trades' },
    { ...OUTPUT, rows: [{ n: 1, symbol: 'Z' }], inputs: { trades: [{ n: 1, symbol: 'A' }] } },
  ],
  [
    { type: 'referential_integrity', field: 'symbol', input_source: 'trades' },
    { type: 'referential_integrity', field: 'symbol', input_source: 'nobody' },
    { ...OUTPUT, rows: [{ symbol: 'A' }] },
  ],
  [
    { type: 'column_sum_reconciles', field: 'n', input_source: 'trades', input_field: 'amount' },
    { type: 'column_sum_reconciles', field: 'ts', input_source: 'trades', input_field: 'amount' },
  ],
  [
    { type: 'cross_query', query_a: 'q', query_b: 'other', aggregate: 'SUM(n)' },
    { type: 'cross_query', query_a: 'q', query_b: 'other', aggregate: 'COUNT(*)' },
  ],
  [
    { type: 'aggregate_check', expression: 'SUM(n)', expected: '10' },
    { type: 'aggregate_check', function: 'AVG', field: 'n', expected: 3 },
  ],
  [{ type: 'percentile', field: 'v', p95: 190 }, { type: 'percentile', field: 'v', percentiles: { p50: 50 } }, numbers],
  [
    { type: 'quantile_between', field: 'v', quantile: 0.5, min: 90, max: 110 },
    { type: 'quantile_between', field: 'v', quantile: 0.9, max: 100 },
    numbers,
  ],
  [{ type: 'stddev', field: 'v', between: [50, 60] }, { type: 'stddev', field: 'v', less_than: 10 }, numbers],
  [
    { type: 'percent_null', field: 'note', less_than: 40 },
    { type: 'percent_null', field: 'note', equals: 0 },
  ],
  [
    { type: 'distinct_count', field: 'window_start', equals: 2 },
    { type: 'distinct_count', field: 'symbol', equals: 2 },
  ],
  [
    { type: 'distribution', field: 'v', distribution_type: 'uniform', mean: 100 },
    { type: 'distribution', field: 'v', distribution_type: 'exponential' },
    numbers,
  ],
  [
    { type: 'execution_time', max_ms: 200, min_ms: 1 },
    { type: 'execution_time', operator: 'lt', value_ms: 50 },
  ],
  [
    { type: 'memory_usage', max_mb: 10 },
    { type: 'memory_usage', max_growth_bytes: 10 },
  ],
  [
    { type: 'throughput', min_records_per_second: 10 },
    { type: 'throughput', expected_records_per_second: 1000, tolerance_percent: 5 },
  ],
  [
    { type: 'latency', timestamp_field: 'event_time', max_latency_ms: 20_000 },
    { type: 'latency', timestamp_field: 'event_time', p50_latency_ms: 10 },
    numbers,
  ],
  [
    { type: 'latency_check', timestamp_field: 'event_time', avg_latency_ms: 11_000 },
    { type: 'latency_check', timestamp_field: 'event_time', avg_latency_ms: 1000 },
    numbers,
  ],
  [
    { type: 'dlq_count', max_errors: 1 },
    { type: 'dlq_count', equals: 0, error_types: ['type'] },
  ],
  [
    { type: 'error_rate', max_rate: 0.01 },
    { type: 'error_rate', max_percent: 0.1 },
    { ...numbers, errorCount: 1 },
  ],
  [
    { type: 'table_freshness', timestamp_field: 'ts', max_age_ms: 1000 },
    { type: 'table_freshness', timestamp_field: 'ts', max_age_ms: 10 },
  ],
  [
    { type: 'freshness', field: 'ts', max_age_ms: 2000 },
    { type: 'freshness', field: 'window_start', max_age_ms: 10 },
  ],
  [
    { type: 'late_dropped', max: 0 },
    { type: 'late_dropped', equals: 2 },
  ],
  [
    { type: 'plan_coverage', min: 0.9 },
    { type: 'plan_coverage', min: 0.95 },
  ],
  [
    { type: 'window_boundary', timestamp_field: 'ts', window_size_ms: MINUTE, verify_alignment: true },
    { type: 'window_boundary', window_size_ms: 2 * MINUTE },
  ],
  [
    { type: 'window_bounds', window_size_ms: MINUTE },
    { type: 'window_bounds', window_start_field: 'nope', window_end_field: 'no', window_size_ms: 1 },
    { ...OUTPUT, rows: ROWS.map(({ window_start, window_end, ...r }) => ({ ...r, tumble_start: window_start!, tumble_end: window_end! })) },
  ],
  [
    { type: 'event_ordering', timestamp_field: 'ts' },
    { type: 'event_ordering', timestamp_field: 'ts', direction: 'descending', allow_gaps: false },
  ],
  [
    { type: 'window_completeness', window_size_ms: MINUTE },
    { type: 'window_completeness', window_size_ms: MINUTE / 2 },
  ],
  [
    { type: 'window_count', equals: 2 },
    { type: 'window_count', greater_than: 2 },
  ],
  [
    { type: 'emitted_before', watermark: 5 * MINUTE },
    { type: 'emitted_before', watermark: 1 },
    { ...OUTPUT, changes: [{ op: 'insert', key: ['A'], row: ROWS[0]!, window: { start: 0, end: MINUTE }, final: true }] },
  ],
  [
    { type: 'row_match', rows: [{ symbol: 'C' }, { symbol: 'A' }, { symbol: 'B', n: 3 }] },
    { type: 'row_match', rows: [{ symbol: 'A', n: 9 }, { symbol: 'B' }, { symbol: 'C' }] },
  ],
  [
    { type: 'rows_equal', ordered: true, rows: [{ n: 2 }, { n: 3 }, { n: 5 }] },
    { type: 'rows_equal', ordered: true, rows: [{ n: 3 }, { n: 2 }, { n: 5 }] },
  ],
  [
    { type: 'exact', rows: [{ price: '10.5' }, { price: 20 }, { price: '30.25' }] },
    { type: 'exact', rows: [{ n: 2 }] },
  ],
  [
    { type: 'row_contains', row: { symbol: 'B', n: 3 } },
    { type: 'row_contains', row: { symbol: 'B', n: 4 } },
  ],
  [
    { type: 'contains', rows: [{ symbol: 'A' }] },
    { type: 'contains', rows: [{ symbol: 'Q' }] },
  ],
  [{ type: 'changelog_valid' }, { type: 'changelog_valid' }],
  [{ type: 'final_equals_last_change' }, { type: 'final_equals_last_change' }],
  [
    { type: 'schema_unchanged', columns: Object.keys(ROWS[0]!) },
    { type: 'schema_unchanged', columns: ['symbol', { name: 'n', type: 'FLOAT' }] },
  ],
  [
    { type: 'snapshot', name: 'kept' },
    { type: 'snapshot', name: 'old' },
  ],
  [
    { type: 'not_constant', field: 'n' },
    { type: 'not_constant', field: 'c' },
    {
      ...OUTPUT,
      rows: [
        { n: 1, c: 0 },
        { n: 2, c: 0 },
      ],
    },
  ],
  [
    { type: 'file_exists', path: 'a.csv', min_size_bytes: 10 },
    { type: 'file_exists', path: 'gone.csv' },
  ],
  [
    { type: 'file_row_count', path: 'a.csv', format: 'Csv', equals: 2 },
    { type: 'file_row_count', path: 'a.csv', greater_than: 2 },
  ],
  [
    { type: 'file_contains', path: 'a.csv', field: 'v', expected_values: ['x', 'y'] },
    { type: 'file_contains', path: 'a.csv', field: 'v', expected_values: ['x', 'q'] },
  ],
  [
    { type: 'file_matches', actual_path: 'a.csv', expected_path: 'b.csv' },
    { type: 'file_matches', actual_path: 'a.csv', expected_path: 'c.csv' },
  ],
  [
    { type: 'metric_exists', name: 'hits', expected_type: 'counter' },
    { type: 'metric_exists', name: 'misses' },
  ],
  [
    { type: 'metric_counter', name: 'hits', between: [10, 10] },
    { type: 'metric_counter', name: 'hits', labels: { symbol: 'A' }, operator: 'gt', value: 5 },
  ],
  [
    { type: 'metric_gauge', name: 'level', operator: '=', value: 7, tolerance: 1 },
    { type: 'metric_gauge', name: 'level', operator: 'lt', value: 5 },
  ],
  [
    { type: 'metric_histogram', name: 'took', equals: 12 },
    { type: 'metric_histogram', name: 'took', labels: { a: 'b' } },
  ],
];

const SPECIAL: Readonly<Record<string, CapturedOutput>> = {
  changelog_valid: { ...OUTPUT, changes: [change('update', 'A', ROWS[0]!)] },
  final_equals_last_change: { ...OUTPUT, final: [ROWS[0]!] },
};

describe('assertions', () => {
  it('have a case for every type', () => {
    expect([...new Set(CASES.flatMap(([p]) => p.type))].sort()).toEqual([...assertionTypes()].sort());
  });

  it.each(CASES.map(([pass, fail, output]) => [pass.type, pass, fail, output ?? OUTPUT] as const))(
    '%s holds where it should and fails where not',
    (type, pass, fail, output) => {
      const good = evaluate(pass, output);
      expect([good.passed, good.message]).toEqual([true, expect.any(String)]);
      expect(good.skipped).toBeUndefined();
      const bad = evaluate(fail, SPECIAL[type] ?? output);
      expect([bad.passed, bad.message]).toEqual([false, expect.any(String)]);
      expect(bad.expected).not.toBeNull();
      expect(bad.message).not.toContain('cannot be judged');
    },
  );

  it('is found in any spelling of its name', () => {
    for (const type of ['recordCount', 'Record-Count', 'RECORD COUNT']) expect(evaluate({ type, equals: 3 }, OUTPUT).passed).toBe(true);
  });

  it('fails for a type that nobody knows, and for parameters that cannot be read', () => {
    expect(evaluate({ type: 'record_cuont' }, OUTPUT)).toMatchObject({
      passed: false,
      message: 'assertion type "record_cuont" is not known; did you mean "record_count"?',
    });
    expect(evaluate({ type: 'field_values', operator: 'about', field: 'n', value: 1 }, OUTPUT).message).toContain(
      'operator "about" is not known',
    );
    expect(evaluate({ type: 'aggregate_check', expression: 'nonsense', expected: 1 }, OUTPUT).passed).toBe(false);
  });

  it('passes without a limit and tells the value', () => {
    expect(evaluate({ type: 'record_count' }, OUTPUT)).toMatchObject({
      passed: true,
      actual: 3,
      message: "record_count of topic 'out-topic' is 3",
    });
  });

  it('says what was expected of a count, and which place no row reached', () => {
    expect(evaluate({ type: 'record_count', greater_than: 3 }, OUTPUT).message).toBe(
      "record_count of topic 'out-topic' is 3, expected > 3",
    );
    expect(evaluate({ type: 'record_count', expression: '{{inputs.trades.count}} > 1000' }, OUTPUT).message).toBe(
      "record_count of topic 'out-topic' is 3, expected {{inputs.trades.count}} > 1000, which does not hold",
    );
    expect(evaluate({ type: 'plan_coverage', min: 0.95 }, OUTPUT).message).toMatch(
      /is 9 of 10; no row of the test data reached: a branch$/,
    );
  });

  it('needs all of several limits, except beside equals', () => {
    expect(evaluate({ type: 'record_count', greater_than: 0, less_than: 3 }, OUTPUT)).toMatchObject({
      passed: false,
      expected: '> 0 and < 3',
    });
    expect(evaluate({ type: 'record_count', equals: 3, greater_than: 100 }, OUTPUT).passed).toBe(true);
  });

  it('fills templates into any numeric parameter and tells unknown ones', () => {
    expect(evaluate({ type: 'record_count', less_than_or_equals: '{{inputs.trades.count}}' }, OUTPUT).passed).toBe(true);
    expect(evaluate({ type: 'record_count', greater_than: '{{limit}} - 1' }, OUTPUT).passed).toBe(true);
    expect(evaluate({ type: 'record_count', greater_than: '{{nobody}}' }, OUTPUT).details?.['warnings']).toEqual([
      'variable "nobody" is not known; 0 is used',
    ]);
  });

  it('puts its own message in front of a failure', () => {
    expect(evaluate({ type: 'record_count', equals: 1, message: 'one trade expected' }, OUTPUT).message).toMatch(/^one trade expected: /);
  });

  it.each([
    [{ type: 'percentile', field: 'n', p50: 1 }, 'records'],
    [{ type: 'memory_usage', max_mb: 1 }, 'not tracked'],
    [{ type: 'snapshot', name: 'new' }, '--update-golden'],
  ])('says why it could not judge %j', (assertion, reason) => {
    expect(evaluate(assertion, { rows: ROWS })).toMatchObject({ passed: true, skipped: true, message: expect.stringContaining(reason) });
  });

  it('shows the keys of both sides of a join', () => {
    expect(
      evaluate({ type: 'join_coverage', left: 'trades', right: 'customers', key: 'symbol', min_match_rate: 1 }, OUTPUT).details,
    ).toMatchObject({ sample_left_keys: ['A', 'B', 'D'], sample_right_keys: ['A', 'B'], left_count: 3 });
  });
});

describe('operators', () => {
  it.each([
    ['equals', 'equal', 'eq', '==', '='],
    ['not_equals', 'not_equal', 'ne', '!='],
    ['greater_than', 'gt', '>'],
    ['less_than', 'lt', '<'],
    ['greater_than_or_equal', 'greater_than_or_equals', 'gte', '>='],
    ['less_than_or_equal', 'less_than_or_equals', 'lte', '<='],
    ['starts_with', 'startsWith'],
    ['not_in', 'notIn', 'NOT IN'],
  ])('understands all spellings of %s', (...words) => {
    for (const word of words) expect(operatorOf(word)).toBe(words[0]);
  });

  it('compares numbers with a tolerance, decimals exactly, booleans by word', () => {
    expect(holds('equals', 0.1 + 0.2, 0.3)).toBe(true);
    expect(holds('equals', '0.10001', '0.1')).toBe(false);
    expect(holds('equals', '12.30', '12.3')).toBe(true);
    expect(holds('equals', true, 'true')).toBe(true);
    expect(holds('greater_than', '10', 9)).toBe(true);
    expect(holds('matches', 'abc', 'b.')).toBe(true);
    expect(holds('matches', 'abc', '(')).toBe(false);
  });
});
