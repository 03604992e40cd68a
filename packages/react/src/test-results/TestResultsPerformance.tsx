import type { TestReport } from '@velostream/core/protocol/explore';
import { definePart, type Part } from '../parts/define-part.ts';
import { bytesText, countText, durationText, rateText } from '../text/quantity-text.ts';
import { type TestResultsState, useTestResults } from './test-results-state.ts';

function factsOf(reports: readonly TestReport[]): readonly (readonly [string, string])[] {
  const total = (of: (report: TestReport) => number): number => reports.reduce((sum, report) => sum + of(report), 0);
  const memory = Math.max(0, ...reports.map(({ performance }) => performance.memoryPeakBytes ?? 0));
  const records = total(({ inputs }) => Object.values(inputs).reduce((sum, count) => sum + count, 0));
  const ms = total(({ performance }) => performance.executionTimeMs);
  return [
    ['Records', countText(records)],
    ['Rows out', countText(total(({ output }) => output.rowCount))],
    ['Execution', durationText(ms)],
    ...(memory > 0 ? [['Memory peak', bytesText(memory)] as const] : []),
    ['Throughput', rateText(ms > 0 ? (records / ms) * 1_000 : (reports[0]?.performance.recordsPerSecond ?? 0), 'records')],
    ['Seed', String(reports[0]?.seed ?? '–')],
  ];
}

/** Execution time, memory peak, throughput, seed. */
export const TestResultsPerformance: Part<'dl', TestResultsState> = definePart({
  name: 'TestResults.Performance',
  tag: 'dl',
  use: useTestResults,
  own: ({ reports }) => ({
    'aria-label': 'Performance',
    children: factsOf(reports).map(([name, value]) => (
      <div key={name}>
        <dt>{name}</dt>
        <dd>{value}</dd>
      </div>
    )),
  }),
});
