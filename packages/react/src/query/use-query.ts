import { useSyncExternalStore } from 'react';
import type { LiveQuery } from './live-query.ts';
import { type ObserveOptions, observeQuery } from './observe-query.ts';
import { type QuerySnapshot, WAITING } from './query-snapshot.ts';

const neverChanges = (): (() => void) => () => {};
const waiting = (): QuerySnapshot => WAITING;

/**
 * The live rows of a query, re-rendered at most once per animation frame.
 *
 * @param query - Must be the same object between renders: make it in an effect, a loader or outside. `null` while there is none.
 * @param options - Read when the query is first shown, anywhere on the page.
 * @returns One snapshot; `waiting` on a server and during hydration.
 *
 * Unmounting stops the reading and holds the query back; whoever made the query cancels it.
 */
export function useQuery(query: LiveQuery | null | undefined, options?: ObserveOptions): QuerySnapshot {
  const observer = query ? observeQuery(query, options) : undefined;
  return useSyncExternalStore(observer?.subscribe ?? neverChanges, observer?.current ?? waiting, waiting);
}
