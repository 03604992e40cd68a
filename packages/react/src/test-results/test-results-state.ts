import type { SuiteReport, TestReport } from '@velostream/core/protocol/explore';
import { dataHookOf } from '../artifact/artifact-root.tsx';
import type { ArtifactView } from '../artifact/artifact-view.ts';

export interface TestResultsState {
  readonly view: ArtifactView<'test-results'>;
  /** All queries of a run; one where a single query was tested. */
  readonly reports: readonly TestReport[];
  readonly suite: SuiteReport | null;
  readonly passed: boolean;
  readonly assertionsPassed: number;
  readonly assertionsTotal: number;
}

const useView = dataHookOf('test-results', 'TestResults');

export function useTestResults(part: string): TestResultsState {
  const view = useView(part);
  const { data } = view.artifact;
  const suite = 'suite' in data ? data.suite : null;
  const reports = 'suite' in data ? data.suite.queries : [data.report];
  const assertions = reports.flatMap((report) => report.assertions);
  return {
    view,
    suite,
    reports,
    passed: reports.every((report) => report.passed),
    assertionsPassed: assertions.filter(({ passed }) => passed).length,
    assertionsTotal: assertions.length,
  };
}

/** What came out in one sentence: `2 of 5 assertions failed: the join never matches`. */
export function summaryOf({ reports, passed, assertionsPassed, assertionsTotal }: TestResultsState): string {
  const broken = reports.find(({ error }) => error);
  if (broken?.error) return `The test could not run: ${broken.error.message}`;
  const failed = assertionsTotal - assertionsPassed;
  if (passed)
    return assertionsTotal === 0
      ? 'It ran; nothing was asserted'
      : assertionsTotal === 1
        ? 'The assertion passed'
        : `All ${assertionsTotal} assertions passed`;
  const why = reports.map(({ analysis }) => analysis?.rootCause ?? analysis?.summary).find((text) => text !== undefined);
  const first = reports.flatMap(({ assertions }) => assertions).find((assertion) => !assertion.passed)?.message;
  const which = assertionsTotal === 1 ? 'The assertion' : `${failed} of ${assertionsTotal} assertions`;
  return `${which} failed: ${why ?? first ?? 'see below'}`;
}
