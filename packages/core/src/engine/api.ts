import type { ConnectorDefinition, RecoveredCommit } from '../connect/connector.ts';
import type { NetworkPolicy } from '../connect/network-policy.ts';
import type { Limits } from '../protocol/limits.ts';
import type { Checkpoint, Query } from '../protocol/query.ts';
import type { TableSchema } from '../protocol/table-schema.ts';
import type { Clock, Rng, Scheduler } from '../runtime/ports.ts';
import type { RecordBatch } from '../values/record-batch.ts';

export type {
  Change,
  Checkpoint,
  Provenance,
  Query,
  QueryMetrics,
  Row,
  Silence,
  SourceMetrics,
  Value,
  WorkersMetrics,
} from '../protocol/query.ts';

export type Compat = 'standard' | 'velostream';

export interface EngineOptions {
  readonly sources?: Readonly<Record<string, SourceInput>>;
  /** Materialised before streams start; join and sub-query targets. */
  readonly tables?: Readonly<Record<string, SourceInput>>;
  readonly connectors?: readonly ConnectorDefinition[];
  /** Which servers connectors may reach; give one where SQL or connections come from other people. */
  readonly network?: NetworkPolicy;
  /**
   * Sentences for people that connectors have to tell of a run, each once: an option that nobody knows with the nearest name, a topic
   * without columns. They also stand in `metrics().warnings`, and in the hint of an error that follows them.
   */
  onWarning?(message: string): void;
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
  /**
   * Threads that a query may use; where there are none, or its plan cannot be split, it runs on one, and `metrics().workers` and
   * `explain` say why. A query over CSV or JSONL files that aggregates runs as parts of 8 MiB: the same for any number of workers, 1
   * included, so that the number never changes a result. DOUBLE sums and deviations are added up part by part then, and may differ in
   * their last digits from those without `workers`.
   */
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

/** `compat` and its kin replace what the engine was made with, for this run. */
export interface RunOptions
  extends Pick<EngineOptions, 'compat' | 'decimals' | 'divisionByZero' | 'missingFields' | 'changes' | 'codegen'> {
  readonly signal?: AbortSignal;
  /** Rows per batch; 4096 by default. */
  readonly batchRows?: number;
  readonly limits?: Partial<Limits>;
  /**
   * Go on from a checkpoint of the same SQL; or a choice of one, made once the sinks are open and have said what they committed last (in no
   * order; sinks that keep no record of it say nothing).
   */
  readonly from?: Checkpoint | ChooseCheckpoint;
  /** The last commit, when all input has ended; without it sinks commit then without a checkpoint. */
  commitAtEnd?(): CommitOptions;
}

/** Undefined: start anew. `epoch` is the one that was committed with the checkpoint. */
export type ChooseCheckpoint = (
  recovered: readonly (RecoveredCommit | null)[],
) => Promise<{ readonly checkpoint: Checkpoint | undefined; readonly epoch: number } | undefined>;

export interface CommitOptions {
  /** More than at the last commit. */
  readonly epoch: number;
  /** Stores the checkpoint and gives its name. Sinks that keep the name beside their rows commit only when it is stored. */
  save(checkpoint: Checkpoint): Promise<string>;
}

/** A query that runs in this process. */
export interface EngineQuery extends Query {
  /**
   * Ends the input here, as if its sources had no more: open windows come out, sinks are complete and committed. Resolves when all
   * is written; what comes out is read as usual. A query that nobody has begun to read is cancelled.
   */
  finish(): Promise<void>;
}

export interface Engine {
  /** One query: the script's last SELECT or CREATE … AS; earlier statements define what it reads. Starts when first consumed. */
  run(sql: string, options?: RunOptions): EngineQuery;
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
  query(name: string): EngineQuery;
  /** Ends the input here, as `EngineQuery.finish` does, for all statements of the script. */
  finish(): Promise<void>;
  cancel(reason?: string): Promise<void>;
  checkpoint(): Promise<Checkpoint>;
  /**
   * Stores the state between two records and commits what sinks were given up to there: after a crash, the state that goes with the
   * sinks' last commit continues as if nothing had happened.
   */
  commit(options: CommitOptions): Promise<Checkpoint>;
}
