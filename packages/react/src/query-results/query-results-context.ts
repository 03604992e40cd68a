import { createContext, useContext } from 'react';
import type { QuerySnapshot } from '../query/query-snapshot.ts';

export const QueryResultsContext = createContext<QuerySnapshot | null>(null);

/** The snapshot of the surrounding Root. */
export function useResults(part: string): QuerySnapshot {
  const results = useContext(QueryResultsContext);
  if (!results) throw new Error(`${part} has no data: render it inside <QueryResults.Root query={...}>.`);
  return results;
}
