import type { Diagnostic } from '@velostream/core/sql';
import { useEffect, useState } from 'react';
import type { EngineClient } from './engine-client.ts';

/** While somebody types, half a word is no mistake yet. */
const WAIT_MS = 220;

/** What the language says of the text, a moment after the last change. */
export function useDiagnostics(engine: EngineClient, sql: string): readonly Diagnostic[] {
  const [found, setFound] = useState<{ readonly sql: string; readonly diagnostics: readonly Diagnostic[] }>({ sql: '', diagnostics: [] });
  useEffect(() => {
    let isCurrent = true;
    const timer = setTimeout(() => {
      engine.ask.validate(sql).then(
        (diagnostics) => isCurrent && setFound({ sql, diagnostics }),
        () => {},
      );
    }, WAIT_MS);
    return () => {
      isCurrent = false;
      clearTimeout(timer);
    };
  }, [engine, sql]);
  // Places of an older text would mark the wrong words.
  return found.sql === sql ? found.diagnostics : [];
}
