import type { MetricInfo } from '../protocol/studio/app.ts';

/** What one query offers to those who ask about its metrics. */
export interface QueryShape {
  readonly query: string;
  /** Metrics of this query alone. */
  readonly metrics: readonly MetricInfo[];
  /** Length of its window; null without one. */
  readonly windowMs: number | null;
  /** Output columns that its rows are grouped by. */
  readonly groupColumns: readonly string[];
  /** Output columns; undefined: not known. */
  readonly columns?: readonly string[];
}

/** Whether its value for a label set is the value of the column itself, for every row. */
export const measures = (metric: MetricInfo, column: string): boolean =>
  metric.conditional !== true && (metric.field === column || (metric.field === undefined && metric.name === column));
