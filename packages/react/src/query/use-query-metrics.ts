import type { Execution } from '@velostream/core/protocol/studio';
import { useEffect, useState } from 'react';

type Measured = Pick<Execution, 'metrics' | 'explainSilence'>;
export interface QueryFacts {
  readonly metrics: ReturnType<Execution['metrics']> | null;
  readonly silence: ReturnType<Execution['explainSilence']> | null;
}

const NONE: QueryFacts = { metrics: null, silence: null };
const EVERY_MS = 500;

function read(query: Measured): QueryFacts {
  try {
    return { metrics: query.metrics(), silence: query.explainSilence() };
  } catch {
    return NONE; // not known before the query is ready
  }
}

/** Counters of a query and why it is silent, looked at twice a second while it runs. */
export function useQueryMetrics(query: Measured | null | undefined, isRunning: boolean): QueryFacts {
  const [facts, setFacts] = useState<{ readonly of: unknown; readonly facts: QueryFacts }>({ of: null, facts: NONE });
  useEffect(() => {
    if (!query) return;
    const look = (): void => setFacts({ of: query, facts: read(query) });
    look();
    if (!isRunning) return;
    const timer = setInterval(look, EVERY_MS);
    return () => clearInterval(timer);
  }, [query, isRunning]);
  return facts.of === query ? facts.facts : NONE;
}
