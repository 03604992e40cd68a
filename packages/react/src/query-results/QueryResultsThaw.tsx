import { type ActionState, defineAction } from '../parts/define-action.ts';
import type { Part } from '../parts/define-part.ts';
import { useResults } from './query-results-context.ts';

function useThaw(part: string): ActionState {
  const { thaw } = useResults(part);
  return { action: thaw, label: 'Resume view', isAbsent: thaw === null };
}

/** Shows what came meanwhile. Absent while that is not possible. */
export const QueryResultsThaw: Part<'button', ActionState> = defineAction('QueryResults.Thaw', useThaw);
