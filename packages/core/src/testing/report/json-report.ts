import type { SuiteReport } from '../../protocol/studio/testing.ts';
import { durationOf } from './render-options.ts';

const plain = (_: string, value: unknown): unknown =>
  typeof value === 'bigint' ? (Number.isSafeInteger(Number(value)) ? Number(value) : String(value)) : value;

/** The report as JSON of the reference's shape, with what we know beyond it. */
export function jsonReport(suite: SuiteReport): string {
  const { summary: s } = suite;
  const report = {
    application: suite.application,
    run_id: suite.runId,
    start_time: new Date(suite.startedAt).toISOString(),
    end_time: new Date(suite.endedAt).toISOString(),
    duration_ms: suite.endedAt - suite.startedAt,
    passed: suite.passed,
    summary: {
      total: s.total,
      passed: s.passed,
      failed: s.failed,
      skipped: s.skipped,
      errors: s.errors,
      total_assertions: s.totalAssertions,
      passed_assertions: s.passedAssertions,
      failed_assertions: s.failedAssertions,
    },
    queries: suite.queries.map((q) => ({
      name: q.name,
      status: q.status,
      duration_ms: Math.round(durationOf(q) * 1000) / 1000,
      ...(q.error ? { error: q.error } : {}),
      record_counts: { inputs: q.inputs, outputs: { [q.name]: q.output.rowCount } },
      assertions: q.assertions,
      seed: q.seed,
      ...(q.coverage ? { coverage: q.coverage } : {}),
      ...(q.diff ? { diff: q.diff } : {}),
      ...(q.alerts ? { alerts: q.alerts } : {}),
      ...(q.metrics ? { metrics: q.metrics } : {}),
      ...(q.analysis ? { analysis: q.analysis } : {}),
      ...(q.warnings ? { warnings: q.warnings } : {}),
    })),
    ...(suite.dataGeneration
      ? {
          data_generation: {
            sources: suite.dataGeneration.sources,
            records_generated: suite.dataGeneration.recordsGenerated,
            foreign_key_matches: suite.dataGeneration.foreignKeyMatches,
          },
        }
      : {}),
  };
  return `${JSON.stringify(report, plain, 2)}\n`;
}
