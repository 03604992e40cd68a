import type { Change, QueryMetrics, Row, Value } from '../../protocol/query.ts';
import type { PlanCoverage } from '../../protocol/studio/testing.ts';
import type { TableSchema } from '../../protocol/table-schema.ts';

export type ErrorType =
  | 'deserialization'
  | 'schema_validation'
  | 'type_conversion'
  | 'null_value'
  | 'sql_execution'
  | 'timeout'
  | 'network'
  | 'unknown';

/** A record that could not be processed, as a dead-letter queue would hold it. */
export interface RecordError {
  readonly errorType: ErrorType;
  readonly message: string;
  readonly operator?: string;
  readonly payload?: unknown;
  readonly sourceTopic?: string;
}

/** Value of one series of a metric. */
export interface MetricSample {
  readonly name: string;
  readonly type: 'counter' | 'gauge' | 'histogram';
  readonly labels: Readonly<Record<string, string>>;
  /** Total of a counter, last value of a gauge, sum of a histogram. */
  readonly value: number;
  readonly count: number;
}

export interface TestFile {
  readonly text: string;
  readonly bytes: number;
}

/** What one sink got in one run, and what assertions may want to know of the run. Only `rows` is needed. */
export interface CapturedOutput {
  readonly rows: readonly Row[];
  readonly queryName?: string;
  readonly sinkName?: string;
  readonly topic?: string;
  readonly schema?: TableSchema;
  /** The last row per key and window. */
  readonly final?: readonly Row[];
  readonly changes?: readonly Change[];
  /** Names of the key columns. */
  readonly key?: readonly string[];
  readonly inputs?: Readonly<Record<string, readonly object[]>>;
  /** Outputs of this and other queries, by query and by sink. */
  readonly outputs?: Readonly<Record<string, readonly Row[]>>;
  readonly variables?: Readonly<Record<string, Value>>;
  readonly executionTimeMs?: number;
  readonly memoryPeakBytes?: number;
  readonly memoryGrowthBytes?: number;
  readonly errors?: readonly RecordError[];
  /** All of them; `errors` may hold fewer. */
  readonly errorCount?: number;
  readonly queryMetrics?: QueryMetrics;
  readonly coverage?: PlanCoverage;
  readonly metrics?: readonly MetricSample[];
  /** Files that assertions name, by the path as written. */
  readonly files?: Readonly<Record<string, TestFile | null>>;
  /** Snapshots and contracts that were kept before, by name. */
  readonly snapshots?: Readonly<Record<string, unknown>>;
  /** When the output was taken, by the clock of the test. */
  readonly capturedAt?: number;
}

/** `topic 't'` when one is known, else `sink 's'`; a query without a name has a result alone. */
export function locationOf({ topic, sinkName, queryName }: CapturedOutput): string {
  if (topic !== undefined) return `topic '${topic}'`;
  const name = sinkName ?? queryName ?? 'output';
  return /^stmt_\d+$/.test(name) ? 'the result' : `sink '${name}'`;
}
