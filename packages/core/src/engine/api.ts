import type { ConnectorDefinition } from '../connect/connector.ts';
import type { Limits } from '../runtime/limits.ts';
import type { OperatorMetrics } from '../runtime/operator.ts';
import type { Clock, Rng, Scheduler } from '../runtime/ports.ts';
import type { TableSchema } from '../sql/catalog/schema.ts';
import type { RecordBatch } from '../values/record-batch.ts';

/** A value as it comes out of a query: see the table in the README of this package. */
export type Value = null | boolean | number | bigint | string | Uint8Array | readonly Value[] | { readonly [field: string]: Value };
/** A result row: a plain object with a null prototype. */
export type Row = Record<string, Value>;
export type Compat = 'standard' | 'velostream';

export interface EngineOptions {
  readonly sources?: Readonly<Record<string, SourceInput>>;
  /** Materialised before streams start; join and sub-query targets. */
  readonly tables?: Readonly<Record<string, SourceInput>>;
  readonly connectors?: readonly ConnectorDefinition[];
  readonly limits?: Partial<Limits>;
  readonly compat?: Compat;
  /** How DECIMAL comes out; `'string'` keeps every digit. */
  readonly decimals?: 'string' | 'number' | 'object';
  readonly divisionByZero?: 'null' | 'error';
  readonly missingFields?: 'null' | 'error';
  /** EMIT CHANGES: a row per record (default), or one per touched group and batch. */
  readonly changes?: 'per-record' | 'per-batch';
  /** false: interpret; the answers are the same. */
  readonly codegen?: boolean;
  readonly clock?: Clock;
  readonly rng?: Rng;
  readonly scheduler?: Scheduler;
  readonly workers?: number;
}

type Rows = readonly object[] | Iterable<object> | AsyncIterable<object | readonly object[] | RecordBatch>;

/** In-process rows, or a URI that one of the connectors reads. */
export type SourceInput =
  | Rows
  | {
      readonly rows?: Rows;
      readonly schema?: TableSchema;
      readonly eventTime?: string;
      readonly watermarkDelayMs?: number;
      readonly key?: readonly string[];
    }
  | {
      readonly uri: string;
      readonly format?: string;
      readonly options?: Readonly<Record<string, unknown>>;
      readonly schema?: TableSchema;
      readonly eventTime?: string;
      readonly watermarkDelayMs?: number;
      readonly key?: readonly string[];
    };

export interface RunOptions {
  readonly signal?: AbortSignal;
  /** Rows per batch; 4096 by default. */
  readonly batchRows?: number;
  readonly limits?: Partial<Limits>;
  /** Go on from a checkpoint of the same SQL. */
  readonly from?: Checkpoint;
}

export interface Engine {
  /** One query: the script's last SELECT or CREATE … AS; earlier statements define what it reads. Starts when first consumed. */
  run(sql: string, options?: RunOptions): Query;
  /** A whole application: every stream by name. */
  script(sql: string, options?: RunOptions): Script;
  push(source: string, rows: object | readonly object[]): void;
  advanceWatermark(source: string, time: number): void;
  /** Ends one open source, or all of them. */
  end(source?: string): void;
  close(): Promise<void>;
}

export interface Script {
  readonly ready: Promise<void>;
  /** Names of the streams and tables that the script makes, in file order; plain queries as `stmt_<n>`. */
  readonly names: readonly string[];
  query(name: string): Query;
  cancel(reason?: string): Promise<void>;
  checkpoint(): Promise<Checkpoint>;
}

export interface Change {
  readonly op: 'insert' | 'update' | 'delete';
  readonly row: Row;
  readonly key: readonly Value[];
  readonly window?: { readonly start: number; readonly end: number };
  /** The row will not change any more. */
  readonly final: boolean;
}

export interface Query extends AsyncIterable<Row> {
  /** Resolves once the query is planned and its sources are open; rejects with what is wrong. */
  readonly ready: Promise<void>;
  /** Output columns. Throws `not-ready` before `ready`. */
  readonly schema: TableSchema;
  /** Every inserted and updated row, in order, until bounded input ends. */
  rows(): Promise<Row[]>;
  /** The last row per key and window. */
  table(): Promise<Row[]>;
  changes(): AsyncIterable<Change>;
  batches(): AsyncIterable<RecordBatch>;
  /** An `apache-arrow` Table; the package is an optional peer. */
  toArrow(): Promise<unknown>;
  metrics(): QueryMetrics;
  explainSilence(): Silence;
  explainRow(row: Row): Provenance;
  pause(): void;
  resume(): void;
  cancel(reason?: string): Promise<void>;
  checkpoint(): Promise<Checkpoint>;
}

/** Complete state of a query between two records. Opaque; `toBytes` and `checkpointFromBytes` carry it. */
export interface Checkpoint {
  readonly id: string;
  readonly fingerprint: string;
  readonly takenAt: number;
  readonly bytes: Uint8Array;
}

export interface QueryMetrics {
  readonly status: 'waiting' | 'running' | 'paused' | 'done' | 'cancelled' | 'failed';
  readonly rowsIn: number;
  readonly rowsOut: number;
  readonly rowsFiltered: number;
  readonly rowsLate: number;
  readonly rowErrors: number;
  /** Of the last second of running. */
  readonly rowsPerSecond: number;
  readonly watermark: number | null;
  readonly warnings: Readonly<Record<string, number>>;
  /** The latest record errors, at most 10. */
  readonly lastErrors: readonly { readonly code: string; readonly message: string; readonly operator: string }[];
  readonly operators: readonly (OperatorMetrics & { readonly operator: string; readonly depth: number })[];
  readonly sources: readonly SourceMetrics[];
  readonly stateBytes: number;
  readonly startedAt: number | null;
  readonly elapsedMs: number;
}

export interface SourceMetrics {
  readonly name: string;
  readonly rowsIn: number;
  readonly badRecords: number;
  readonly ended: boolean;
  readonly idle: boolean;
}

/** Why nothing came out, in order of likelihood. */
export interface Silence {
  readonly silent: boolean;
  readonly reasons: readonly {
    readonly reason:
      | 'no-input'
      | 'filtered'
      | 'window-open'
      | 'watermark-held'
      | 'having'
      | 'late'
      | 'join-no-match'
      | 'errors'
      | 'paused'
      | 'not-started';
    readonly text: string;
    readonly operator?: string;
    readonly count?: number;
  }[];
}

/** Which inputs, window and predicates made a row. */
export interface Provenance {
  readonly window?: { readonly start: number; readonly end: number };
  readonly key: Readonly<Record<string, Value>>;
  readonly inputs: readonly { readonly source: string; readonly rows: number }[];
  readonly steps: readonly string[];
}
