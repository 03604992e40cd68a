/** How a person describes a relation: the shape that every public API takes and gives. */
export interface TableSchema {
  readonly kind?: 'stream' | 'table';
  readonly columns: readonly ColumnSchema[];
  /** Name of the event-time column. */
  readonly eventTime?: string;
  readonly key?: readonly string[];
  readonly description?: string;
}

export interface ColumnSchema {
  readonly name: string;
  /** SQL type text, e.g. `DECIMAL(18,4)`, `ARRAY<STRING>`. */
  readonly type: string;
  readonly nullable?: boolean;
  readonly description?: string;
  /** `pii`, `secret`, … */
  readonly tags?: readonly string[];
  /** Known values, for completion and generated data. */
  readonly values?: readonly (string | number)[];
}
