import { definePart, type Part } from '../parts/define-part.ts';
import { summaryOf, type TestResultsState, useTestResults } from './test-results-state.ts';

/** What came out, in one sentence. */
export const TestResultsSummary: Part<'p', TestResultsState> = definePart({
  name: 'TestResults.Summary',
  tag: 'p',
  use: useTestResults,
  own: (state) => ({ 'data-passed': state.passed, children: summaryOf(state) }),
});
