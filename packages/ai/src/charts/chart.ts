export type { ChartKind, ChartRecommendation } from '@velostream/core/protocol';

export interface ChartColumn {
  readonly name: string;
  /** SQL type text such as `DECIMAL(18,4)`. */
  readonly type: string;
  /** `epoch-ms`: an INTEGER that is a point in time. */
  readonly format?: 'epoch-ms';
}

/** The part of a table schema that matters here; a query's `schema` fits. */
export interface ChartSchema {
  readonly columns: readonly ChartColumn[];
}
