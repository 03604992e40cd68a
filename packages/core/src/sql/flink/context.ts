import type { BoundFrom, BoundQuery } from '../bind/bound.ts';
import type { Expr } from '../bind/expression.ts';
import type { Catalog } from '../catalog/catalog.ts';
import type { PrintedFrom, PrintedRow } from './printed-row.ts';
import type { FromNeed } from './query/derived-rows.ts';
import type { PrintedQuery } from './query/printed-query.ts';
import type { RankBound } from './query/rank-bound.ts';
import type { Report } from './report.ts';
import type { TableRequest, UsedTable } from './tables/table-registry.ts';

/** What the printing of one statement works with. */
export interface FlinkContext {
  readonly mode: 'streaming' | 'batch';
  readonly catalog: Catalog;
  readonly report: Report;
  /** The table of Flink that stands for a relation. */
  readonly table: (request: TableRequest) => UsedTable;
  /** What an earlier statement of the script made, as a view. */
  readonly view: (name: string) => PrintedView | undefined;
  /** Settings under which the statement has to run. */
  readonly settings: Map<string, string>;
  /** Makes a view of its own for a part of the statement, where Flink wants a name; its quoted name. */
  readonly define: (stem: string, sql: string) => string;
  /** A name that nothing else of the statement has. */
  readonly fresh: (stem: string) => string;
  /** Prints an expression over a row; handed in, because expressions hold calls, casts and sub-queries, which hold expressions. */
  readonly expression: (e: Expr, row: PrintedRow) => string;
  /** Prints what FROM says; handed in, because joins hold others. */
  readonly from: (from: BoundFrom, need: FromNeed) => PrintedFrom;
  /** Prints a query; handed in, because queries hold expressions and expressions queries. */
  readonly query: (query: BoundQuery, cx: FlinkContext, carriesTime: boolean, wish?: ReaderWish) => PrintedQuery;
}

/** What the reader of a query makes of its output columns. */
export interface ReaderWish {
  /** The column that has to be the time; null: none is named. */
  readonly time: number | null;
  readonly ranks: readonly RankBound[];
}

export interface PrintedView {
  /** Name in the session, not quoted. */
  readonly name: string;
  readonly query: PrintedQuery;
  /** A stream whose rows change: readers of ours see each change as a row of its own. */
  readonly isChangingStream: boolean;
}
