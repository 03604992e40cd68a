import { QueryResultsEmpty } from './QueryResultsEmpty.tsx';
import { QueryResultsError } from './QueryResultsError.tsx';
import { QueryResultsRoot } from './QueryResultsRoot.tsx';
import { QueryResultsStatus } from './QueryResultsStatus.tsx';
import { QueryResultsTable } from './QueryResultsTable.tsx';

interface QueryResultsParts {
  readonly Root: typeof QueryResultsRoot;
  readonly Status: typeof QueryResultsStatus;
  readonly Table: typeof QueryResultsTable;
  readonly Empty: typeof QueryResultsEmpty;
  readonly Error: typeof QueryResultsError;
}

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
export const QueryResults: QueryResultsParts = {
  Root: QueryResultsRoot,
  Status: QueryResultsStatus,
  Table: QueryResultsTable,
  Empty: QueryResultsEmpty,
  Error: QueryResultsError,
};
