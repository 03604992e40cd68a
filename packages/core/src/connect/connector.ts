import type { VeloError } from '../diagnostics/velo-error.ts';
import type { Explorer } from '../protocol/studio/exploration.ts';
import type { Field } from '../values/column.ts';
import type { RecordBatch } from '../values/record-batch.ts';
import type { NetworkPolicy } from './network-policy.ts';
import type { Offset } from './offset.ts';

/** Anything with zod's `safeParse`: connectors write their options once as a zod schema. */
export interface OptionsSchema<O> {
  safeParse(
    input: unknown,
  ): { success: true; data: O } | { success: false; error: { issues: readonly { path: readonly PropertyKey[]; message: string }[] } };
  /** The option names, for "did you mean" and generated docs. Nested names are dotted. */
  readonly names: readonly string[];
}

/** What the planner learns before it binds a query. */
export interface SourceDescription {
  readonly fields: readonly Field[];
  /** Whether the input ends by itself. */
  readonly bounded: boolean;
  /** Event-time column that the source itself knows of. */
  readonly eventTime?: string;
  /** How the types were found. */
  readonly origin: 'declared' | 'inferred';
  readonly coverage?: { readonly scannedRows: number; readonly scannedBytes: number; readonly complete: boolean };
  /**
   * What its rows do: `append` (the default) adds; `retract` gives each update as the old row (`Op.updateBefore`) right before the new one,
   * and whole rows for deletions; `upsert` gives new rows by `key` and deletions in which only the key is sure.
   */
  readonly changes?: 'append' | 'retract' | 'upsert';
  /** Columns that identify a row. */
  readonly key?: readonly string[];
}

export type SystemName = '_TIMESTAMP' | '_OFFSET' | '_PARTITION' | '_key' | '_topic' | '_headers';

/** A comparison of a column with a constant that every wanted row fulfils. A source may use it to skip; it may also ignore it. */
export interface PushedPredicate {
  readonly column: string;
  readonly op: '=' | '!=' | '<' | '<=' | '>' | '>=' | 'in' | 'is-null' | 'is-not-null';
  /** In scalar form of the column; a DECIMAL as text (`'12.50'`). */
  readonly values: readonly (string | number | bigint | boolean)[];
}

export interface ReadRequest {
  /** The fields that the plan reads, in the order the batches must have them; types as planned. */
  readonly fields: readonly Field[];
  readonly system: readonly SystemName[];
  readonly predicates: readonly PushedPredicate[];
  /** Position to start after; undefined: the beginning (or what the options say). */
  readonly from: Offset | undefined;
  readonly signal: AbortSignal;
  readonly maxBatchRows: number;
  /** Each batch is done with when the next is asked for: its arrays may be used again. Otherwise a batch owns them. */
  readonly lent?: boolean;
  /** Threads that may decode; rows come in the same order. */
  readonly threads?: number;
}

/** A record that could not be decoded: never silently dropped. */
export interface BadRecord {
  readonly error: VeloError;
  /** Position for people, e.g. `trades.csv:1042`. */
  readonly position: string;
  /** At most 200 characters. */
  readonly sample: string;
}

export interface SourceBatch {
  readonly batch: RecordBatch;
  /** Position after the last row of this batch. */
  readonly next: Offset;
  readonly bad?: readonly BadRecord[];
}

export interface Source {
  /**
   * Names and types of the columns, read once before planning. `areColumnsKnown`: the columns are declared, and those of the answer are not
   * looked at, so that nothing has to be read to find them.
   */
  describe(signal: AbortSignal, hint?: { readonly areColumnsKnown?: boolean }): Promise<SourceDescription>;
  /** Yields batches from `request.from` until the end or until the signal aborts. One reader at a time. Stops reading while the consumer does not ask. */
  read(request: ReadRequest): AsyncIterable<SourceBatch>;
  /** Parts of the source that several threads may read at once, from `request.from` on; or why there are none. */
  split?(request: SplitRequest): Promise<SourceSplit | { readonly reason: string }>;
  /** The position is in a checkpoint that was stored: what lies before it is never asked for again, and the system may forget it. */
  acknowledge?(position: Offset): void;
  /** Records of the source that its reader has not read yet, as far as it knows; undefined: it does not. */
  lag?(): number | undefined;
  close?(): Promise<void>;
}

export type SplitRequest = Pick<ReadRequest, 'fields' | 'from' | 'signal' | 'maxBatchRows'>;

/**
 * Parts of a source, in order. A thread imports `module` and calls its `readPart`; where a part begins may be a guess, which `settle`
 * proves right or wrong. Which parts there are does not depend on how many threads read them.
 */
export interface SourceSplit {
  /** URL of a module that exports `readPart: ReadPart`. */
  readonly module: string;
  /** The next part, as data that can be cloned; undefined: there are no more. */
  next(): Promise<unknown>;
  /** The same part from where the one before ended. */
  exact(part: unknown): unknown;
  /** Called for each part in order, with what `readPart` returned. Null: the guess was wrong, and nothing has changed. */
  settle(part: unknown, end: unknown): SettledPart | null;
  /** Positions of bad records, for people: from those within the part that is settled next. */
  placer(part: unknown): (position: string) => string;
  /** After the last thread has let go of its parts. */
  close(): Promise<void>;
}

export interface SettledPart {
  /** Position after the part. */
  readonly next: Offset;
}

/** Reads one part: batches that are done with when the next is asked for, then how it ended. */
export type ReadPart = (
  part: unknown,
  request: { readonly fields: readonly Field[]; readonly maxBatchRows: number },
) => Iterator<{ readonly batch: RecordBatch; readonly bad: readonly BadRecord[] }, unknown>;

/** What a job commits together with the rows of a sink. */
export interface CommitContext {
  /** Name of the checkpoint that holds the job's state at this commit; durable already. */
  readonly checkpoint: string;
  /** Positions of the job's sources at this commit, one per source. */
  readonly positions: readonly Offset[];
}

/** The last commit that a sink knows of. */
export interface RecoveredCommit {
  readonly epoch: number;
  /** Empty where the commit came without a checkpoint. */
  readonly checkpoint: string;
}

export interface SinkWrite {
  readonly batch: RecordBatch;
  /** Message key per row (text), when the statement has one. */
  readonly keys: readonly (string | null)[] | null;
}

export interface Sink {
  /** It takes `batch.ops` (updates and deletions). Others are handed inserted and updated rows as plain rows. */
  readonly takesChanges?: boolean;
  /** Called once before the first write. */
  open(fields: readonly Field[], signal: AbortSignal): Promise<void>;
  /** Takes rows; durable only after `commit`. */
  write(write: SinkWrite, signal: AbortSignal): Promise<void>;
  /** Everything written becomes durable and visible. After a crash the same `epoch` may come again; an exactly-once sink then adds nothing. */
  commit(epoch: number, context?: CommitContext): Promise<void>;
  /**
   * Of a sink that keeps the epoch in the same commit as the rows: what it committed last, after `open` made sure that nobody else writes any
   * more. A job then goes on from the checkpoint of that commit; null starts it anew.
   */
  recover?(): Promise<RecoveredCommit | null>;
  /** Ends normally (`commit` came before) or throws away what is not committed. */
  close(outcome: 'complete' | 'abort'): Promise<void>;
}

export interface Guarantees {
  /** Whether `read` can start from an earlier `next`. */
  readonly resume: boolean;
  readonly sink: 'none' | 'at-least-once' | 'exactly-once';
}

/** What a connector may use from its host. */
export interface ConnectorHost {
  /** Warnings for people, e.g. an unknown option. Never a secret. */
  warn(message: string): void;
  now(): number;
  /** Which servers may be reached; given where connections come from other people. */
  readonly network?: NetworkPolicy;
  /**
   * A test of rows from a boolean SQL expression over the given columns (system columns too), for explorers. Rejects with what is wrong
   * with the expression. A row for which it is NULL or cannot be calculated does not pass.
   */
  compileFilter?(expression: string, fields: readonly Field[]): Promise<(batch: RecordBatch, row: number) => boolean>;
}

/**
 * A kind of system that can be read or written: the one thing a user passes to `createEngine({ connectors: […] })`.
 * The same options serve the SQL `WITH`, the API, forms and docs. Nothing registers itself by being imported.
 */
export interface ConnectorDefinition<O = unknown> {
  /** As in `'x.type' = '<name>_source'`, e.g. `file`. */
  readonly name: string;
  /** URI schemes it answers to, e.g. `['file']`. */
  readonly schemes: readonly string[];
  readonly options: OptionsSchema<O>;
  readonly guarantees: Guarantees;
  /** Options from a URI such as `file:///data/*.csv?header=false`. */
  fromUri?(uri: string): Record<string, unknown>;
  source?(options: O, host: ConnectorHost): Source;
  sink?(options: O, host: ConnectorHost): Sink;
  /** Looking around before a query is written: `options` may name a whole system (`kafka://host:9092`, a folder, a bucket, a database). */
  explore?(options: O, host: ConnectorHost): Explorer;
}

export const defineConnector = <O>(d: ConnectorDefinition<O>): ConnectorDefinition<O> => Object.freeze(d);
