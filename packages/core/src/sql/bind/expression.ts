import type { Span } from '../../diagnostics/span.ts';
import type { Scalar, SqlType } from '../../values/types.ts';
import type { AggregateFunction, AnalyticFunction, ScalarFunction } from '../functions/define.ts';
import type { BoundQuery } from './bound.ts';

/**
 * A typed expression over the columns of one plan node's input. Plain data: the runtime compiles it, the
 * rules rewrite it. `span` is where the user wrote it; it never takes part in equality.
 *
 * The binder inserts casts, so that the runtime may rely on:
 * * arithmetic: both sides float, or both exact (integer or decimal, each with its own scale), or one side
 *   `any`, or time and interval as §4.7 (all are ms numbers there). The result type is in `type`.
 * * compare: both sides of one comparable kind: numbers (float with float; exact with exact, scales may differ),
 *   strings, booleans, times, `any` with anything.
 * * Three-valued logic; under `compat: 'velostream'` nodes carry `twoValued`.
 */
export type Expr =
  | LiteralExpr
  | ColumnExpr
  /** A value that travels beside the payload. `_EVENT_TIME` falls back to `_TIMESTAMP`. */
  | (ExprBase & { readonly kind: 'system'; readonly name: SystemColumn })
  | (ExprBase & {
      readonly kind: 'arithmetic';
      readonly op: '+' | '-' | '*' | '/' | '%';
      readonly left: Expr;
      readonly right: Expr;
      readonly divisionByZero: 'null' | 'error';
    })
  | (ExprBase & { readonly kind: 'negate'; readonly arg: Expr })
  | (ExprBase & {
      readonly kind: 'compare';
      readonly op: CompareOp;
      readonly left: Expr;
      readonly right: Expr;
      readonly twoValued?: boolean;
    })
  | (ExprBase & { readonly kind: 'and' | 'or'; readonly args: readonly Expr[] })
  | (ExprBase & { readonly kind: 'not'; readonly arg: Expr; readonly twoValued?: boolean })
  | (ExprBase & { readonly kind: 'is'; readonly test: 'null' | 'true' | 'false'; readonly negated: boolean; readonly arg: Expr })
  | (ExprBase & {
      readonly kind: 'between';
      readonly arg: Expr;
      readonly low: Expr;
      readonly high: Expr;
      readonly negated: boolean;
      readonly twoValued?: boolean;
    })
  | (ExprBase & {
      readonly kind: 'in';
      readonly arg: Expr;
      readonly list: readonly Expr[];
      readonly negated: boolean;
      readonly twoValued?: boolean;
    })
  /** `LIKE`, `ILIKE`. REGEXP is a call of `regexp`. */
  | (ExprBase & {
      readonly kind: 'like';
      readonly arg: Expr;
      readonly pattern: Expr;
      readonly escape: string | null;
      readonly ignoreCase: boolean;
      readonly negated: boolean;
    })
  | (ExprBase & {
      readonly kind: 'case';
      readonly whens: readonly { readonly condition: Expr; readonly result: Expr }[];
      readonly otherwise: Expr | null;
    })
  /** Lazy from left to right. */
  | (ExprBase & { readonly kind: 'coalesce'; readonly args: readonly Expr[] })
  | (ExprBase & { readonly kind: 'cast'; readonly arg: Expr /** TRY_CAST: NULL instead of an error. */; readonly safe: boolean })
  | (ExprBase & { readonly kind: 'call'; readonly fn: ScalarFunction; readonly args: readonly Expr[] })
  /** `||`: NULL if either side is; both sides are strings (the binder casts). */
  | (ExprBase & { readonly kind: 'concat'; readonly args: readonly Expr[] })
  /** Truth of a non-Boolean value in a condition (§4.5). */
  | (ExprBase & { readonly kind: 'truth'; readonly arg: Expr })
  /** 1-based array element, map key, struct field or JSON step; NULL where there is none. */
  | (ExprBase & { readonly kind: 'element'; readonly arg: Expr; readonly key: Expr })
  | SubqueryExpr;

interface ExprBase {
  readonly type: SqlType;
  readonly span?: Span;
}

export type LiteralExpr = ExprBase & { readonly kind: 'literal'; readonly value: Scalar };
/** Column `index` of the input. `name` is for EXPLAIN. */
export type ColumnExpr = ExprBase & { readonly kind: 'column'; readonly index: number; readonly name: string };
export type SystemColumn = '_TIMESTAMP' | '_EVENT_TIME' | '_OFFSET' | '_PARTITION' | '_key' | '_topic' | '_headers';
export type CompareOp = '=' | '!=' | '<' | '<=' | '>' | '>=';

/**
 * A query against a materialised table, evaluated per row. `plan` reads tables; its `parameter` columns are the
 * outer values: inner expressions refer to outer value `i` as `{ kind: 'column', index: outerBase + i }` where
 * `outerBase` is the width of the inner relation (outer values are appended to each inner row).
 */
export type SubqueryExpr = ExprBase & {
  readonly kind: 'subquery';
  readonly form: 'scalar' | 'exists' | 'in' | 'any' | 'all';
  /** The materialised relation that is read. */
  readonly table: string;
  /** Its fields as the inner expressions see them. */
  readonly tableWidth: number;
  /** Values of the outer row, appended behind the table's columns. */
  readonly outer: readonly Expr[];
  readonly where: Expr | null;
  /** The single selected expression over table columns and outer values (absent for EXISTS). */
  readonly select: Expr | null;
  /** A scalar subquery may aggregate its one expression: `select` is then over the aggregates' results. */
  readonly aggregates: readonly AggregateCall[];
  /** An inner query of any other form: the planner makes a table of its result, and sets `table` and `tableWidth` to it. */
  readonly query?: BoundQuery;
  readonly arg: Expr | null;
  readonly op: CompareOp | null;
  readonly negated: boolean;
};

export interface AggregateCall {
  readonly fn: AggregateFunction;
  /** Empty for `COUNT(*)`. Constant arguments (a separator, a fraction) included. */
  readonly args: readonly Expr[];
  readonly distinct: boolean;
  readonly filter: Expr | null;
  /** WITHIN GROUP (ORDER BY …): the ordered argument is already the first of `args`; this is its direction. */
  readonly descending: boolean;
  readonly type: SqlType;
  readonly span?: Span;
}

export interface SortKey {
  readonly expr: Expr;
  readonly descending: boolean;
  readonly nullsFirst: boolean;
}

export interface OverCall {
  readonly fn: AnalyticFunction | AggregateFunction;
  readonly args: readonly Expr[];
  readonly distinct: boolean;
  readonly filter: Expr | null;
  readonly partitionBy: readonly Expr[];
  readonly orderBy: readonly SortKey[];
  /** Rows kept per partition, the current one included. */
  readonly bufferRows: number;
  /** BUFFER, EXPIRE or EMIT was written: the call is about the latest rows, not about all of them. */
  readonly isBuffered?: boolean;
  readonly frame: OverFrame;
  readonly emit: 'every-record' | 'on-buffer-full';
  /** Gap (ms of row time) after which the buffer is cleared; null: never. */
  readonly expireAfterMs: number | null;
  readonly type: SqlType;
  readonly span?: Span;
}

export interface OverFrame {
  readonly unit: 'rows' | 'range';
  /** Offset from the current row (rows, or ms / number for range); negative is preceding; ±Infinity unbounded. */
  readonly start: number;
  readonly end: number;
}
