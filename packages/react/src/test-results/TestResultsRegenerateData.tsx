import { actionOf } from '../artifact/artifact-root.tsx';
import { type ActionState, defineAction } from '../parts/define-action.ts';
import type { Part } from '../parts/define-part.ts';
import { useTestResults } from './test-results-state.ts';

/** Runs again on other data. */
export const TestResultsRegenerateData: Part<'button', ActionState> = defineAction('TestResults.RegenerateData', (part) =>
  actionOf(useTestResults(part).view, 'regenerate-data'),
);
