/** A query as text, and what its rows are. */
export interface PrintedQuery {
  readonly sql: string;
  /** Names of the output columns, not quoted; a carried time is not among them. */
  readonly columns: readonly string[];
  /** Name of the time attribute behind the columns, when it is carried. */
  readonly time: { readonly name: string; readonly shiftMs: number } | null;
  /** Output columns that show the event time as it is, by index. */
  readonly timeColumn: number | null;
  /** The rows change after they were given. */
  readonly updates: boolean;
  /** Output columns that identify a row, by index; null: none do. */
  readonly key: readonly number[] | null;
}
