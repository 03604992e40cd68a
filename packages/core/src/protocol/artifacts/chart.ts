/** Kinds a result can be drawn as. */
export type ChartKind = 'line' | 'area' | 'bar' | 'pie' | 'gauge' | 'stat' | 'heatmap' | 'scatter' | 'table';

/** Which chart a result wants, and why. */
export interface ChartRecommendation {
  readonly kind: ChartKind;
  /** Column of the horizontal axis; none for `stat`, `gauge` and `table`. */
  readonly x?: string;
  /** Columns that are drawn; more than one share an axis. */
  readonly y: readonly string[];
  /** Column whose values become one line, bar group or colour each. */
  readonly series?: string;
  readonly title?: string;
  /** 0 to 1, only to compare recommendations for the same columns. */
  readonly score: number;
  /** One sentence that names the columns which decided. */
  readonly reason: string;
}
