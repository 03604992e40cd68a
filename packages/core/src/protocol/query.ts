import type { RecordBatch } from '../values/record-batch.ts';
import type { TableSchema } from './table-schema.ts';

/** A value as it comes out of a query: see the table in the README of this package. */
export type Value = null | boolean | number | bigint | string | Uint8Array | readonly Value[] | { readonly [field: string]: Value };
/** A result row: a plain object with a null prototype. */
export type Row = Record<string, Value>;

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
  /** The rows of the iterator, as many at a time as came together; cheaper than one by one. Takes the place of the one reader. */
  rowBatches?(): AsyncIterable<readonly Row[]>;
  /** The same rows as Arrow IPC streams, one a batch; for large results over a wire. Needs the optional peer `apache-arrow`. */
  arrowFrames?(): AsyncIterable<Uint8Array>;
  /** An `apache-arrow` Table; the package is an optional peer. */
  toArrow(): Promise<unknown>;
  metrics(): QueryMetrics;
  explainSilence(): Silence;
  explainRow(row: Row): Provenance;
  pause(): void;
  resume(): void;
  cancel(reason?: string): Promise<void>;
  /** The state behind the last batch that came out: rows of it that a loop has not reached yet do not come again from here. */
  checkpoint(): Promise<Checkpoint>;
}

/** Complete state of a query between two records. Opaque: keep `bytes`, and `checkpointFromBytes` makes it again. */
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
  readonly lastErrors: readonly {
    readonly code: string;
    readonly message: string;
    /** What to do about it. */
    readonly hint?: string;
    readonly operator: string;
  }[];
  readonly operators: readonly OperatorSnapshot[];
  readonly sources: readonly SourceMetrics[];
  readonly stateBytes: number;
  readonly startedAt: number | null;
  readonly elapsedMs: number;
  /** Of a query with `workers`. */
  readonly workers?: WorkersMetrics;
}

/** How the work of a query is spread over threads. */
export interface WorkersMetrics {
  readonly wanted: number;
  /** Threads at work on it; 1: the one that it was started on. */
  readonly running: number;
  /** What they do: parts of the input up to the aggregation, or decoding alone. */
  readonly work: 'parts' | 'decoding' | 'none';
  /** Why it is not more; null: nothing stands in the way. */
  readonly reason: string | null;
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

/** What a join counts of its two sides. A table that is looked up has no rows of its own here. */
export interface JoinMetrics {
  readonly leftRows: number;
  readonly rightRows: number;
  /** Pairs that came out. */
  readonly matches: number;
  /** Rows that found no partner when they were looked up. */
  readonly misses: number;
  /** Rows that were held and given up. */
  readonly leftEvicted: number;
  readonly rightEvicted: number;
  /** Rows held now, and different keys among them. */
  readonly leftHeld: number;
  readonly rightHeld: number;
  readonly keys: number;
  /** Of a join over sessions: those that are open now, and those that closed. */
  readonly openWindows: number;
  readonly windowsClosed: number;
  /** Rows that a side may hold; 0: it holds none. */
  readonly heldMax: number;
}

/** Counters of one operator at one moment; always on. */
export interface OperatorSnapshot {
  readonly operator: string;
  /** Distance from the result in the plan; 0 is the last operator. */
  readonly depth: number;
  readonly rowsIn: number;
  readonly rowsOut: number;
  /** Dropped by a predicate. */
  readonly rowsFiltered: number;
  /** Too late for every window they belong to. */
  readonly rowsLate: number;
  /** Late but accepted (allowed lateness). */
  readonly rowsLateAccepted: number;
  /** Skipped because an expression failed on them. */
  readonly rowErrors: number;
  /** Groups, rows or keys held now. */
  readonly stateEntries: number;
  /** Approximate bytes held now. */
  readonly stateBytes: number;
  /** Highest watermark passed on, ms; -Infinity before the first. */
  readonly watermark: number;
  readonly windowsClosed: number;
  /** Of a join. */
  readonly join?: JoinMetrics;
}
