import type { Field } from '../../values/column.ts';
import type { Scalar } from '../../values/types.ts';
import type { AggregateCall, Expr, OverCall, SortKey, SystemColumn } from '../bind/expression.ts';

/**
 * One step of a plan, as plain data. `fields` are its output columns; expressions name columns of the input
 * (joins: left ++ right). Logical and physical plans use the same nodes: rules rewrite trees, and the last
 * stage (`toPhysical`) decides the `changes` of each node, inserts `watermark` nodes and records what is read.
 *
 * Every node passes the batch's meta (event time, headers, …) of the input row on, unless said otherwise.
 */
export type PlanNode =
  | ScanNode
  | ValuesNode
  | WatermarkNode
  | FilterNode
  | ProjectNode
  | AggregateNode
  | WindowRowsNode
  | OverNode
  | JoinNode
  | TableJoinNode
  | TemporalJoinNode
  | DistinctNode
  | SortNode
  | LimitNode
  | TopNNode
  | RankNode
  | UnionNode;

/**
 * What a node's output may hold. `append`: inserts only (batch.ops null). `upsert`: +I, +U, -D by key, no -U.
 * `retract`: -U before each +U. A consumer that keeps state or filters an updating input needs `retract`.
 */
export type ChangeMode = 'append' | 'upsert' | 'retract';

interface NodeBase {
  readonly fields: readonly Field[];
  /** Set by the physical stage; logical plans say `append`. */
  readonly changes: ChangeMode;
}

/** Reads a relation: an external source, or the output of another statement of the script. */
export interface ScanNode extends NodeBase {
  readonly kind: 'scan';
  readonly relation: string;
  readonly relationKind: 'stream' | 'table';
  /** Names of the columns to read, in the order of `fields` (projection push-down narrows it). */
  readonly columns: readonly string[];
  /** Pushed-down predicate over `fields`; the source may use it, the scan applies it in any case. */
  readonly filter: Expr | null;
  /** System columns that somebody above reads. */
  readonly system: readonly SystemColumn[];
  readonly uri: string | null;
  readonly properties: ReadonlyMap<string, string | number | boolean>;
}

export interface ValuesNode extends NodeBase {
  readonly kind: 'values';
  readonly rows: readonly (readonly Scalar[])[];
}

/** Sets the event time of each row and moves the watermark: max event time seen - delayMs. */
export interface WatermarkNode extends NodeBase {
  readonly kind: 'watermark';
  readonly input: PlanNode;
  /** Over the input; null: the event time that the rows bring, else their message timestamp. */
  readonly time: Expr | null;
  readonly delayMs: number;
  /** Events further than this ahead of the clock are record errors; null: no bound. */
  readonly maxFutureMs: number | null;
  readonly idleTimeoutMs: number | null;
  /**
   * The times are new ones, computed on the way: the watermarks of the input mean others and are not passed on, except
   * +Infinity at its end.
   */
  readonly replaces?: boolean;
  /** A consumer needs `batch.watermarks` for every row (outer and windowed joins), not only when rows are behind it. */
  readonly perRow: boolean;
}

export interface FilterNode extends NodeBase {
  readonly kind: 'filter';
  readonly input: PlanNode;
  readonly predicate: Expr;
  /** Where it came from, for explainSilence. */
  readonly clause: 'where' | 'having' | 'on';
}

export interface ProjectNode extends NodeBase {
  readonly kind: 'project';
  readonly input: PlanNode;
  readonly items: readonly Expr[];
  /** Event time of the output rows; null: the input's. */
  readonly eventTime: Expr | null;
}

export type PlanWindow =
  | { readonly kind: 'tumbling'; readonly sizeMs: number }
  | { readonly kind: 'sliding'; readonly sizeMs: number; readonly advanceMs: number }
  /** `since`: times of which the least begins the span that a row stands for and its event time ends, of a pair of rows; NULL is none. */
  | { readonly kind: 'session'; readonly gapMs: number; readonly since?: readonly Expr[] };

export type LatePolicy = 'drop' | 'dead-letter' | 'include-in-next-window' | 'update-previous';

/**
 * Groups, with or without a window. Output: keys, then [window start, window end] when `window`, then one column
 * per aggregate. Output event time: window end - or the last input's without a window. Headers: the last input's.
 *
 * `emit: 'changes'`: after each accepted row the new row of its group in each window it belongs to. `'final'`: rows when
 * the window closes (or at the end of the input without a window).
 */
export interface AggregateNode extends NodeBase {
  readonly kind: 'aggregate';
  readonly input: PlanNode;
  readonly keys: readonly Expr[];
  readonly window: PlanWindow | null;
  readonly aggregates: readonly AggregateCall[];
  readonly emit: 'changes' | 'final';
  readonly allowedLatenessMs: number;
  readonly late: LatePolicy;
  /** Overrides the engine's limit; null: the engine's. */
  readonly maxGroups: number | null;
  /** Whether the input may hold retractions. */
  readonly inputChanges: ChangeMode;
}

/** Rows of a window without aggregation: input columns ++ [window start, window end]; `final`: at close; `changes`: at once. */
export interface WindowRowsNode extends NodeBase {
  readonly kind: 'window-rows';
  readonly input: PlanNode;
  readonly window: PlanWindow;
  /** Sessions are per key. */
  readonly keys: readonly Expr[];
  readonly emit: 'changes' | 'final';
  readonly allowedLatenessMs: number;
  readonly late: LatePolicy;
}

/** Appends one column per call to each input row. */
export interface OverNode extends NodeBase {
  readonly kind: 'over';
  readonly input: PlanNode;
  readonly calls: readonly OverCall[];
}

export type JoinKind = 'inner' | 'left' | 'right' | 'full';

/** Two streams. Output: left ++ right. Event time: the later one. A pair comes out when its second row arrives. */
export interface JoinNode extends NodeBase {
  readonly kind: 'join';
  readonly join: JoinKind;
  readonly left: PlanNode;
  readonly right: PlanNode;
  /** Each over its own side, from index 0. Empty: nested loop. */
  readonly keys: readonly { readonly left: Expr; readonly right: Expr }[];
  /** Over left ++ right. */
  readonly residual: Expr | null;
  /** `interval`: t_right - t_left within [lowerMs, upperMs]. `window`: both rows in the same window. `unbounded`: state is kept for ever (limits apply). */
  readonly match:
    | { readonly kind: 'interval'; readonly lowerMs: number; readonly upperMs: number }
    | { readonly kind: 'window'; readonly window: PlanWindow /** `final`: at window close. */; readonly emit: 'changes' | 'final' }
    | { readonly kind: 'unbounded' };
  /** Row times of each side over its own columns; null: event time. */
  readonly leftTime: Expr | null;
  readonly rightTime: Expr | null;
  readonly graceMs: number;
}

/** Stream rows look up the rows of a materialised table as they stand now; updates of the table alone emit nothing. */
export interface TableJoinNode extends NodeBase {
  readonly kind: 'table-join';
  readonly join: 'inner' | 'left';
  readonly input: PlanNode;
  /** The relation that is looked up. */
  readonly table: string;
  readonly tableFields: readonly Field[];
  /** Columns of the table in the order of `tableFields`. */
  readonly tableColumns: readonly string[];
  readonly keys: readonly { readonly left: Expr; readonly right: Expr }[];
  readonly residual: Expr | null;
  /** `'<table>.missing'` */
  readonly missing: 'fail' | 'nulls' | 'skip';
}

/** Newest version of the right row with time <= `asOf` of the left one. The right input is an updating or versioned stream or table. */
export interface TemporalJoinNode extends NodeBase {
  readonly kind: 'temporal-join';
  readonly join: 'inner' | 'left';
  readonly left: PlanNode;
  readonly right: PlanNode;
  readonly keys: readonly { readonly left: Expr; readonly right: Expr }[];
  readonly residual: Expr | null;
  /** Over left. */
  readonly asOf: Expr;
}

/** First occurrence of each complete row passes. */
export interface DistinctNode extends NodeBase {
  readonly kind: 'distinct';
  readonly input: PlanNode;
  readonly maxRows: number;
  /** Window-bounds columns of the input: state is freed as windows close; null: none. */
  readonly windowEnd: number | null;
}

/** Sorts the rows of one window emission (`window`: by column `windowEnd`), or everything at the end of the input (`end`). */
export interface SortNode extends NodeBase {
  readonly kind: 'sort';
  readonly input: PlanNode;
  readonly keys: readonly SortKey[];
  readonly scope: 'window' | 'end';
  readonly windowEnd: number | null;
  /** Keep only these rows of each sorted set. */
  readonly limit: { readonly count: number; readonly offset: number } | null;
}

/** Passes `count` rows after `offset`. `query`: then completes the query. `window`: per value of column `windowEnd`. */
export interface LimitNode extends NodeBase {
  readonly kind: 'limit';
  readonly input: PlanNode;
  readonly count: number;
  readonly offset: number;
  readonly scope: 'query' | 'window';
  readonly windowEnd: number | null;
}

/** Continuous top-N: emits inserts and deletes as rows enter and leave; never completes. Rows are identified by `identity` (upsert key) or by value. */
export interface TopNNode extends NodeBase {
  readonly kind: 'top-n';
  readonly input: PlanNode;
  readonly keys: readonly SortKey[];
  readonly count: number;
  readonly offset: number;
  /** Columns that part the ranking (window end); empty: one ranking. */
  readonly partitionBy: readonly number[];
}

/**
 * The first rows of each partition, `ROW_NUMBER() OVER (PARTITION BY … ORDER BY …)` up to `count` in the query around it. Output: the input's
 * columns, and the place behind them when `showsPlace`.
 *
 * `emit: 'changes'`: rows as they enter, leave and move. `'final'`: the rows of a window when it closes.
 */
export interface RankNode extends NodeBase {
  readonly kind: 'rank';
  readonly input: PlanNode;
  readonly fn: 'row_number' | 'rank' | 'dense_rank';
  /** Columns of the input. */
  readonly partitionBy: readonly number[];
  readonly keys: readonly SortKey[];
  /** Rows whose place is at most this. */
  readonly count: number;
  readonly emit: 'changes' | 'final';
  /** Column of the input that is the end of its window, and one of `partitionBy`; null: none. */
  readonly windowEnd: number | null;
  readonly showsPlace: boolean;
}

/** Rows of all inputs, interleaved by arrival. Watermark: the minimum. */
export interface UnionNode extends NodeBase {
  readonly kind: 'union';
  readonly inputs: readonly PlanNode[];
}

/** The result of a sub-query as a table. Equal sub-queries have equal names. */
export interface DerivedTable {
  readonly name: string;
  readonly plan: QueryPlan;
}

/** A finished plan of one query. */
export interface QueryPlan {
  readonly root: PlanNode;
  /** The first `visible` columns of the root are the result; the rest is for keys and window bounds. */
  readonly visible: number;
  /**
   * Columns of the root that identify a row of the result (for `changes()` and `table()`); null: no key, rows only append.
   * All columns of the root: rows are known by their values alone, and equal ones count (a multiset).
   */
  readonly key: readonly number[] | null;
  /** Columns of the root that hold window start and end. */
  readonly window: readonly [start: number, end: number] | null;
  /** Message key of the output, §8.4: columns of the root. */
  readonly messageKey: readonly number[];
  /** Meta that some operator or sink reads. */
  readonly meta: readonly SystemColumn[];
  /** Tables that must be materialised before the stream starts. */
  readonly tables: readonly string[];
  /**
   * Tables that the plan needs beyond those of the catalog, in order: results of sub-queries that are more than a look-up.
   * Each is run and kept like an earlier `CREATE TABLE name AS …`; all columns of its root are visible.
   */
  readonly derived: readonly DerivedTable[];
  /** Stable text of the plan, hashed into checkpoints. */
  readonly fingerprint: string;
}
