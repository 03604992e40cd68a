import type { SuiteReport, TestReport } from '../protocol/studio/testing.ts';
import { suiteSummary } from '../testing/report/suite-summary.ts';

export interface SuiteFacts {
  readonly application: string;
  readonly runId: string;
  readonly startedAt: number;
  readonly endedAt: number;
  readonly foreignKeyMatches?: readonly string[];
}

/** Reports of single queries as one: what was fed is counted once a source. */
export function suiteReport(queries: readonly TestReport[], facts: SuiteFacts): SuiteReport {
  const fed = new Map(queries.flatMap((q) => Object.entries(q.inputs)));
  const { foreignKeyMatches = [], ...rest } = facts;
  return {
    ...rest,
    passed: queries.length > 0 && queries.every((q) => q.passed),
    summary: suiteSummary(queries),
    queries,
    dataGeneration: {
      sources: [...fed.keys()],
      recordsGenerated: [...fed.values()].reduce((n, rows) => n + rows, 0),
      foreignKeyMatches,
    },
  };
}
