import { definePart, type Part } from '../parts/define-part.ts';
import { summaryOf, type TestResultsState, useTestResults } from './test-results-state.ts';

/** Why it failed, as found by rules; absent when there is nothing to explain. The cause is told once: not again where it is the sentence above all. */
export const TestResultsAnalysis: Part<'div', TestResultsState> = definePart({
  name: 'TestResults.Analysis',
  tag: 'div',
  use: useTestResults,
  own: (state) => {
    const { reports } = state;
    const headline = summaryOf(state);
    const analysed = reports.filter(({ analysis }) => analysis);
    return analysed.length === 0
      ? null
      : {
          children: analysed.map(({ name, analysis }) => (
            <div key={name} data-rule={analysis?.rule}>
              <p>{analysis?.summary}</p>
              {analysis?.rootCause !== undefined && analysis.rootCause !== analysis.summary && !headline.includes(analysis.rootCause) && (
                <p data-cause="">{analysis.rootCause}</p>
              )}
              <ul>
                {analysis?.suggestions
                  .filter((text) => analysis.rootCause === undefined || !text.includes(analysis.rootCause))
                  .map((text) => (
                    <li key={text}>{text}</li>
                  ))}
              </ul>
            </div>
          )),
        };
  },
});
