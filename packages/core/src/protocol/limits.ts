/** Named bounds of one query. Reaching one ends in a `VeloError` with reason `limit-exceeded` and `details: { limit, allowed, observed }`. */
export interface Limits {
  /** Groups (or join keys, sessions, distinct rows) held by one operator. */
  readonly maxGroups: number;
  /** Approximate bytes of state of one query. */
  readonly maxStateBytes: number;
  /** Rows a query may emit; Infinity by default. */
  readonly maxRows: number;
  /** Wall time of one query, ms; Infinity by default. */
  readonly maxTimeMs: number;
  /** Rows one input row may produce in a join. */
  readonly maxJoinFanout: number;
  /** Rows held per join side. */
  readonly maxJoinRows: number;
  /** Length of SQL text, UTF-16 units. */
  readonly maxSqlBytes: number;
  /** Nesting of the syntax tree. */
  readonly maxAstDepth: number;
  /** Rows pushed by the user, or results not yet read, that may wait in memory. */
  readonly maxBufferedRows: number;
}
