import { useCallback, useEffect, useRef, useState } from 'react';
import type { Failure } from '../engine/messages.ts';
import type { EngineClient } from './engine-client.ts';
import { EngineFailure } from './engine-failure.ts';
import type { RemoteQuery } from './remote-query.ts';

/** What the results show. `sql` is the text that runs, whatever the editor holds by now. */
export type Run =
  | { readonly kind: 'idle' }
  | { readonly kind: 'starting'; readonly sql: string }
  | { readonly kind: 'started'; readonly sql: string; readonly query: RemoteQuery }
  | { readonly kind: 'refused'; readonly sql: string; readonly failure: Failure };

const failureOf = (error: unknown): Failure =>
  error instanceof EngineFailure ? error.failure : { message: error instanceof Error ? error.message : String(error), diagnostics: [] };

/** Runs one query at a time: a new one stops the one before. */
export function useRunner(engine: EngineClient): { readonly run: Run; readonly start: (sql: string) => void } {
  const [run, setRun] = useState<Run>({ kind: 'idle' });
  const stop = useRef<() => void>(() => {});
  useEffect(() => () => stop.current(), []);

  const start = useCallback(
    (sql: string): void => {
      stop.current();
      let isCurrent = true;
      const { query, cancel } = engine.run(sql);
      stop.current = () => {
        isCurrent = false;
        cancel();
      };
      setRun({ kind: 'starting', sql });
      const show = (next: Run): void => {
        if (isCurrent) setRun(next);
      };
      query.then(
        (opened) => show({ kind: 'started', sql, query: opened }),
        (error: unknown) => show({ kind: 'refused', sql, failure: failureOf(error) }),
      );
    },
    [engine],
  );
  return { run, start };
}
