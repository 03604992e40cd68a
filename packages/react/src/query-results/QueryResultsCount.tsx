import { definePart, type Part } from '../parts/define-part.ts';
import type { QuerySnapshot } from '../query/query-snapshot.ts';
import { countText, pluralText } from '../text/quantity-text.ts';
import { useResults } from './query-results-context.ts';

/** How many rows came, how many are no longer kept, and how many wait while the view stands still. No live region: it changes all the time. */
export const QueryResultsCount: Part<'p', QuerySnapshot> = definePart({
  name: 'QueryResults.Count',
  tag: 'p',
  use: useResults,
  own: ({ rowsSeen, rowsDropped, rowsWaiting, isFrozen }) => ({
    'data-frozen': isFrozen ? '' : undefined,
    children: [
      pluralText(rowsSeen, 'row'),
      rowsDropped > 0 ? `${countText(rowsDropped)} no longer kept` : '',
      isFrozen ? `${countText(rowsWaiting)} waiting` : '',
    ]
      .filter((text) => text !== '')
      .join(', '),
  }),
});
