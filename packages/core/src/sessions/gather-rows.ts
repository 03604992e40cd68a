import { cannotDo } from '../diagnostics/codes/studio.ts';
import type { Row } from '../protocol/query.ts';

/** Where a look at a source begins, and how far it may go. */
export interface PeekStart {
  /** Rows to leave out first. */
  readonly skip: number;
  /** The last rows are wanted, not the first. */
  readonly isTail: boolean;
  /** The query ends by itself after the rows that are wanted. */
  readonly hasSqlLimit: boolean;
  /** Rows to go through at most. */
  readonly scanMax: number;
  /** Only rows whose event time is not before. */
  readonly sinceMs?: number;
}

export interface GatheredRows {
  /** Whether that was enough. */
  takeAll(batch: readonly Row[]): boolean;
  rows(): readonly Row[];
  seen(): number;
}

/** Up to `limit` rows from a start on. Holds at most twice the limit, whatever goes through it. */
export function gather(name: string, limit: number, start: PeekStart, eventTime: string | undefined): GatheredRows {
  const { skip, isTail, scanMax, sinceMs } = start;
  if (sinceMs !== undefined && eventTime === undefined)
    throw cannotDo(`reading "${name}" from a time on`, 'it has no event time', 'Read from the end, or filter by a column.');
  const rows: Row[] = [];
  let seen = 0;
  const isWanted = (row: Row): boolean => {
    if (seen <= skip) return false;
    return sinceMs === undefined || eventTime === undefined || Number(row[eventTime]) >= sinceMs;
  };
  return {
    takeAll(batch) {
      for (const row of batch) {
        seen++;
        if (isWanted(row)) rows.push(row);
        if (isTail && rows.length >= limit * 2) rows.splice(0, rows.length - limit);
        if (seen >= scanMax || (!isTail && rows.length >= limit)) return true;
      }
      return false;
    },
    rows: () => (isTail ? rows.slice(Math.max(0, rows.length - limit)) : rows.slice(0, limit)),
    seen: () => seen,
  };
}
