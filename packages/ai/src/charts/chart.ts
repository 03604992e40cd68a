export type { ChartKind, ChartRecommendation } from '@velostream/core/protocol';

export interface ChartColumn {
  readonly name: string;
  /** SQL type text such as `DECIMAL(18,4)`. */
  readonly type: string;
}

/** The part of a table schema that matters here; a query's `schema` fits. */
export interface ChartSchema {
  readonly columns: readonly ChartColumn[];
}
