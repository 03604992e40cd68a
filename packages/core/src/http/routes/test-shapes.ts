import type { DataSchema, SuiteReport, TestReport, TestRequest } from '../../protocol/studio/testing.ts';
import { fromWire, toWire } from '../../protocol/wire.ts';

interface WireTest {
  readonly schema?: unknown;
  readonly schemas?: unknown;
  readonly records?: number | undefined;
  readonly records_per_source?: number | undefined;
  readonly seed?: number | undefined;
  readonly assertions?: readonly { readonly type: string }[] | undefined;
  readonly inputs?: unknown;
  readonly timeout_ms?: number | undefined;
}

/** One `schema` belongs to the source of its name; `schemas` come by source. */
export function suiteRequest(body: WireTest): TestRequest {
  const one = body.schema === undefined ? undefined : (fromWire(body.schema) as DataSchema);
  const many = body.schemas === undefined ? {} : (fromWire({ schemas: body.schemas }) as { schemas: Record<string, DataSchema> }).schemas;
  const schemas = { ...many, ...(one ? { [one.name]: one } : {}) };
  const records = body.records ?? body.records_per_source;
  return {
    ...(Object.keys(schemas).length > 0 ? { schemas } : {}),
    ...(records === undefined ? {} : { records }),
    ...(body.seed === undefined ? {} : { seed: body.seed }),
    ...(body.assertions === undefined ? {} : { assertions: body.assertions }),
    ...(body.inputs === undefined ? {} : { inputs: body.inputs as NonNullable<TestRequest['inputs']> }),
    ...(body.timeout_ms === undefined ? {} : { timeoutMs: body.timeout_ms }),
  };
}

/** A report in the shape of `POST /test`, and whole. */
export const testAnswer = (report: TestReport) => ({
  passed: report.passed,
  assertions: report.assertions,
  output: toWire(report.output),
  performance: toWire(report.performance),
  ...(report.analysis ? { ai_analysis: toWire(report.analysis) } : {}),
  report: toWire(report),
});

/** Reports of several queries in the shape of `POST /apps/{id}/test`, and whole. */
export const suiteAnswer = (suite: SuiteReport) => ({
  passed: suite.passed,
  total_queries: suite.summary.total,
  passed_queries: suite.summary.passed,
  results: suite.queries.map((q) => ({
    query_id: q.name,
    name: q.name,
    passed: q.passed,
    output_records: q.output.rowCount,
    execution_time_ms: q.performance.executionTimeMs,
    assertions: q.assertions,
  })),
  data_generation: {
    topics_populated: suite.dataGeneration?.sources ?? [],
    records_generated: suite.dataGeneration?.recordsGenerated ?? 0,
    foreign_key_matches: suite.dataGeneration?.foreignKeyMatches ?? [],
  },
  report: toWire(suite),
});
