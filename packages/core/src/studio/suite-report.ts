import type { SuiteReport, TestReport } from '../protocol/studio/testing.ts';

export interface SuiteFacts {
  readonly application: string;
  readonly runId: string;
  readonly startedAt: number;
  readonly endedAt: number;
  readonly foreignKeyMatches?: readonly string[];
}

/** Reports of single queries as one: what was fed is counted once a source. */
export function suiteReport(queries: readonly TestReport[], facts: SuiteFacts): SuiteReport {
  const count = (status: TestReport['status']): number => queries.filter((q) => q.status === status).length;
  const assertions = queries.flatMap((q) => q.assertions);
  const fed = new Map(queries.flatMap((q) => Object.entries(q.inputs)));
  const { foreignKeyMatches = [], ...rest } = facts;
  return {
    ...rest,
    passed: queries.length > 0 && queries.every((q) => q.passed),
    summary: {
      total: queries.length,
      passed: count('passed'),
      failed: count('failed'),
      skipped: count('skipped'),
      errors: count('error'),
      totalAssertions: assertions.length,
      passedAssertions: assertions.filter((a) => a.passed).length,
      failedAssertions: assertions.filter((a) => !a.passed).length,
    },
    queries,
    dataGeneration: {
      sources: [...fed.keys()],
      recordsGenerated: [...fed.values()].reduce((n, rows) => n + rows, 0),
      foreignKeyMatches,
    },
  };
}
