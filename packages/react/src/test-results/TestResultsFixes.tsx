import { definePart, type Part } from '../parts/define-part.ts';
import { type TestResultsState, useTestResults } from './test-results-state.ts';

/** Fixes that were tried, each with what came of it and a button. */
export const TestResultsFixes: Part<'ul', TestResultsState> = definePart({
  name: 'TestResults.Fixes',
  tag: 'ul',
  use: useTestResults,
  own: ({ reports, view }) => {
    const fixes = reports.flatMap(({ analysis, sql }) => (analysis?.fixes ?? []).map((fix) => ({ fix, sql })));
    return fixes.length === 0
      ? null
      : {
          'aria-label': 'Fixes',
          children: fixes.map(({ fix }) => (
            <li key={fix.title} data-kind={fix.kind} data-verified={fix.verified}>
              <strong>{fix.title}</strong>{' '}
              <span data-verdict="">{fix.verified ? `tried: ${fix.passed} of ${fix.total} pass` : 'not tried'}</span>
              <button
                type="button"
                disabled={!view.act || view.pending !== null}
                aria-label={`Apply fix: ${fix.title}`}
                onClick={() => view.act?.('apply-fix', { fix, ...(fix.sql !== undefined && { sql: fix.sql }) })}
              >
                Apply fix
              </button>
            </li>
          )),
        };
  },
});
