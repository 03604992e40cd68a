import type { Assistant } from '@velostream/core/protocol/assist';
import { useMemo } from 'react';
import { useAssistant, useCurrentSession } from '../studio/use-studio.ts';

export type Suggest = (prefix: string, suffix: string, signal: AbortSignal) => Promise<string | null>;

const ENTRIES_MAX = 100;
/** How much text around the cursor decides. */
const CONTEXT_MAX = 4_000;

/** Completions with a bounded cache; the same question asked twice at once is asked once. */
export function completer(assistant: Pick<Assistant, 'complete'>, schemas: () => Parameters<Assistant['complete']>[0]['schemas']): Suggest {
  const known = new Map<string, Promise<string | null>>();
  return (prefix, suffix, signal) => {
    const before = prefix.slice(-CONTEXT_MAX);
    const after = suffix.slice(0, CONTEXT_MAX);
    const key = `${before}\0${after}`;
    let answer = known.get(key);
    if (!answer) {
      answer = assistant.complete({ prefix: before, suffix: after, schemas: schemas() }).then((result) => result?.items[0]?.text ?? null);
      known.set(key, answer);
      answer.catch(() => known.delete(key));
      if (known.size > ENTRIES_MAX) known.delete(known.keys().next().value ?? '');
    }
    return answer.then(
      (text) => (signal.aborted ? null : text),
      () => null, // no ghost text is no fault of the person who types
    );
  };
}

/** Text to go on with at the cursor, from the studio's assistant; `null` without one. */
export function useCompletion(): Suggest | null {
  const assistant = useAssistant();
  const session = useCurrentSession();
  return useMemo(() => (assistant ? completer(assistant, () => session?.context.schemas ?? {}) : null), [assistant, session]);
}
