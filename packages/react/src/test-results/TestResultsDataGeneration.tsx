import { definePart, type Part } from '../parts/define-part.ts';
import { countText } from '../text/quantity-text.ts';
import { type TestResultsState, useTestResults } from './test-results-state.ts';

/** Which data the test ran on. */
export const TestResultsDataGeneration: Part<'p', TestResultsState> = definePart({
  name: 'TestResults.DataGeneration',
  tag: 'p',
  use: useTestResults,
  own: ({ suite, reports }) => {
    const made = suite?.dataGeneration;
    if (made) {
      const matches = made.foreignKeyMatches.length > 0 ? `; keys match: ${made.foreignKeyMatches.join(', ')}` : '';
      return { children: `${countText(made.recordsGenerated)} records made for ${made.sources.join(', ')}${matches}` };
    }
    const inputs = Object.entries(reports[0]?.inputs ?? {});
    return inputs.length === 0 ? null : { children: inputs.map(([name, count]) => `${countText(count)} records of ${name}`).join(', ') };
  },
});
