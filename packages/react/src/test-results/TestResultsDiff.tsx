import { definePart, type Part } from '../parts/define-part.ts';
import { jsonText } from '../text/json-text.ts';
import { type TestResultsState, useTestResults } from './test-results-state.ts';

const CELLS_MAX = 100;

/** Cells that differ from what was expected. */
export const TestResultsDiff: Part<'table', TestResultsState> = definePart({
  name: 'TestResults.Diff',
  tag: 'table',
  use: useTestResults,
  own: ({ reports }) => {
    const cells = reports.flatMap(({ diff = [] }) => diff).slice(0, CELLS_MAX);
    return cells.length === 0
      ? null
      : {
          'aria-label': 'Different cells',
          children: (
            <>
              <thead>
                <tr>
                  <th scope="col" data-numeric="">
                    Row
                  </th>
                  <th scope="col">Column</th>
                  <th scope="col">Expected</th>
                  <th scope="col">Actual</th>
                </tr>
              </thead>
              <tbody>
                {cells.map(({ row, column, expected, actual }) => (
                  <tr key={`${row}:${column}`}>
                    <td data-numeric="">{row}</td>
                    <th scope="row">{column}</th>
                    <td data-expected="">{expected === undefined ? 'no such row' : jsonText(expected)}</td>
                    <td data-actual="">{actual === undefined ? 'no such row' : jsonText(actual)}</td>
                  </tr>
                ))}
              </tbody>
            </>
          ),
        };
  },
});
