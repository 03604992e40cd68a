import { definePart, type Part } from '../parts/define-part.ts';
import { countText, durationText } from '../text/quantity-text.ts';
import { type TestResultsState, useTestResults } from './test-results-state.ts';

/** One row per query of an application under test; absent for a single query. */
export const TestResultsQueries: Part<'table', TestResultsState> = definePart({
  name: 'TestResults.Queries',
  tag: 'table',
  use: useTestResults,
  own: ({ suite }) =>
    suite && {
      'aria-label': 'Queries',
      children: (
        <>
          <thead>
            <tr>
              <th scope="col">Query</th>
              <th scope="col">Result</th>
              <th scope="col" data-numeric="">
                Assertions
              </th>
              <th scope="col" data-numeric="">
                Rows out
              </th>
              <th scope="col" data-numeric="">
                Time
              </th>
            </tr>
          </thead>
          <tbody>
            {suite.queries.map((report) => (
              <tr key={report.name} data-result={report.status}>
                <th scope="row">{report.name}</th>
                <td data-state="">{report.status}</td>
                <td data-numeric="" data-label="Assertions">
                  {`${report.assertions.filter(({ passed }) => passed).length} of ${report.assertions.length}`}
                </td>
                <td data-numeric="" data-label="Rows out">
                  {countText(report.output.rowCount)}
                </td>
                <td data-numeric="" data-label="Time">
                  {durationText(report.performance.executionTimeMs)}
                </td>
              </tr>
            ))}
          </tbody>
        </>
      ),
    },
});
