export type {
  AnomalyRule,
  Assertion,
  AssertionResult,
  CellDiff,
  DataConstraints,
  DataField,
  DataSchema,
  FailureAnalysis,
  PlanCoverage,
  SuiteReport,
  TestReport,
  TimeSimulation,
  VerifiedFix,
} from '../protocol/studio/testing.ts';
export { type AnalyzeOptions, analyzeTestFailure } from './analyze/analyze-failure.ts';
export type { CapturedOutput, MetricSample, RecordError, TestFile } from './assert/captured-output.ts';
export { assertionTypes, evaluate } from './assert/evaluate.ts';
export { diffRows, type RowDiff } from './assert/row-diff.ts';
export { foreignKeyMatches, type GenerateOptions, generateData, TEST_NOW } from './generate/generate-data.ts';
export { type FaultStatistics, injectFaults } from './generate/inject-faults.ts';
export { fromShadowTraffic, type ImportedGenerators } from './generate/shadow-traffic.ts';
export { schemaOfRows } from './generate/table-schema.ts';
export { inferSchemaFromRows, inferSchemaFromSource } from './infer/infer-from-rows.ts';
export { type DataSchemas, inferSchema } from './infer/infer-from-sql.ts';
export { inferSpec } from './infer/infer-spec.ts';
export { checkProperties, type Property, type PropertyOptions, type PropertyResult } from './properties/check-properties.ts';
export { type RenderOptions, type ReportFormat, renderReport } from './report/render-report.ts';
export type { FileReader } from './run/files.ts';
export { type RunSpecOptions, runTestSpec } from './run/run-spec.ts';
export { type TestQueryOptions, testQuery } from './run/test-query.ts';
export { type ReadSchema, readDataSchema } from './schema/read-schema.ts';
export { writeDataSchema } from './schema/write-schema.ts';
export { type ReadSpec, readTestSpec } from './spec/read-spec.ts';
export type { FaultInjection, InputSpec, QuerySpec, Scenario, TestSpec } from './spec/test-spec.ts';
export { writeTestSpec } from './spec/write-spec.ts';
export { streamMatchers } from './stream-test/matchers.ts';
export {
  type ExpectedChange,
  type GivenOptions,
  type StreamTest,
  type StreamTestOptions,
  type StreamTestResult,
  streamTest,
} from './stream-test/stream-test.ts';
export { type StressOptions, type StressResult, stressQuery } from './stress.ts';
