import { type ActionState, defineAction } from '../parts/define-action.ts';
import type { Part } from '../parts/define-part.ts';
import { useResults } from './query-results-context.ts';

function useResume(part: string): ActionState {
  const { resume } = useResults(part);
  return { action: resume, label: 'Resume', isAbsent: resume === null };
}

/** Lets a held query go on. Absent while that is not possible. */
export const QueryResultsResume: Part<'button', ActionState> = defineAction('QueryResults.Resume', useResume);
