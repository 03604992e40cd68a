/** How a person describes a relation: the shape that every public API takes and gives. */
export interface TableSchema {
  readonly kind?: 'stream' | 'table';
  readonly columns: readonly ColumnSchema[];
  /** Name of the event-time column. */
  readonly eventTime?: string;
  readonly key?: readonly string[];
  readonly description?: string;
}

/** Whether the values of a column are points in time, which people read as such: a TIMESTAMP, or an INTEGER that holds ms since the epoch. */
export const holdsInstants = ({ type, format }: Pick<ColumnSchema, 'type' | 'format'>): boolean =>
  format === 'epoch-ms' || /^TIMESTAMP\b/i.test(type);

export interface ColumnSchema {
  readonly name: string;
  /** SQL type text, e.g. `DECIMAL(18,4)`, `ARRAY<STRING>`. */
  readonly type: string;
  readonly nullable?: boolean;
  /** What the values mean beyond their type. `epoch-ms`: an INTEGER that is a point in time, such as the start of a window. */
  readonly format?: 'epoch-ms';
  /** Start or end of a window, under whatever name: rows with the same value are versions of one window, and the last one holds. */
  readonly windowBound?: true;
  readonly description?: string;
  /** `pii`, `secret`, … */
  readonly tags?: readonly string[];
  /** Known values, for completion and generated data. */
  readonly values?: readonly (string | number)[];
}
