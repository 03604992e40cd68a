import type { Artifact } from '@velostream/core/protocol';
import type { TestReport } from '@velostream/core/protocol/explore';
import { actions, artifactOf, SAMPLE_TIME } from './envelope.ts';
import { SAMPLE_SQL } from './sample-sql.ts';

const ACTIONS = actions(
  ['regenerate-data', 'Regenerate data'],
  ['add-assertions', 'Add more assertions'],
  ['view-report', 'View full report'],
  ['ignore', 'Ignore'],
);

const passedReport: TestReport = {
  name: 'Volume by symbol',
  sql: SAMPLE_SQL,
  passed: true,
  status: 'passed',
  assertions: [
    { type: 'record_count', passed: true, message: '5 records, as expected', expected: 5, actual: 5 },
    { type: 'schema_contains', passed: true, message: 'symbol, volume and avg_price are there' },
    { type: 'no_nulls', passed: true, message: 'no NULL in symbol and volume' },
  ],
  output: { columns: [], rows: [], rowCount: 5 },
  performance: { generationMs: 12, executionTimeMs: 184, memoryPeakBytes: 9_437_184, recordsPerSecond: 5_434 },
  inputs: { trades: 1_000 },
  inputSamples: {},
  seed: 42,
};

export const testResults = artifactOf('test-results', {
  title: 'Test of volume by symbol',
  actions: ACTIONS,
  data: { report: passedReport },
});

const failedReport: TestReport = {
  ...passedReport,
  name: 'Trades with orders',
  passed: false,
  status: 'failed',
  assertions: [
    { type: 'record_count', passed: false, message: 'no record came out', expected: { min: 1 }, actual: 0 },
    {
      type: 'join_coverage',
      passed: false,
      message: 'no trade found its order',
      expected: '≥ 80 % of 1,000 trades',
      actual: 'order_id "T-1001" in trades, "1001" in orders',
    },
    { type: 'schema_contains', passed: true, message: 'all columns are there' },
    { type: 'execution_time', passed: true, message: '184 ms of 5,000 ms' },
    { type: 'late_records', passed: true, skipped: true, message: 'no record was late, so nothing to judge' },
  ],
  output: { columns: [], rows: [], rowCount: 0 },
  inputs: { trades: 1_000, orders: 1_000 },
  diff: [
    { row: 1, column: 'volume', expected: 1_200, actual: 900 },
    { row: 2, column: 'volume', expected: 800, actual: undefined },
  ],
  analysis: {
    summary: 'The keys of both sides have different forms.',
    rootCause: 'order_id is "T-1001" in trades and "1001" in orders',
    suggestions: ['Take the prefix off order_id of trades before joining.'],
    fixes: [
      {
        title: 'Join on SUBSTRING(t.order_id, 3)',
        kind: 'sql',
        sql: SAMPLE_SQL,
        verified: true,
        passed: 5,
        total: 5,
      },
      { title: 'Generate order_id without prefix', kind: 'data', verified: true, passed: 4, total: 5 },
    ],
    confidence: 0.92,
    rule: 'join-key-form',
  },
};

export const testResultsFailed: Artifact = artifactOf('test-results', {
  title: 'Test of trades with orders',
  state: 'failed',
  actions: ACTIONS,
  data: { report: failedReport },
});

export const testResultsBroken: Artifact = artifactOf('test-results', {
  title: 'Test that could not run',
  state: 'failed',
  actions: ACTIONS,
  data: {
    report: {
      ...passedReport,
      passed: false,
      status: 'error',
      assertions: [],
      output: { columns: [], rows: [], rowCount: 0 },
      performance: { generationMs: 12, executionTimeMs: 0, memoryPeakBytes: 0, recordsPerSecond: 0 },
      error: { code: 'VS2004', message: 'column "pirce" does not exist in "trades"', hint: 'Did you mean "price"?' },
    },
  },
});

const names = ['VWAP Calculator', 'Volume Spike Detector', 'Price Movement Tracker', 'Top Movers', 'Trade-Order Enrichment'];

export const appTestResults: Artifact = artifactOf('test-results', {
  title: 'Test of Trading Analytics',
  actions: ACTIONS,
  data: {
    suite: {
      application: 'Trading Analytics',
      runId: 'run-1',
      startedAt: SAMPLE_TIME,
      endedAt: SAMPLE_TIME + 1_240,
      passed: true,
      summary: { total: 5, passed: 5, failed: 0, skipped: 0, errors: 0, totalAssertions: 15, passedAssertions: 15, failedAssertions: 0 },
      queries: names.map((name, i) => ({
        ...passedReport,
        name,
        output: { columns: [], rows: [], rowCount: 40 * (i + 1) },
        performance: { ...passedReport.performance, executionTimeMs: 120 + 31 * i },
      })),
      dataGeneration: { sources: ['trades', 'orders'], recordsGenerated: 2_000, foreignKeyMatches: ['trades.order_id = orders.id'] },
    },
  },
});
