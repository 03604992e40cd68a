export type ChartKind = 'line' | 'bar' | 'scatter' | 'stat' | 'table';

export interface ChartColumn {
  readonly name: string;
  /** SQL type text such as `DECIMAL(18,4)`. */
  readonly type: string;
}

/** The part of a table schema that matters here; a query's `schema` fits. */
export interface ChartSchema {
  readonly columns: readonly ChartColumn[];
}

export interface ChartRecommendation {
  readonly kind: ChartKind;
  /** Column of the horizontal axis; none for `stat` and `table`. */
  readonly x?: string;
  /** Columns that are drawn; more than one share an axis. */
  readonly y: readonly string[];
  /** Column whose values become one line, bar group or colour each. */
  readonly series?: string;
  /** 0 to 1, only to compare recommendations for the same columns. */
  readonly score: number;
  /** One sentence that names the columns which decided. */
  readonly reason: string;
}
