import { definePart, type Part } from '../parts/define-part.ts';
import { type TestResultsState, useTestResults } from './test-results-state.ts';

/** Why it failed, as found by rules; absent when there is nothing to explain. */
export const TestResultsAnalysis: Part<'div', TestResultsState> = definePart({
  name: 'TestResults.Analysis',
  tag: 'div',
  use: useTestResults,
  own: ({ reports }) => {
    const analysed = reports.filter(({ analysis }) => analysis);
    return analysed.length === 0
      ? null
      : {
          children: analysed.map(({ name, analysis }) => (
            <div key={name} data-rule={analysis?.rule}>
              <p>{analysis?.summary}</p>
              {analysis?.rootCause !== undefined && analysis.rootCause !== analysis.summary && <p data-cause="">{analysis.rootCause}</p>}
              <ul>
                {analysis?.suggestions.map((text) => (
                  <li key={text}>{text}</li>
                ))}
              </ul>
            </div>
          )),
        };
  },
});
