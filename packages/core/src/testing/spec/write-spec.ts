import { parse, stringify } from 'yaml';
import type { DataSchema } from '../../protocol/studio/testing.ts';
import { writeDataSchema } from '../schema/write-schema.ts';
import type { InputSpec, QuerySpec, TestSpec } from './test-spec.ts';

/** The canonical YAML of a spec. Reading it again gives the same spec. */
export function writeTestSpec(spec: TestSpec): string {
  return stringify(
    {
      application: spec.application,
      ...defined({
        description: spec.description,
        sql_file: spec.sqlFile,
        sql: spec.sql,
        default_timeout_ms: spec.defaultTimeoutMs,
        default_records: spec.defaultRecords,
        seed: spec.seed,
        now: spec.now,
        reference_tables: spec.referenceTables,
        topic_naming: spec.topicNaming,
      }),
      ...(Object.keys(spec.config).length > 0 ? { config: spec.config } : {}),
      ...(Object.keys(spec.schemas).length > 0
        ? { schemas: Object.fromEntries(Object.entries(spec.schemas).map(([name, s]) => [name, typeof s === 'string' ? s : schemaMap(s)])) }
        : {}),
      queries: spec.queries.map(queryMap),
      ...(spec.scenarios
        ? {
            scenarios: spec.scenarios.map(({ defaultRecords, timeoutMs, ...rest }) => ({
              ...rest,
              ...defined({ default_records: defaultRecords, timeout_ms: timeoutMs }),
            })),
          }
        : {}),
      ...(spec.faultInjection ? { fault_injection: faultMap(spec.faultInjection) } : {}),
      ...(spec.stressTest
        ? {
            stress_test: defined({
              enabled: spec.stressTest.enabled,
              records: spec.stressTest.records,
              rate_per_second: spec.stressTest.ratePerSecond,
              duration_seconds: spec.stressTest.durationSeconds,
            }),
          }
        : {}),
      ...defined({ debug: spec.debug }),
      ...spec.extras,
    },
    { lineWidth: 120 },
  );
}

const schemaMap = (schema: DataSchema): unknown => parse(writeDataSchema(schema)) as unknown;

function queryMap(q: QuerySpec): Record<string, unknown> {
  return {
    name: q.name,
    ...defined({ description: q.description, skip: q.skip, dependencies: q.dependencies, derive: q.derive, timeout_ms: q.timeoutMs }),
    ...(q.inputs.length > 0 ? { inputs: q.inputs.map(inputMap) } : {}),
    ...defined({ output: q.output, outputs: q.outputs }),
    ...(q.assertions.length > 0 ? { assertions: q.assertions } : {}),
    ...defined({ metric_assertions: q.metricAssertions, capture_format: q.captureFormat, capture_schema: q.captureSchema, line: q.line }),
    ...q.extras,
  };
}

function inputMap(i: InputSpec): Record<string, unknown> {
  return {
    source: i.source,
    ...defined({
      schema: i.schema,
      records: i.records,
      from_previous: i.fromPrevious,
      data_file: i.dataFile,
      format: i.format,
      rows: i.rows,
      source_type: i.topic === undefined ? undefined : { type: 'kafka', topic: i.topic },
      time_simulation: i.timeSimulation,
      key_field: i.keyField,
      null_probability: i.nullProbability,
      rate_per_second: i.ratePerSecond,
    }),
    ...i.extras,
  };
}

function faultMap(f: NonNullable<TestSpec['faultInjection']>): Record<string, unknown> {
  return defined({
    seed: f.seed,
    enable_dlq: f.enableDlq,
    dlq_max_size: f.dlqMaxSize,
    malformed_records: f.malformed && { enabled: true, rate: f.malformed.rate, types: f.malformed.types },
    duplicates:
      f.duplicates &&
      defined({ enabled: true, rate: f.duplicates.rate, max_duplicates: f.duplicates.maxDuplicates, delay_ms: f.duplicates.delayMs }),
    out_of_order: f.outOfOrder && {
      enabled: true,
      rate: f.outOfOrder.rate,
      max_delay_ms: f.outOfOrder.maxDelayMs,
      window_size: f.outOfOrder.windowSize,
    },
    slow_processing: f.slow && { enabled: true, rate: f.slow.rate, min_delay_ms: f.slow.minDelayMs, max_delay_ms: f.slow.maxDelayMs },
    field_corruption: f.corruption && {
      enabled: true,
      rate: f.corruption.rate,
      target_fields: f.corruption.fields,
      corruption_types: f.corruption.types,
    },
  });
}

const defined = (values: Readonly<Record<string, unknown>>): Record<string, unknown> =>
  Object.fromEntries(Object.entries(values).filter(([, v]) => v !== undefined));
