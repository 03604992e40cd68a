import type { SuiteReport } from '../../protocol/studio/testing.ts';
import { show } from '../assert/operators.ts';
import { durationOf } from './render-options.ts';

const cell = (value: unknown): string => show(value).replaceAll('|', '\\|').replaceAll('\n', ' ').slice(0, 120);

/** The report for a pull request. */
export function markdownReport(suite: SuiteReport): string {
  const { summary: s } = suite;
  return [
    `## ${cell(suite.application)}: ${suite.passed ? 'passed' : 'failed'}`,
    '',
    `${s.passed} of ${s.total} queries, ${s.passedAssertions} of ${s.totalAssertions} assertions.`,
    '',
    '| Query | Status | ms | Rows | Coverage |',
    '|---|---|---|---|---|',
    ...suite.queries.map(
      (q) =>
        `| ${cell(q.name)} | ${q.status} | ${Math.round(durationOf(q))} | ${q.output.rowCount} | ${q.coverage ? `${q.coverage.covered}/${q.coverage.total}` : ''} |`,
    ),
    '',
    ...suite.queries.flatMap((q) => [
      ...(q.error ? [`* **${cell(q.name)}**: ${cell(q.error.message)}`] : []),
      ...q.assertions
        .filter((a) => !a.passed && !q.error)
        .map((a) => `* **${cell(q.name)}** ${cell(a.message)} (expected ${cell(a.expected)}, actual ${cell(a.actual)})`),
    ]),
    '',
  ].join('\n');
}
