/** A column that is a time attribute of Flink, and what it says: the time of the row is that column and `shiftMs`. */
export interface TimeAttribute {
  /** Text by which the row's scope knows it. */
  readonly sql: string;
  /** A window's row has its end as time with us, and one millisecond less on Flink. */
  readonly shiftMs: number;
  /** Column of the row that holds the same time; null: the event time that no column shows. */
  readonly column: number | null;
  /** Condition that the row has a time at all, where that is not certain: Flink is told the beginning of the epoch for such rows. */
  readonly guard?: string | undefined;
}

/** Rows as the expressions of one SELECT see them. */
export interface PrintedRow {
  /** Text of each column, by index. */
  readonly columns: readonly string[];
  /** The event time of the row; null: it has none that Flink keeps as one. */
  readonly time: TimeAttribute | null;
  /** Columns that are time attributes: those of both sides of a join. */
  readonly times: readonly TimeAttribute[];
  /** Text of a system column; undefined where there is none. */
  readonly system: (name: string) => string | undefined;
}

/** What FROM says, and the rows that it gives. */
export interface PrintedFrom {
  readonly sql: string;
  readonly row: PrintedRow;
  /** Names that the columns have or may be given. */
  readonly names: readonly string[];
  /** The rows change after they were given. */
  readonly updates: boolean;
  /** One table or view, and nothing else: its name and its alias, quoted. */
  readonly leaf: { readonly table: string; readonly alias: string; readonly time: string } | null;
  /** Both sides of a join stand in one window: its bounds. */
  readonly window: {
    readonly start: string;
    readonly end: string;
    readonly time: string;
    readonly shiftMs: number;
    readonly guard?: string | undefined;
  } | null;
}
