import { QueryResultsEmpty } from './QueryResultsEmpty.tsx';
import { QueryResultsError } from './QueryResultsError.tsx';
import { QueryResultsRoot } from './QueryResultsRoot.tsx';
import { QueryResultsStatus } from './QueryResultsStatus.tsx';
import { QueryResultsTable } from './QueryResultsTable.tsx';

/**
 * Shows a running query. Unstyled: state is visible as `data-status`.
 *
 * @example
 * <QueryResults.Root query={query} aria-label="Trades per symbol">
 *   <QueryResults.Status />
 *   <QueryResults.Error />
 *   <QueryResults.Empty />
 *   <QueryResults.Table />
 * </QueryResults.Root>
 */
export const QueryResults = {
  Root: QueryResultsRoot,
  Status: QueryResultsStatus,
  Table: QueryResultsTable,
  Empty: QueryResultsEmpty,
  Error: QueryResultsError,
};
