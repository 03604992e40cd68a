import type { Row } from '../../protocol/query.ts';
import type { Assertion, DataSchema, TimeSimulation } from '../../protocol/studio/testing.ts';

/** A test of an application: its queries, what they are fed, and what has to come out. Canonical form of a spec file. */
export interface TestSpec {
  readonly application: string;
  readonly description?: string;
  /** The SQL itself, or a file beside the spec. */
  readonly sql?: string;
  readonly sqlFile?: string;
  readonly defaultTimeoutMs: number;
  readonly defaultRecords?: number;
  readonly seed?: number;
  /** `now` of the run, ISO text or ms. */
  readonly now?: string | number;
  readonly config: Readonly<Record<string, string>>;
  /** Path or schema by source or schema name. */
  readonly schemas: Readonly<Record<string, string | DataSchema>>;
  readonly referenceTables?: Readonly<Record<string, string>>;
  readonly topicNaming?: Readonly<Record<string, unknown>>;
  readonly queries: readonly QuerySpec[];
  readonly scenarios?: readonly Scenario[];
  readonly faultInjection?: FaultInjection;
  readonly stressTest?: StressSettings;
  readonly debug?: Readonly<Record<string, unknown>>;
  readonly extras?: Readonly<Record<string, unknown>>;
}

export interface QuerySpec {
  readonly name: string;
  readonly description?: string;
  readonly skip?: boolean;
  readonly dependencies?: readonly string[];
  readonly inputs: readonly InputSpec[];
  readonly output?: Readonly<Record<string, unknown>>;
  readonly outputs?: readonly { readonly sink: string; readonly assertions: readonly Assertion[] }[];
  readonly assertions: readonly Assertion[];
  readonly metricAssertions?: readonly Assertion[];
  readonly timeoutMs?: number;
  /** Put rows that reach every branch in front of the random ones. */
  readonly derive?: boolean;
  readonly captureFormat?: string;
  readonly captureSchema?: string;
  readonly line?: number;
  readonly extras?: Readonly<Record<string, unknown>>;
}

export interface InputSpec {
  readonly source: string;
  readonly schema?: string;
  readonly records?: number;
  /** Name of the earlier query, or `true` for the one named like the source, else the one before. */
  readonly fromPrevious?: string | true;
  readonly dataFile?: string;
  readonly format?: string;
  /** Rows as they are. */
  readonly rows?: readonly Row[];
  readonly topic?: string;
  readonly timeSimulation?: TimeSimulation;
  readonly keyField?: string;
  readonly nullProbability?: number;
  readonly ratePerSecond?: number;
  readonly extras?: Readonly<Record<string, unknown>>;
}

export interface Scenario {
  readonly name: string;
  readonly description?: string;
  readonly defaultRecords?: number;
  readonly timeoutMs?: number;
  readonly queries: readonly string[] | 'all';
  readonly assertions: readonly Assertion[];
}

export interface StressSettings {
  readonly enabled: boolean;
  readonly records?: number;
  readonly ratePerSecond?: number;
  readonly durationSeconds?: number;
}

export type MalformedType =
  | 'missing_field'
  | 'wrong_type'
  | 'invalid_json'
  | 'overflow'
  | 'empty_record'
  | 'unexpected_null'
  | 'invalid_encoding'
  | 'truncated';
export type CorruptionType = 'random_value' | 'boundary_value' | 'bit_flip' | 'truncate' | 'case_change';

export interface FaultInjection {
  readonly seed?: number;
  readonly enableDlq: boolean;
  readonly dlqMaxSize?: number;
  readonly malformed?: { readonly rate: number; readonly types: readonly MalformedType[] };
  readonly duplicates?: { readonly rate: number; readonly maxDuplicates: number; readonly delayMs?: number };
  readonly outOfOrder?: { readonly rate: number; readonly maxDelayMs: number; readonly windowSize: number };
  readonly slow?: { readonly rate: number; readonly minDelayMs: number; readonly maxDelayMs: number };
  readonly corruption?: { readonly rate: number; readonly fields: readonly string[]; readonly types: readonly CorruptionType[] };
}
