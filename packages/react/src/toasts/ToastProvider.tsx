import { type ReactNode, useCallback, useEffect, useMemo, useRef, useState } from 'react';
import { useAnnounce } from '../announce/announcer.ts';
import { type Toast, ToastsContext } from './toasts.ts';

const SHOWN_MS = 6_000;
const ITEMS_MAX = 4;

/** Keeps short messages: four at most, each for six seconds; what failed stays until somebody puts it away. */
export function ToastProvider({ children }: { readonly children?: ReactNode }): ReactNode {
  const [items, setItems] = useState<readonly Toast[]>([]);
  const announce = useAnnounce();
  const counter = useRef(0);
  const timers = useRef(new Map<string, ReturnType<typeof setTimeout>>());
  useEffect(() => {
    const running = timers.current;
    return () => {
      for (const timer of running.values()) clearTimeout(timer);
      running.clear();
    };
  }, []);

  const dismiss = useCallback((id: string) => {
    clearTimeout(timers.current.get(id));
    timers.current.delete(id);
    setItems((all) => all.filter((toast) => toast.id !== id));
  }, []);
  const show = useCallback(
    (toast: Omit<Toast, 'id'>) => {
      const id = `toast-${counter.current++}`;
      setItems((all) => [...all, { ...toast, id }].slice(-ITEMS_MAX));
      if (toast.tone !== 'negative')
        timers.current.set(
          id,
          setTimeout(() => dismiss(id), SHOWN_MS),
        );
      announce(toast.text);
    },
    [announce, dismiss],
  );
  const value = useMemo(() => ({ items, show, dismiss }), [items, show, dismiss]);
  return <ToastsContext.Provider value={value}>{children}</ToastsContext.Provider>;
}
