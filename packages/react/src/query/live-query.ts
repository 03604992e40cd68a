/** One row as a query hands it out: column name to value. */
export type LiveRow = Readonly<Record<string, unknown>>;

export interface LiveColumn {
  readonly name: string;
  /** SQL type text such as `DECIMAL(18,4)`. */
  readonly type: string;
  /** `epoch-ms`: an INTEGER that is a point in time, such as the start of a window. */
  readonly format?: 'epoch-ms';
  /** Start or end of a window, under whatever name. */
  readonly windowBound?: true;
}

/**
 * What a component needs of a query. An engine's `Query` and a remote `Execution` both fit, without this package importing either.
 * Its iterator has one reader: `observeQuery` is that reader, for all components that show the query.
 */
export interface LiveQuery extends AsyncIterable<LiveRow> {
  /** May throw until the query is ready. */
  readonly schema: { readonly columns: readonly LiveColumn[] };
  pause(): void;
  resume(): void;
  cancel(reason?: string): Promise<void>;
}
