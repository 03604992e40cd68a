export type {
  Assertion,
  AssertionResult,
  DataSchema,
  FailureAnalysis,
  SuiteReport,
  TestReport,
} from '../protocol/studio/testing.ts';
export { type AnalyzeOptions, analyzeTestFailure } from './analyze/analyze-failure.ts';
export type { CapturedOutput } from './assert/captured-output.ts';
export { assertionTypes, evaluate } from './assert/evaluate.ts';
export { foreignKeyMatches, type GenerateOptions, generateData } from './generate/generate-data.ts';
export { inferSchemaFromRows, inferSchemaFromSource } from './infer/infer-from-rows.ts';
export { type DataSchemas, inferSchema } from './infer/infer-from-sql.ts';
export { inferSpec } from './infer/infer-spec.ts';
export { checkProperties, type Property, type PropertyOptions, type PropertyResult } from './properties/check-properties.ts';
export { type ReportFormat, renderReport } from './report/render-report.ts';
export type { FileReader } from './run/files.ts';
export { type RunSpecOptions, runTestSpec } from './run/run-spec.ts';
export type { TestQueryOptions } from './run/run-test.ts';
export { testQuery } from './run/test-query.ts';
export { readDataSchema } from './schema/read-schema.ts';
export { readTestSpec } from './spec/read-spec.ts';
export type { TestSpec } from './spec/test-spec.ts';
export { writeTestSpec } from './spec/write-spec.ts';
export { streamMatchers } from './stream-test/matchers.ts';
export { type StreamTest, type StreamTestResult, streamTest } from './stream-test/stream-test.ts';
export { type StressResult, stressQuery } from './stress.ts';
