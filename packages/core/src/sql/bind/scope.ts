import type { Field } from '../../values/column.ts';
import type { FromItem } from '../ast/index.ts';
import type { QueryContext } from './binder.ts';
import type { AggregateCall, Expr, OverCall } from './expression.ts';

/** Where an expression stands; decides what may be called there, and is named in messages. */
export type Clause =
  | 'SELECT'
  | 'WHERE'
  | 'GROUP BY'
  | 'WINDOW'
  | 'HAVING'
  | 'ORDER BY'
  | 'JOIN ON'
  | 'FOR SYSTEM_TIME'
  | 'OVER'
  | 'FILTER'
  | 'VALUES'
  | 'SET'
  | 'DEFAULT'
  | 'WATERMARK'
  | 'a sub-query';

/** One input as its columns can be named. */
export interface ScopeRelation {
  /** What qualifies a column: the alias, else the relation's name. */
  readonly alias: string;
  /** Also accepted as a qualifier when nothing else has that name. */
  readonly name: string | null;
  readonly explicitAlias: boolean;
  readonly fields: readonly Field[];
  /** Index of the first field in the row. */
  readonly offset: number;
  /** Other columns than `fields` may exist. */
  readonly open: boolean;
  readonly item: FromItem;
}

/** The row of one SELECT while it is bound. Grows as calls of OVER and aggregates are met. */
export interface RowScope {
  /** In the order written, which need not be the order of the row. */
  readonly relations: readonly ScopeRelation[];
  /** Columns of R0. */
  readonly width: number;
  /** Column `width + i` is the result of `over[i]`. */
  readonly over: OverCall[];
  /** See `AGGREGATE_BASE`. */
  readonly aggregates: AggregateCall[];
  readonly windowed: boolean;
  /** The row around a sub-query. Its values stand behind the inner columns: column `width + i` is `outerValues[i]`. */
  readonly outer: Scope | null;
  readonly outerValues: Expr[];
  /** Aliases that are defined further right in the SELECT list; all of them while WHERE is bound. */
  readonly laterAliases: Set<string>;
}

export interface Scope {
  readonly row: RowScope;
  readonly clause: Clause;
  /** Aliases in sight, as the expressions they stand for. */
  readonly aliases: ReadonlyMap<string, Expr> | null;
  /** Whether an alias hides a column of its name (SELECT, HAVING, ORDER BY) or the other way round (GROUP BY). */
  readonly aliasesFirst: boolean;
  /** The aggregate or OVER call around, lower case. */
  readonly inside: string | null;
  /** Names of common tables that sub-queries may read. */
  readonly context: QueryContext;
}

/**
 * While a SELECT is bound, results of aggregates and window bounds are columns with these indexes; `regroup`
 * gives them their places in the grouped row once the keys are known.
 */
export const AGGREGATE_BASE = 0x1000_0000;
export const WINDOW_START = 0x2000_0000;
export const WINDOW_END = 0x2000_0001;
/** In ON, `t._event_time` of the input whose first column is `n` is column `SIDE_TIME + n`, until it has become a time bound. */
export const SIDE_TIME = 0x3000_0000;
export const isPlaceholder = (index: number): boolean => index >= AGGREGATE_BASE;
