import { type ReactNode, useCallback, useEffect, useRef, useState } from 'react';
import { ANNOUNCE_EVERY_MS, AnnouncerContext } from './announcer.ts';

/** The one live region of a page. What is said more often than once in five seconds is dropped in favour of the newest. */
export function Announcer({ children }: { readonly children?: ReactNode }): ReactNode {
  const [said, setSaid] = useState('');
  const waiting = useRef<{ readonly timer: ReturnType<typeof setTimeout>; text: string | null } | null>(null);

  const announce = useCallback((text: string) => {
    if (waiting.current) {
      waiting.current.text = text;
      return;
    }
    setSaid(text);
    const pause = (): void => {
      const next = waiting.current?.text ?? null;
      waiting.current = null;
      if (next !== null) announce(next);
    };
    waiting.current = { timer: setTimeout(pause, ANNOUNCE_EVERY_MS), text: null };
  }, []);
  useEffect(
    () => () => {
      if (waiting.current) clearTimeout(waiting.current.timer);
      waiting.current = null;
    },
    [],
  );
  return (
    <AnnouncerContext.Provider value={announce}>
      {children}
      <div aria-live="polite" aria-atomic="true" data-visually-hidden="">
        {said}
      </div>
    </AnnouncerContext.Provider>
  );
}
