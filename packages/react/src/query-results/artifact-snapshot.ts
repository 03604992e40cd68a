import type { ArtifactOf } from '@velostream/core/protocol';
import type { Session } from '@velostream/core/protocol/studio';
import { useMemo } from 'react';
import type { ObserveOptions } from '../query/observe-query.ts';
import { type QuerySnapshot, type QueryStatus, WAITING } from '../query/query-snapshot.ts';
import { useQuery } from '../query/use-query.ts';
import { useCurrentSession } from '../studio/use-studio.ts';

type Results = ArtifactOf<'query-results'>;

const STATUS: Readonly<Record<Results['state'], QueryStatus>> = {
  waiting: 'waiting',
  live: 'live',
  paused: 'paused',
  stale: 'done',
  done: 'done',
  empty: 'done',
  failed: 'failed',
};

/** What an artifact shows by itself: its first rows, as a finished or standing result. */
function storedSnapshot({ data, state, error }: Results): QuerySnapshot {
  const failure = error && Object.assign(new Error(error.message), { code: error.code, hint: error.hint });
  return {
    ...WAITING,
    status: STATUS[state],
    columns: data.columns,
    rows: data.rows,
    rowsSeen: Math.max(data.rowCount, data.rows.length),
    rowsDropped: Math.max(0, data.rowCount - data.rows.length),
    error: failure,
  };
}

/** The execution that an artifact speaks of, where the session still has it. */
export const executionOf = (session: Session | null, { data }: Results) =>
  data.executionId === undefined ? undefined : session?.execution(data.executionId);

/** Rows of a `query-results` artifact: live from its execution, else those that it carries. */
export function useArtifactSnapshot(artifact: Results, options?: ObserveOptions): QuerySnapshot {
  const session = useCurrentSession();
  const execution = executionOf(session, artifact);
  const live = useQuery(execution, options);
  const stored = useMemo(() => storedSnapshot(artifact), [artifact]);
  // An execution that has not shown a row yet takes the columns that are known already.
  if (!execution) return stored;
  return live.columns.length > 0 ? live : { ...live, columns: stored.columns };
}
