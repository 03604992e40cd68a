import { actionOf } from '../artifact/artifact-root.tsx';
import { type ActionState, defineAction } from '../parts/define-action.ts';
import type { Part } from '../parts/define-part.ts';
import { useTestResults } from './test-results-state.ts';

/** Asks for the whole report. */
export const TestResultsViewReport: Part<'button', ActionState> = defineAction('TestResults.ViewReport', (part) =>
  actionOf(useTestResults(part).view, 'view-report'),
);
