import { type ReactNode, useCallback, useEffect, useMemo, useRef, useState } from 'react';
import { useAnnounce } from '../announce/announcer.ts';
import { type Toast, ToastsContext } from './toasts.ts';

const SHOWN_MS = 6_000;
/** Time to get to what it offers, by keyboard as well. */
const OFFERED_MS = 20_000;
const ITEMS_MAX = 4;

/** Keeps short messages: four at most, each for six seconds, for 20 with something to do; what failed stays until somebody puts it away. */
export function ToastProvider({ children }: { readonly children?: ReactNode }): ReactNode {
  const [items, setItems] = useState<readonly Toast[]>([]);
  const announce = useAnnounce();
  const counter = useRef(0);
  const timers = useRef(new Map<string, { readonly shownMs: number; timer: ReturnType<typeof setTimeout> }>());
  useEffect(() => {
    const running = timers.current;
    return () => {
      for (const { timer } of running.values()) clearTimeout(timer);
      running.clear();
    };
  }, []);

  const dismiss = useCallback((id: string) => {
    clearTimeout(timers.current.get(id)?.timer);
    timers.current.delete(id);
    setItems((all) => all.filter((toast) => toast.id !== id));
  }, []);
  const show = useCallback(
    (toast: Omit<Toast, 'id'>) => {
      const id = `toast-${counter.current++}`;
      setItems((all) => [...all, { ...toast, id }].slice(-ITEMS_MAX));
      const shownMs = toast.action ? OFFERED_MS : SHOWN_MS;
      if (toast.tone !== 'negative') timers.current.set(id, { shownMs, timer: setTimeout(() => dismiss(id), shownMs) });
      announce(toast.text);
    },
    [announce, dismiss],
  );
  const hold = useCallback(
    (id: string, isHeld: boolean) => {
      const running = timers.current.get(id);
      if (!running) return;
      clearTimeout(running.timer);
      if (!isHeld) running.timer = setTimeout(() => dismiss(id), running.shownMs);
    },
    [dismiss],
  );
  const value = useMemo(() => ({ items, show, dismiss, hold }), [items, show, dismiss, hold]);
  return <ToastsContext.Provider value={value}>{children}</ToastsContext.Provider>;
}
