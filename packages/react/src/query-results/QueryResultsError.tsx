import { forwardRef } from 'react';
import { type PartProps, renderPart } from '../parts/render-part.ts';
import type { QuerySnapshot } from '../query/query-snapshot.ts';
import { useResults } from './query-results-context.ts';

/** Coded errors carry a hint that says what to do. */
const hintOf = (error: Error): string | undefined => ('hint' in error && typeof error.hint === 'string' ? error.hint : undefined);
const codeOf = (error: Error): string | undefined => ('code' in error && typeof error.code === 'string' ? error.code : undefined);

/** What went wrong and what to do about it; absent unless the query failed. */
export const QueryResultsError = forwardRef<HTMLDivElement, PartProps<'div', QuerySnapshot>>(function QueryResultsError(props, ref) {
  const state = useResults('QueryResults.Error');
  const { error } = state;
  if (!error) return null;
  const hint = hintOf(error);
  const content = (
    <>
      <p>{error.message}</p>
      {hint && <p data-hint="">{hint}</p>}
    </>
  );
  return renderPart(
    'div',
    props,
    { role: 'alert', 'data-status': state.status, 'data-code': codeOf(error), children: content },
    { state, ref },
  );
});
