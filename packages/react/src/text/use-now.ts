import { useSyncExternalStore } from 'react';

const STEP_MS = 1_000;
const listeners = new Set<() => void>();
let timer: ReturnType<typeof setInterval> | undefined;
let current: number | null = null;

function subscribe(listener: () => void): () => void {
  listeners.add(listener);
  timer ??= setInterval(() => {
    current = Date.now();
    for (const other of listeners) other();
  }, STEP_MS);
  return () => {
    listeners.delete(listener);
    if (listeners.size > 0) return;
    clearInterval(timer);
    timer = undefined;
    current = null;
  };
}

/** The time to the second, from one timer for the whole page; `null` on a server and during hydration. */
export const useNow = (): number | null =>
  useSyncExternalStore(
    subscribe,
    () => (current ??= Date.now()),
    () => null,
  );
