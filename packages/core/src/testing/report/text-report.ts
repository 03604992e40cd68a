import type { AssertionResult, SuiteReport, TestReport } from '../../protocol/studio/testing.ts';
import { show } from '../assert/operators.ts';
import { coverageText } from '../coverage/coverage-text.ts';
import { durationOf, type RenderOptions } from './render-options.ts';

const ICONS = { passed: '✓', failed: '✗', error: '!', skipped: '-' } as const;
const COLORS = { passed: 32, failed: 31, error: 31, skipped: 33 } as const;

/** Keeps a value on one line of bounded length. */
const short = (value: unknown, max = 200): string => {
  const text = show(value);
  return text.length > max ? `${text.slice(0, max)}…` : text;
};
const ms = (n: number): string => `${n < 10 ? n.toFixed(1) : Math.round(n)} ms`;

/** The report for people. */
export function textReport(suite: SuiteReport, o: RenderOptions): string {
  const paint = (text: string, code: number): string => (o.color ? `\x1b[${code}m${text}\x1b[0m` : text);
  const { summary: s } = suite;
  const lines = [
    `${suite.application} · run ${suite.runId} · ${ms(suite.endedAt - suite.startedAt)}`,
    `queries: ${s.passed} of ${s.total} passed${s.skipped > 0 ? `, ${s.skipped} skipped` : ''} · assertions: ${s.passedAssertions} of ${s.totalAssertions} passed`,
    '',
    ...suite.queries.flatMap((q) => queryLines(q, o, paint)),
    ...(o.verbose ? verboseLines(suite) : []),
    suite.passed ? paint('all passed', 32) : paint(`${s.failed} failed, ${s.errors} with errors`, 31),
    '',
  ];
  return lines.join('\n');
}

type Paint = (text: string, code: number) => string;

function queryLines(q: TestReport, o: RenderOptions, paint: Paint): string[] {
  const lines = [paint(`${ICONS[q.status]} ${q.name}`, COLORS[q.status]) + ` (${ms(durationOf(q))})`];
  if (q.error) lines.push(`  ${q.error.code}: ${q.error.message}`, ...(q.error.hint ? [`  hint: ${q.error.hint}`] : []));
  else if (q.status !== 'skipped')
    lines.push(`  in: ${countsText(q.inputs)} · out: ${q.output.rowCount} ${q.output.rowCount === 1 ? 'row' : 'rows'} · seed ${q.seed}`);
  if (q.coverage) lines.push(`  plan coverage: ${o.verbose ? `${q.coverage.covered} of ${q.coverage.total}` : coverageText(q.coverage)}`);
  if (q.coverage && o.verbose) for (const m of q.coverage.missing) lines.push(`    not reached: ${m.text}`);
  if (!q.error) for (const a of q.assertions) lines.push(...assertionLines(a, paint));
  for (const alert of q.alerts ?? []) lines.push(`  alert ${alert.name}: ${alert.fired} of ${q.output.rowCount} rows (${alert.condition})`);
  for (const w of q.warnings ?? []) lines.push(`  warning: ${w}`);
  if (q.analysis) lines.push(...analysisLines(q.analysis));
  return [...lines, ''];
}

const countsText = (counts: Readonly<Record<string, number>>): string =>
  Object.entries(counts)
    .map(([name, n]) => `${name} ${n}`)
    .join(', ') || 'nothing';

function assertionLines(a: AssertionResult, paint: Paint): string[] {
  const head = `  ${a.passed ? paint(a.skipped ? '-' : '✓', a.skipped ? 33 : 32) : paint('✗', 31)} ${a.message.replaceAll('\n', '\n    ')}`;
  return a.passed ? [head] : [head, `    expected: ${short(a.expected)}`, `    actual:   ${short(a.actual)}`];
}

function analysisLines(analysis: NonNullable<TestReport['analysis']>): string[] {
  return [
    `  why: ${analysis.summary}`,
    ...(analysis.rootCause ? [`  cause: ${analysis.rootCause}`] : []),
    ...analysis.suggestions.map((s, i) => `  ${i + 1}. ${s}`),
    ...analysis.fixes.map(
      (f) =>
        `  ${f.verified && f.passed === f.total ? 'tried, passes' : f.verified ? `tried, ${f.passed} of ${f.total} pass` : 'not tried'}: ${f.title}`,
    ),
  ];
}

function verboseLines(suite: SuiteReport): string[] {
  const slowest = [...suite.queries].sort((a, b) => durationOf(b) - durationOf(a))[0];
  const memory = suite.queries.map((q) => q.performance.memoryPeakBytes ?? 0).reduce((a, b) => Math.max(a, b), 0);
  const data = suite.dataGeneration;
  const advice = suite.queries.flatMap((q) =>
    q.coverage && q.coverage.ratio < 0.9
      ? [`${q.name}: add data for ${q.coverage.missing.length} places that no row reached, or set derive: true`]
      : [],
  );
  return [
    'details',
    ...(data ? [`  data: ${data.recordsGenerated} records for ${data.sources.join(', ')}`] : []),
    ...(data && data.foreignKeyMatches.length > 0 ? [`  foreign keys: ${data.foreignKeyMatches.join(', ')}`] : []),
    ...(slowest
      ? [`  slowest query: ${slowest.name} (${ms(durationOf(slowest))}, ${slowest.performance.recordsPerSecond} records/s)`]
      : []),
    ...(memory > 0 ? [`  memory peak: ${Math.round(memory / 1024 / 1024)} MB`] : []),
    ...advice.map((a) => `  advice: ${a}`),
    '',
  ];
}
