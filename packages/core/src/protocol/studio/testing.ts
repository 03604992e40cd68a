import type { Row, Value } from '../query.ts';
import type { ColumnSchema } from '../table-schema.ts';

/** One check of an output. `type` is a name of the assertion catalogue; the other keys are its parameters (snake_case as in a spec file). */
export interface Assertion {
  readonly type: string;
  /** Query of a multi-query run that it speaks of. */
  readonly query?: string;
  readonly [parameter: string]: unknown;
}

export interface AssertionResult {
  readonly type: string;
  readonly passed: boolean;
  /** It could not be judged (too few records, tracking unavailable); counts as passed. */
  readonly skipped?: boolean;
  readonly message: string;
  readonly expected?: unknown;
  readonly actual?: unknown;
  /** Facts for people and for failure analysis, e.g. sample keys of both sides. */
  readonly details?: Readonly<Record<string, unknown>>;
}

export interface CellDiff {
  readonly row: number;
  readonly column: string;
  readonly expected: Value | undefined;
  readonly actual: Value | undefined;
}

/** Which branches of the plan the run reached; measured on the run itself. */
export interface PlanCoverage {
  readonly covered: number;
  readonly total: number;
  /** 0 to 1. */
  readonly ratio: number;
  readonly missing: readonly { readonly point: string; readonly text: string }[];
}

/** A change of the test or of the SQL that was tried, and what came of it. */
export interface VerifiedFix {
  readonly title: string;
  readonly kind: 'sql' | 'data' | 'assertion' | 'schema';
  /** The whole new SQL, where the fix is one of SQL. */
  readonly sql?: string;
  readonly data?: Readonly<Record<string, unknown>>;
  readonly assertions?: readonly Assertion[];
  /** The test was run again with it. */
  readonly verified: boolean;
  readonly passed: number;
  readonly total: number;
}

/** What went wrong in a failed test, found by rules; every offered fix has been run. */
export interface FailureAnalysis {
  readonly summary: string;
  readonly rootCause?: string;
  readonly suggestions: readonly string[];
  readonly fixes: readonly VerifiedFix[];
  /** 0 to 1. */
  readonly confidence: number;
  /** Rule that found it. */
  readonly rule?: string;
}

export interface TestOutput {
  readonly columns: readonly ColumnSchema[];
  /** At most 1,000; `rowCount` counts all. */
  readonly rows: readonly Row[];
  readonly rowCount: number;
}

export interface TestPerformance {
  readonly generationMs: number;
  readonly executionTimeMs: number;
  readonly memoryPeakBytes?: number;
  readonly recordsPerSecond: number;
}

/** Result of one query under test. */
export interface TestReport {
  readonly name: string;
  readonly sql: string;
  readonly passed: boolean;
  readonly status: 'passed' | 'failed' | 'error' | 'skipped';
  readonly error?: { readonly code: string; readonly message: string; readonly hint?: string };
  readonly assertions: readonly AssertionResult[];
  readonly output: TestOutput;
  readonly performance: TestPerformance;
  /** Records per input. */
  readonly inputs: Readonly<Record<string, number>>;
  /** Up to 20 rows per input, to show what was fed. */
  readonly inputSamples: Readonly<Record<string, readonly Row[]>>;
  readonly seed: number;
  readonly coverage?: PlanCoverage;
  readonly diff?: readonly CellDiff[];
  readonly alerts?: readonly {
    readonly name: string;
    readonly condition: string;
    readonly fired: number;
    readonly samples: readonly Row[];
  }[];
  readonly metrics?: readonly { readonly name: string; readonly type: string; readonly series: number; readonly value: number }[];
  readonly analysis?: FailureAnalysis;
  readonly warnings?: readonly string[];
}

/** Result of several queries of one application or spec file. */
export interface SuiteReport {
  readonly application: string;
  readonly runId: string;
  readonly startedAt: number;
  readonly endedAt: number;
  readonly passed: boolean;
  readonly summary: {
    readonly total: number;
    readonly passed: number;
    readonly failed: number;
    readonly skipped: number;
    readonly errors: number;
    readonly totalAssertions: number;
    readonly passedAssertions: number;
    readonly failedAssertions: number;
  };
  readonly queries: readonly TestReport[];
  readonly dataGeneration?: {
    readonly sources: readonly string[];
    readonly recordsGenerated: number;
    readonly foreignKeyMatches: readonly string[];
  };
}

/** How rows of one source are made; canonical form of the YAML of the test kit. */
export interface DataSchema {
  readonly name: string;
  readonly namespace?: string;
  readonly description?: string;
  readonly recordCount?: number;
  readonly keyField?: string;
  readonly fields: readonly DataField[];
  readonly relationships?: readonly { readonly field: string; readonly references: string; readonly strategy?: string }[];
  /** Rows that are made odd on purpose, with a label that says so. */
  readonly anomalies?: readonly AnomalyRule[];
  /** Keys that no dialect knows, kept as they were. */
  readonly extras?: Readonly<Record<string, unknown>>;
}

/** A share of rows whose `field` leaves its usual range. `labelField` (default `_anomaly`) then holds `name`, else NULL. */
export interface AnomalyRule {
  readonly name: string;
  readonly field: string;
  readonly kind: 'spike' | 'drop' | 'null' | 'constant' | 'missing-digits';
  /** 0 to 1. */
  readonly rate: number;
  /** spike: multiplied by it; drop: divided by it. 10 by default. */
  readonly factor?: number;
  readonly value?: unknown;
  readonly labelField?: string;
}

export interface DataField {
  readonly name: string;
  readonly type: 'string' | 'integer' | 'float' | 'decimal' | 'boolean' | 'timestamp' | 'date' | 'uuid';
  readonly scale?: number;
  readonly nullable?: boolean;
  readonly nullProbability?: number;
  readonly description?: string;
  readonly constraints?: DataConstraints;
  readonly extras?: Readonly<Record<string, unknown>>;
}

export type DistributionName = 'uniform' | 'normal' | 'log_normal' | 'zipf' | 'random_walk' | 'exponential' | 'histogram';

/** Constraints in the canonical spelling of the schema file. */
export interface DataConstraints {
  readonly enum_values?: { readonly values: readonly (string | number | boolean)[]; readonly weights?: readonly number[] };
  readonly range?: { readonly min?: number | string; readonly max?: number | string };
  readonly length?: { readonly min?: number; readonly max?: number };
  readonly pattern?: string;
  readonly distribution?: { readonly name: DistributionName; readonly [parameter: string]: unknown };
  readonly probability?: number;
  /** Times as in the file: `now`, `-1h`, ISO text, seconds. */
  readonly timestamp_range?: { readonly start?: string | number; readonly end?: string | number };
  readonly timestamp_epoch_ms?: { readonly start?: string | number; readonly end?: string | number };
  readonly sequential?: boolean;
  readonly sequence?: { readonly start?: number; readonly step?: number };
  readonly derived?: { readonly expression: string; readonly depends_on?: readonly string[] };
  readonly references?: { readonly schema: string; readonly field: string; readonly file?: string; readonly strategy?: string };
  /** Next value by the shares of the current one; one state per value of `group_by`. */
  readonly state_machine?: {
    readonly initial: string;
    readonly transitions: Readonly<Record<string, Readonly<Record<string, number>>>>;
    readonly group_by?: string;
  };
  /** Adds to a numeric value: amplitude × sin(2π·time/period) + slope per hour. */
  readonly season?: { readonly period_ms: number; readonly amplitude: number; readonly slope_per_hour?: number };
}

/** How the event times of one input come about. */
export interface TimeSimulation {
  readonly start_time?: string | number;
  readonly end_time?: string | number;
  /** Linear from start to end; false: at random. */
  readonly sequential?: boolean;
  readonly time_scale?: number;
  readonly events_per_second?: number;
  readonly jitter_ms?: number;
  readonly batch_size?: number;
  /** A share of rows is that much behind. */
  readonly late?: { readonly rate: number; readonly min_ms?: number; readonly max_ms: number };
  /** A share of rows changes places with its neighbours; times stay as they are. */
  readonly disorder?: { readonly rate: number; readonly window?: number };
  /** Every `every` rows the next `length` rows come `factor` times as fast. */
  readonly burst?: { readonly every: number; readonly factor: number; readonly length: number };
}

/** What a test of one query may be told. */
export interface TestRequest {
  readonly schemas?: Readonly<Record<string, DataSchema>>;
  /** Records per source; 1000 by default. */
  readonly records?: number;
  readonly seed?: number;
  readonly assertions?: readonly Assertion[];
  readonly inputs?: Readonly<Record<string, readonly Row[]>>;
  readonly timeoutMs?: number;
  /** Look for causes and tried fixes when it fails; true by default. */
  readonly analyse?: boolean;
  readonly signal?: AbortSignal;
}
