import { type ActionState, defineAction } from '../parts/define-action.ts';
import type { Part } from '../parts/define-part.ts';
import { useResults } from './query-results-context.ts';

function useCancel(part: string): ActionState {
  const { cancel } = useResults(part);
  return { action: cancel, label: 'Stop', isAbsent: cancel === null };
}

/** Ends the query. Absent while that is not possible. */
export const QueryResultsCancel: Part<'button', ActionState> = defineAction('QueryResults.Cancel', useCancel);
