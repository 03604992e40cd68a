import { actionOf } from '../artifact/artifact-root.tsx';
import { type ActionState, defineAction } from '../parts/define-action.ts';
import type { Part } from '../parts/define-part.ts';
import { useTestResults } from './test-results-state.ts';

/** Puts the report away. */
export const TestResultsIgnore: Part<'button', ActionState> = defineAction('TestResults.Ignore', (part) =>
  actionOf(useTestResults(part).view, 'ignore'),
);
