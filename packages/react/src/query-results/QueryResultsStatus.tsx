import { forwardRef } from 'react';
import { type PartProps, renderPart } from '../parts/render-part.ts';
import type { QuerySnapshot, QueryStatus } from '../query/query-snapshot.ts';
import { useResults } from './query-results-context.ts';

const WORDS: Readonly<Record<QueryStatus, string>> = {
  waiting: 'Waiting for rows',
  live: 'Live',
  paused: 'Paused',
  done: 'Finished',
  failed: 'Failed',
};

/** The status in words. A polite live region: it changes with the status only, never with each row. */
export const QueryResultsStatus = forwardRef<HTMLParagraphElement, PartProps<'p', QuerySnapshot>>(function QueryResultsStatus(props, ref) {
  const state = useResults('QueryResults.Status');
  const own = { role: 'status', 'data-status': state.status, children: WORDS[state.status] };
  return renderPart('p', props, own, { state, ref });
});
