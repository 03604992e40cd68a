export type { PartProps } from './parts/render-part.ts';
export type { LiveColumn, LiveQuery, LiveRow } from './query/live-query.ts';
export type { ObserveOptions, QueryObserver } from './query/observe-query.ts';
export { observeQuery } from './query/observe-query.ts';
export type { QuerySnapshot, QueryStatus } from './query/query-snapshot.ts';
export { useQuery } from './query/use-query.ts';
export type { QueryResultsRootProps } from './query-results/QueryResultsRoot.tsx';
export type { QueryResultsTableProps } from './query-results/QueryResultsTable.tsx';
export { QueryResults } from './query-results/query-results.ts';
