import type { SuiteReport, TestReport } from '../../protocol/studio/testing.ts';
import { show } from '../assert/operators.ts';
import { escapeMarkup as esc } from './escape.ts';
import { durationOf } from './render-options.ts';

const seconds = (ms: number): string => (ms / 1000).toFixed(3);

/** JUnit XML: one case per query, one failure per failed assertion. */
export function junitReport(suite: SuiteReport): string {
  const { summary: s } = suite;
  const time = seconds(suite.endedAt - suite.startedAt);
  const name = esc(suite.application);
  return [
    '<?xml version="1.0" encoding="UTF-8"?>',
    `<testsuites name="${name}" tests="${s.total}" failures="${s.failed}" errors="${s.errors}" time="${time}">`,
    `  <testsuite name="${name}" tests="${s.total}" failures="${s.failed}" errors="${s.errors}" skipped="${s.skipped}" time="${time}">`,
    ...suite.queries.flatMap((q) => testCase(q, name)),
    '  </testsuite>',
    '</testsuites>',
    '',
  ].join('\n');
}

function testCase(q: TestReport, application: string): string[] {
  const inner =
    q.status === 'error'
      ? [`      <error message="${esc(q.error?.message ?? 'error')}"/>`]
      : q.status === 'skipped'
        ? ['      <skipped/>']
        : failures(q);
  const open = `    <testcase name="${esc(q.name)}" classname="${application}" time="${seconds(durationOf(q))}"`;
  return inner.length === 0 ? [`${open}/>`] : [`${open}>`, ...inner, '    </testcase>'];
}

const failures = (q: TestReport): string[] =>
  q.assertions
    .filter((a) => !a.passed)
    .map(
      (a) =>
        `      <failure type="${esc(a.type)}" message="${esc(a.message)}">Expected: ${esc(show(a.expected))}\nActual: ${esc(show(a.actual))}</failure>`,
    );
