import type { SuiteReport, TestReport } from '../../protocol/studio/testing.ts';

/** Counts over the reports of single queries. */
export function suiteSummary(queries: readonly TestReport[]): SuiteReport['summary'] {
  const assertions = queries.flatMap((q) => q.assertions);
  const count = (status: TestReport['status']): number => queries.filter((q) => q.status === status).length;
  return {
    total: queries.length,
    passed: count('passed'),
    failed: count('failed'),
    skipped: count('skipped'),
    errors: count('error'),
    totalAssertions: assertions.length,
    passedAssertions: assertions.filter((a) => a.passed).length,
    failedAssertions: assertions.filter((a) => !a.passed).length,
  };
}
