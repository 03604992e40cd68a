// biome-ignore-all lint/correctness/noComponentHookFactories: called once per module, when it loads
import { type Context, createContext, useContext } from 'react';

/** A context that a Root fills and that parts read; outside of the Root a part says where it belongs. */
export function partContext<State>(
  compound: string,
  need = '',
): { readonly Context: Context<State | null>; readonly use: (part: string) => State } {
  const Given = createContext<State | null>(null);
  Given.displayName = compound;
  return {
    Context: Given,
    use: function usePart(part) {
      const state = useContext(Given);
      if (state === null) throw new Error(`${part} has no data: render it inside <${compound}.Root${need}>.`);
      return state;
    },
  };
}
