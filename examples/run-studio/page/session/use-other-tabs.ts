import type { Session } from '@velostream/core/protocol/studio';
import { useNotebook, useStudio } from '@velostream/react';
import { useEffect, useRef, useState } from 'react';

const EVERY_MS = 3_000;

/**
 * Reads the notebook again when another tab, or another person, has changed it. A tab that nobody sees waits until it is seen again. Tells whether
 * the notebook was deleted there; it may be brought back.
 */
export function useOtherTabs(session: Session, isBusy: boolean, onNews: () => void): boolean {
  const studio = useStudio();
  const { actions } = useNotebook(session);
  const latest = useRef({ isBusy, onNews });
  latest.current = { isBusy, onNews };
  const [isDeleted, setDeleted] = useState(false);
  useEffect(() => {
    let isGone = false;
    let isLooking = false;
    let seen: number | undefined;
    const look = async (): Promise<void> => {
      // An answer that is on its way tells by itself what it changes.
      if (isLooking || document.visibilityState === 'hidden' || latest.current.isBusy) return;
      isLooking = true;
      try {
        const now = (await studio.sessions.list()).find(({ id }) => id === session.id)?.updatedAt;
        if (isGone) return;
        // One that was never in the list is only just being made.
        if (seen !== undefined) setDeleted(now === undefined);
        if (now === undefined || now === seen) return;
        if (seen !== undefined) await studio.sessions.open(session.id);
        if (isGone) return;
        const isFirst = seen === undefined;
        seen = now;
        if (isFirst) return;
        actions?.refresh();
        latest.current.onNews();
      } catch {
        // A server that is gone is told by what somebody asks of it; the next look tries again.
      } finally {
        isLooking = false;
      }
    };
    const again = (): void => void look();
    const timer = setInterval(again, EVERY_MS);
    document.addEventListener('visibilitychange', again);
    again();
    return () => {
      isGone = true;
      clearInterval(timer);
      document.removeEventListener('visibilitychange', again);
    };
  }, [studio, session, actions]);
  return isDeleted;
}
