import { actionOf } from '../artifact/artifact-root.tsx';
import { type ActionState, defineAction } from '../parts/define-action.ts';
import type { Part } from '../parts/define-part.ts';
import { useTestResults } from './test-results-state.ts';

/** Asks for more assertions. */
export const TestResultsAddAssertions: Part<'button', ActionState> = defineAction('TestResults.AddAssertions', (part) =>
  actionOf(useTestResults(part).view, 'add-assertions'),
);
