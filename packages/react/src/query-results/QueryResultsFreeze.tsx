import { type ActionState, defineAction } from '../parts/define-action.ts';
import type { Part } from '../parts/define-part.ts';
import { useResults } from './query-results-context.ts';

function useFreeze(part: string): ActionState {
  const { freeze } = useResults(part);
  return { action: freeze, label: 'Hold view', isAbsent: freeze === null };
}

/** Holds the view; rows go on being counted. Absent while that is not possible. */
export const QueryResultsFreeze: Part<'button', ActionState> = defineAction('QueryResults.Freeze', useFreeze);
