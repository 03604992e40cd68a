import { type ActionState, defineAction } from '../parts/define-action.ts';
import type { Part } from '../parts/define-part.ts';
import { useResults } from './query-results-context.ts';

function usePause(part: string): ActionState {
  const { pause } = useResults(part);
  return { action: pause, label: 'Pause', isAbsent: pause === null };
}

/** Holds the query back. Absent while that is not possible. */
export const QueryResultsPause: Part<'button', ActionState> = defineAction('QueryResults.Pause', usePause);
