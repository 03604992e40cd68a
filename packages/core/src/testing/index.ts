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
export type { CapturedOutput, MetricSample, RecordError, TestFile } from './assert/captured-output.ts';
export { assertionTypes, evaluate } from './assert/evaluate.ts';
export { diffRows, type RowDiff } from './assert/row-diff.ts';
export { foreignKeyMatches, type GenerateOptions, generateData, TEST_NOW } from './generate/generate-data.ts';
export { inferSchemaFromRows, inferSchemaFromSource } from './infer/infer-from-rows.ts';
export { type DataSchemas, inferSchema } from './infer/infer-from-sql.ts';
export { type TestQueryOptions, testQuery } from './run/test-query.ts';
export { type ReadSchema, readDataSchema } from './schema/read-schema.ts';
export { writeDataSchema } from './schema/write-schema.ts';
