import { QueryResultsCancel } from './QueryResultsCancel.tsx';
import { QueryResultsCount } from './QueryResultsCount.tsx';
import { QueryResultsEmpty } from './QueryResultsEmpty.tsx';
import { QueryResultsError } from './QueryResultsError.tsx';
import { QueryResultsFreeze } from './QueryResultsFreeze.tsx';
import { QueryResultsPause } from './QueryResultsPause.tsx';
import { QueryResultsResume } from './QueryResultsResume.tsx';
import { QueryResultsRoot } from './QueryResultsRoot.tsx';
import { QueryResultsStatus } from './QueryResultsStatus.tsx';
import { QueryResultsTable } from './QueryResultsTable.tsx';
import { QueryResultsThaw } from './QueryResultsThaw.tsx';

interface QueryResultsParts {
  readonly Root: typeof QueryResultsRoot;
  readonly Status: typeof QueryResultsStatus;
  readonly Table: typeof QueryResultsTable;
  readonly Empty: typeof QueryResultsEmpty;
  readonly Error: typeof QueryResultsError;
  readonly Thaw: typeof QueryResultsThaw;
  readonly Resume: typeof QueryResultsResume;
  readonly Pause: typeof QueryResultsPause;
  readonly Freeze: typeof QueryResultsFreeze;
  readonly Count: typeof QueryResultsCount;
  readonly Cancel: typeof QueryResultsCancel;
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
  Thaw: QueryResultsThaw,
  Resume: QueryResultsResume,
  Pause: QueryResultsPause,
  Freeze: QueryResultsFreeze,
  Count: QueryResultsCount,
  Cancel: QueryResultsCancel,
};
