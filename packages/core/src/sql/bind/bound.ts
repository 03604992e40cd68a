import type { Span } from '../../diagnostics/span.ts';
import type { Field } from '../../values/column.ts';
import type { Scalar } from '../../values/types.ts';
import type { CatalogRelation } from '../catalog/catalog.ts';
import type { AggregateCall, Expr, OverCall, SortKey } from './expression.ts';

/** A statement whose names and types are known. */
export type BoundStatement =
  | { readonly kind: 'query'; readonly query: BoundQuery; readonly output: BoundOutput; readonly span: Span }
  | {
      readonly kind: 'create';
      readonly object: 'stream' | 'table';
      readonly name: string;
      readonly query: BoundQuery;
      readonly output: BoundOutput;
      readonly span: Span;
    }
  /** `CREATE … WITH (…)` without AS: declares a source or sink. */
  | {
      readonly kind: 'declare';
      readonly object: 'stream' | 'table';
      readonly name: string;
      readonly relation: CatalogRelation;
      readonly properties: Properties;
      readonly span: Span;
    }
  | {
      readonly kind: 'insert';
      readonly target: string;
      readonly columns: readonly string[] | null;
      readonly query: BoundQuery;
      readonly output: BoundOutput;
      readonly span: Span;
    }
  | {
      readonly kind: 'update';
      readonly target: string;
      readonly assignments: readonly { readonly column: number; readonly value: Expr }[];
      readonly where: Expr | null;
      readonly span: Span;
    }
  | { readonly kind: 'delete'; readonly target: string; readonly where: Expr | null; readonly span: Span }
  /** Statements that need no plan (SHOW, DESCRIBE, DROP, jobs, EXPLAIN of one). */
  | { readonly kind: 'command'; readonly span: Span };

export type Properties = ReadonlyMap<string, string | number | boolean>;

/** Where the rows of a query go, beside the caller. */
export interface BoundOutput {
  /** INTO targets and INSERT target: names or URIs. */
  readonly targets: readonly string[];
  /** All WITH properties of the statement, FROM-level ones winning. */
  readonly properties: Properties;
}

export type BoundQuery = BoundSelect | BoundUnion | BoundValues;

/**
 * One SELECT. Rows grow from left to right, and each part names columns of the row it stands on:
 *
 *     R0 = from.fields                                   (where, over, group inputs)
 *     R1 = R0 ++ one column per `over` call               (group inputs; items when there is no group)
 *     R2 = keys ++ [window start, window end] ++ aggregates   (only with `group`; having, items, orderBy)
 *
 * Aliases used by later items, HAVING, ORDER BY and GROUP BY are already replaced by their expressions.
 */
export interface BoundSelect {
  readonly kind: 'select';
  readonly from: BoundFrom | null;
  /** Over R0. */
  readonly where: Expr | null;
  /** Over R0. In a grouped query they run on the input rows. */
  readonly over: readonly OverCall[];
  readonly group: BoundGroup | null;
  /** Over R2, or R1 without a group. */
  readonly having: Expr | null;
  /** Over R2, or R1 without a group. */
  readonly items: readonly BoundItem[];
  readonly distinct: boolean;
  /** Same row as `items`. */
  readonly orderBy: readonly SortKey[];
  readonly limit: { readonly count: number; readonly offset: number } | null;
  /** As written; null when not written. */
  readonly emit: 'changes' | 'final' | null;
  /** Item that sets the event time of the output (`AS _EVENT_TIME`), over the same row as `items`; it is no output column. */
  readonly eventTime: Expr | null;
  /** Message key of the output: PRIMARY KEY items in list order, else GROUP BY keys in order, else empty. Same row as `items`. */
  readonly key: readonly { readonly name: string; readonly expr: Expr }[];
  /** Output columns, one per item. */
  readonly fields: readonly Field[];
  /** Event time and lateness settings that apply (§6.5, §10.3). */
  readonly time: TimeSettings;
}

export interface BoundItem {
  readonly name: string;
  readonly expr: Expr;
}

/** Layout of a grouped row: `keys`, then two window bounds when there is a window, then `aggregates`. */
export interface BoundGroup {
  /** Over R1. */
  readonly keys: readonly Expr[];
  readonly window: BoundWindow | null;
  /** Over R1. A column that is neither grouped nor aggregated is a FIRST-by-arrival aggregate here. Empty: window rows pass as they are (see `rows`). */
  readonly aggregates: readonly AggregateCall[];
  /** A window without any aggregate or key: R2 = R1 ++ [window start, window end], the raw rows. */
  readonly rows: boolean;
}

export type BoundWindow = {
  /** Over R1; null: the row's event time. ms. */
  readonly time: Expr | null;
  readonly span: Span;
} & (
  | { readonly kind: 'tumbling'; readonly sizeMs: number }
  | { readonly kind: 'sliding'; readonly sizeMs: number; readonly advanceMs: number }
  /** Sessions are per group key; the optional key column of SESSION(…) is already one of `keys`. */
  | { readonly kind: 'session'; readonly gapMs: number }
);

export interface TimeSettings {
  /** null: not configured. */
  readonly watermarkDelayMs: number | null;
  readonly allowedLatenessMs: number;
  readonly late: 'drop' | 'dead-letter' | 'include-in-next-window' | 'update-previous';
  readonly idleTimeoutMs: number | null;
  readonly maxGroups: number | null;
}

export interface BoundUnion {
  readonly kind: 'union';
  readonly all: boolean;
  readonly arms: readonly BoundQuery[];
  readonly orderBy: readonly SortKey[];
  readonly limit: { readonly count: number; readonly offset: number } | null;
  readonly emit: 'changes' | 'final' | null;
  readonly fields: readonly Field[];
}

export interface BoundValues {
  readonly kind: 'values';
  readonly rows: readonly (readonly Scalar[])[];
  readonly fields: readonly Field[];
}

export type BoundFrom =
  | {
      readonly kind: 'relation';
      readonly relation: CatalogRelation;
      readonly alias: string;
      readonly fields: readonly Field[];
      readonly span: Span;
      readonly properties: Properties;
      /** URI as written, for `FROM 'kafka://…'`; the relation's name is the URI then. */ readonly uri: string | null;
    }
  | { readonly kind: 'derived'; readonly query: BoundQuery; readonly alias: string; readonly fields: readonly Field[] }
  | BoundJoin;

/** `fields` = left fields, then right fields; made nullable where the join pads. */
export interface BoundJoin {
  readonly kind: 'join';
  readonly join: 'inner' | 'left' | 'right' | 'full' | 'cross';
  /** `temporal`: FOR SYSTEM_TIME AS OF. `windowed`: the query has a WINDOW, both sides match in the same window. */
  readonly mode: 'stream-stream' | 'stream-table' | 'temporal' | 'windowed' | 'table-table';
  readonly left: BoundFrom;
  readonly right: BoundFrom;
  /** Equality terms: `left` over the left fields, `right` over the right fields (its own indexes from 0), of one comparable type. */
  readonly keys: readonly { readonly left: Expr; readonly right: Expr }[];
  /** What remains of ON, over left ++ right. */
  readonly residual: Expr | null;
  /** `t_right - t_left` in [lowerMs, upperMs]; null when there is none (table and windowed joins). Times over their own side; null: its event time. */
  readonly bounds: {
    readonly lowerMs: number;
    readonly upperMs: number;
    readonly leftTime: Expr | null;
    readonly rightTime: Expr | null;
  } | null;
  readonly asOf: Expr | null;
  readonly graceMs: number;
  readonly window: BoundWindow | null;
  readonly fields: readonly Field[];
  readonly span: Span;
}
