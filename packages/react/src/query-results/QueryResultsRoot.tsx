import { forwardRef } from 'react';
import { type PartProps, renderPart } from '../parts/render-part.ts';
import type { LiveQuery } from '../query/live-query.ts';
import type { ObserveOptions } from '../query/observe-query.ts';
import type { QuerySnapshot } from '../query/query-snapshot.ts';
import { useQuery } from '../query/use-query.ts';
import { QueryResultsContext } from './query-results-context.ts';

export type QueryResultsRootProps = PartProps<'section', QuerySnapshot> &
  ObserveOptions & {
    /** The query to show; `null` while there is none. */
    readonly query?: LiveQuery | null | undefined;
    /** A snapshot to show instead, for instance one that a `useQuery` of the page already has. */
    readonly snapshot?: QuerySnapshot | undefined;
  };

/** Holds the data for the other parts. `data-status` is the query's status, `aria-busy` is on until the first row. */
export const QueryResultsRoot = forwardRef<HTMLElement, QueryResultsRootProps>(function QueryResultsRoot(
  { query, snapshot, rowsMax, keyOf, frame, ...props },
  ref,
) {
  const options: ObserveOptions = { ...(rowsMax && { rowsMax }), ...(keyOf && { keyOf }), ...(frame && { frame }) };
  const observed = useQuery(snapshot ? null : query, options);
  const state = snapshot ?? observed;
  const own = { 'data-status': state.status, 'aria-busy': state.status === 'waiting' };
  return <QueryResultsContext.Provider value={state}>{renderPart('section', props, own, { state, ref })}</QueryResultsContext.Provider>;
});
