import type { AssertionResult } from '@velostream/core/protocol/explore';
import { definePart, type Part } from '../parts/define-part.ts';
import { jsonText } from '../text/json-text.ts';
import { type TestResultsState, useTestResults } from './test-results-state.ts';

const VALUE_MAX = 400;
const shown = (value: unknown): string => {
  const text = typeof value === 'string' ? value : jsonText(value);
  return text.length > VALUE_MAX ? `${text.slice(0, VALUE_MAX)}…` : text;
};

/** `record_count of the result is 5` names the check as a spec file does. */
const sentence = (type: string, message: string): string => {
  const words = type.replaceAll('_', ' ');
  return `${words.charAt(0).toUpperCase()}${words.slice(1)}${message.slice(type.length)}`;
};

function assertionLine({ type, message, passed, skipped, expected, actual }: AssertionResult) {
  return (
    <>
      <strong>{type.replaceAll('_', ' ')}</strong> <span data-result-word="">{skipped ? 'not judged' : passed ? 'passed' : 'failed'}</span>
      <p>{message.startsWith(`${type} of `) ? sentence(type, message) : message}</p>
      {!passed && (expected !== undefined || actual !== undefined) && (
        <dl data-comparison="">
          <div>
            <dt>Expected</dt>
            <dd>{shown(expected)}</dd>
          </div>
          <div>
            <dt>Actual</dt>
            <dd>{shown(actual)}</dd>
          </div>
        </dl>
      )}
    </>
  );
}

/** Each assertion with expected and actual side by side. */
export const TestResultsAssertions: Part<'div', TestResultsState> = definePart({
  name: 'TestResults.Assertions',
  tag: 'div',
  use: useTestResults,
  own: ({ reports, suite }) => {
    if (!suite) return { children: reports.map(listOf) };
    // Of an application, what failed is what one looks for; the rest is a press away.
    const good = reports.filter(isGood);
    const count = good.reduce((n, { assertions }) => n + assertions.length, 0);
    return {
      children: (
        <>
          {reports.filter((report) => !isGood(report)).map(titledList)}
          {count > 0 && (
            <details className="velo-fold">
              <summary>{count === 1 ? '1 assertion that passed' : `${count} assertions that passed`}</summary>
              {good.map(titledList)}
            </details>
          )}
        </>
      ),
    };
  },
});

type Report = TestResultsState['reports'][number];

const isGood = ({ assertions, status }: Report): boolean =>
  status === 'passed' && assertions.every(({ passed, skipped }) => passed && !skipped);

const titledList = (report: Report) => (
  <section key={report.name}>
    <h4>{report.name}</h4>
    {listOf(report)}
  </section>
);

const listOf = (report: Report) => (
  <ul key={report.name} aria-label={`Assertions of ${report.name}`}>
    {report.assertions.map((assertion, i) => (
      // biome-ignore lint/suspicious/noArrayIndexKey: a report is written once; two assertions of it may be alike
      <li key={i} data-type={assertion.type} data-result={assertion.skipped ? 'skipped' : assertion.passed ? 'passed' : 'failed'}>
        {assertionLine(assertion)}
      </li>
    ))}
  </ul>
);
