import type { LiveColumn, LiveRow } from './live-query.ts';

/** `waiting`: no row yet. `live`: rows came and more may. `done`: the query ended. `failed`: it ended with `error`. */
export type QueryStatus = 'waiting' | 'live' | 'paused' | 'done' | 'failed';

/** One moment of a query. Immutable: a new object whenever anything changed. */
export interface QuerySnapshot {
  readonly status: QueryStatus;
  /** Columns in the order of the SELECT list; taken from the first row where the query does not tell them. */
  readonly columns: readonly LiveColumn[];
  /** The newest rows, at most `rowsMax`, oldest first. With `keyOf`: the last row of each key, in the order in which keys first came. */
  readonly rows: readonly LiveRow[];
  /** How many rows came in all. */
  readonly rowsSeen: number;
  /** How many rows are no longer in `rows` because of `rowsMax`. */
  readonly rowsDropped: number;
  readonly error: Error | undefined;
  /** The view stands still while the query goes on. */
  readonly isFrozen: boolean;
  /** Rows that came since the view stands still. */
  readonly rowsWaiting: number;
  /** Each action is `null` while it is not possible. */
  readonly pause: (() => void) | null;
  readonly resume: (() => void) | null;
  readonly cancel: (() => void) | null;
  /** Holds the view, not the query: rows go on being read and counted. */
  readonly freeze: (() => void) | null;
  readonly thaw: (() => void) | null;
}

/** What is shown on a server, during hydration, and where there is no query yet. */
export const WAITING: QuerySnapshot = Object.freeze({
  status: 'waiting',
  columns: [],
  rows: [],
  rowsSeen: 0,
  rowsDropped: 0,
  error: undefined,
  isFrozen: false,
  rowsWaiting: 0,
  pause: null,
  resume: null,
  cancel: null,
  freeze: null,
  thaw: null,
});
