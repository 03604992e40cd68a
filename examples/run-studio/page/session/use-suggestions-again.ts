import type { Artifact } from '@velostream/core/protocol';
import type { SuggestionTrigger } from '@velostream/core/protocol/assist';
import type { Session } from '@velostream/core/protocol/studio';
import { useStudio, type useSuggestions } from '@velostream/react';
import { useEffect, useRef } from 'react';

const MOMENTS: Partial<Record<Artifact['kind'], SuggestionTrigger>> = {
  'sql-editor': 'generate_sql',
  'test-results': 'test_query',
  'schema-viewer': 'inspect_topic',
  'topic-list': 'list_topics',
};

/** The moments that a notebook was left at: of the query in hand, and of what was shown last. */
function momentsOf(artifacts: readonly Artifact[]): readonly SuggestionTrigger[] {
  const query = artifacts.findLast(({ kind }) => kind === 'sql-editor' || kind === 'app-preview');
  const moments = [query, artifacts.at(-1)].map((artifact) => artifact && MOMENTS[artifact.kind]);
  return [...new Set(moments.filter((moment) => moment !== undefined))];
}

/**
 * Whoever opens a notebook again is told what has changed for its pipelines meanwhile (sources, rates, alerts), and then sees what was
 * suggested beside it before, as far as it still holds and was not put away. One after the other, so that nothing moves under a hand.
 */
export function useSuggestionsAgain(session: Session, ask: ReturnType<typeof useSuggestions>['ask']): void {
  const studio = useStudio();
  const hasAsked = useRef(false);
  useEffect(() => {
    if (hasAsked.current || !ask || session.notebook.messages.length === 0) return;
    hasAsked.current = true;
    const look = async (): Promise<void> => {
      const hasDeployed = await studio.deployments.list().then(
        (deployments) => deployments.length > 0,
        () => false,
      );
      const moments: readonly SuggestionTrigger[] = [
        ...(hasDeployed ? (['thread_open'] as const) : []),
        ...momentsOf(session.notebook.artifacts),
      ];
      for (const moment of moments) await ask(moment);
    };
    // Nobody asked for it: where it cannot be told now, the next turn or the next visit tells it.
    look().catch(() => {});
  }, [studio, session, ask]);
}
