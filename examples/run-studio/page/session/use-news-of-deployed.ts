import type { Session } from '@velostream/core/protocol/studio';
import { useStudio, type useSuggestions } from '@velostream/react';
import { useEffect, useRef } from 'react';

/** Whoever opens a notebook again is told what has changed for its pipelines meanwhile: sources, rates, alerts. */
export function useNewsOfDeployed(session: Session, ask: ReturnType<typeof useSuggestions>['ask']): void {
  const studio = useStudio();
  const hasAsked = useRef(false);
  useEffect(() => {
    if (hasAsked.current || !ask || session.notebook.messages.length === 0) return;
    hasAsked.current = true;
    const look = async (): Promise<void> => {
      if ((await studio.deployments.list()).length > 0) await ask('thread_open');
    };
    // Nobody asked for it: where it cannot be told now, the next visit tells it.
    look().catch(() => {});
  }, [studio, session, ask]);
}
