import type { QueryStatus } from '../query/query-snapshot.ts';

/** How far a shown query has read, for `withOpenWindows`: nothing is open once it has ended, and the newest window is while it tells nothing. */
export function reachedWatermark(status: QueryStatus, told: number | null | undefined): number | null {
  if (status === 'done') return null;
  return told ?? (status === 'live' ? Number.NEGATIVE_INFINITY : null);
}
