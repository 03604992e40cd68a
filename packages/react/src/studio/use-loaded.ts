import { useEffect, useState } from 'react';

/** Something that is fetched: at work, there, or failed. */
export type Loaded<T> =
  | { readonly status: 'waiting'; readonly value: null; readonly error: null }
  | { readonly status: 'ready'; readonly value: T; readonly error: null }
  | { readonly status: 'failed'; readonly value: null; readonly error: Error };

const LOADING: Loaded<never> = { status: 'waiting', value: null, error: null };
export const toError = (reason: unknown): Error => (reason instanceof Error ? reason : new Error(String(reason)));

/** Runs `load` for each new `load` function; an answer that comes after the next question is dropped. */
export function useLoaded<T>(load: (() => Promise<T>) | null): Loaded<T> {
  const [state, setState] = useState<{ readonly of: unknown; readonly loaded: Loaded<T> }>({ of: null, loaded: LOADING });
  useEffect(() => {
    if (!load) return;
    let isCurrent = true;
    const show = (loaded: Loaded<T>): void => {
      if (isCurrent) setState({ of: load, loaded });
    };
    load().then(
      (value) => show({ status: 'ready', value, error: null }),
      (reason: unknown) => show({ status: 'failed', value: null, error: toError(reason) }),
    );
    return () => {
      isCurrent = false;
    };
  }, [load]);
  return state.of === load ? state.loaded : LOADING;
}
