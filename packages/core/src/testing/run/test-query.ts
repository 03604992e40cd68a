import { systemScheduler } from '../../engine/default-ports.ts';
import type { Assertion, TestReport } from '../../protocol/studio/testing.ts';
import { analyzeTestFailure } from '../analyze/analyze-failure.ts';
import { randomSeed } from '../generate/generate-data.ts';
import { errorReport, reportOf, runTest, type TestQueryOptions } from './run-test.ts';

/** What a test checks where nobody said anything. */
const DEFAULT_ASSERTIONS: readonly Assertion[] = [{ type: 'record_count', greater_than: 0 }];

/**
 * Tests one query (the script's last) with generated data: made from the given schemas, hints in the SQL, or the SQL itself, with rows
 * that reach every branch. Nothing throws for a failing assertion or query; the report says it.
 *
 * @example
 * const report = await testQuery('SELECT symbol, AVG(price) AS p FROM trades GROUP BY symbol EMIT FINAL', { records: 1000, seed: 7 });
 * report.passed; // true
 */
export async function testQuery(sql: string, options: TestQueryOptions = {}): Promise<TestReport> {
  const seed = options.seed ?? hintedSeed(sql) ?? randomSeed();
  const assertions = options.assertions ?? DEFAULT_ASSERTIONS;
  const started = systemScheduler.elapsed();
  try {
    const run = await runTest(sql, { ...options, seed, assertions });
    const report = reportOf(run, { seed, totalMs: systemScheduler.elapsed() - started });
    if (report.passed || options.analyse === false) return report;
    return { ...report, analysis: await analyzeTestFailure(report, { ...options, seed, assertions }, run) };
  } catch (error) {
    const report = errorReport(sql, seed, error, assertions);
    if (options.analyse === false || options.signal?.aborted) return report;
    return { ...report, analysis: await analyzeTestFailure(report, { ...options, seed, assertions }) };
  }
}

function hintedSeed(sql: string): number | undefined {
  const found = /@data\.seed\s*:\s*(\d+)/.exec(sql)?.[1];
  return found === undefined ? undefined : Number(found);
}
