import { forwardRef } from 'react';
import { type PartProps, renderPart } from '../parts/render-part.ts';
import type { QuerySnapshot } from '../query/query-snapshot.ts';
import { useResults } from './query-results-context.ts';

/** Stands in while there is no row to show, and is absent otherwise. A failed query is not empty: that is the Error part's to say. */
export const QueryResultsEmpty = forwardRef<HTMLParagraphElement, PartProps<'p', QuerySnapshot>>(function QueryResultsEmpty(props, ref) {
  const state = useResults('QueryResults.Empty');
  if (state.rows.length > 0 || state.status === 'failed') return null;
  const own = { 'data-status': state.status, children: state.status === 'done' ? 'The query returned no rows' : 'No rows yet' };
  return renderPart('p', props, own, { state, ref });
});
