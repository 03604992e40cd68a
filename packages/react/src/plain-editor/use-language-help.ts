import type { SqlCompletion, SqlSignature } from '@velostream/core/protocol/studio';
import { useEffect, useState } from 'react';
import type { EditorProps } from '../renderers/renderers.ts';

const REST_MS = 200;
const OFFERED_MAX = 12;

/** What the language has to say at the cursor, asked for once the typing rests. */
export interface LanguageHelp {
  readonly completions: readonly SqlCompletion[];
  readonly signature: SqlSignature | null;
  /** Of the word at the cursor. */
  readonly hover: string | null;
  /** Text to go on with. */
  readonly ghost: string | null;
}

const NOTHING: LanguageHelp = { completions: [], signature: null, hover: null, ghost: null };

/** Asks the service and the assistant about a place in a text; answers to an older place are thrown away. */
export function useLanguageHelp({ value, service, context, suggest }: EditorProps, offset: number | null): LanguageHelp {
  const [help, setHelp] = useState(NOTHING);
  // biome-ignore lint/correctness/useExhaustiveDependencies: a context or a way to suggest that is made anew with each drawing asks nothing new
  useEffect(() => {
    setHelp((known) => (known === NOTHING ? known : NOTHING));
    if (offset === null) return;
    const abort = new AbortController();
    const timer = setTimeout(async () => {
      const none =
        <T>(otherwise: T) =>
        () =>
          otherwise;
      const [completions = [], signature = null, hover = null, ghost = null] = await Promise.all([
        service?.complete(value, offset, context).catch(none([])),
        service?.signature(value, offset, context).catch(none(null)),
        service?.hover(value, offset, context).catch(none(null)),
        suggest?.(value.slice(0, offset), value.slice(offset), abort.signal).catch(none(null)),
      ]);
      if (abort.signal.aborted) return;
      setHelp({ completions: completions.slice(0, OFFERED_MAX), signature, hover: hover?.contents ?? null, ghost });
    }, REST_MS);
    return () => {
      clearTimeout(timer);
      abort.abort();
    };
  }, [value, offset, service]);
  return help;
}
