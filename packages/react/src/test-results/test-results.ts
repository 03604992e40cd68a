import { TestResultsAddAssertions } from './TestResultsAddAssertions.tsx';
import { TestResultsAnalysis } from './TestResultsAnalysis.tsx';
import { TestResultsAssertions } from './TestResultsAssertions.tsx';
import { TestResultsDataGeneration } from './TestResultsDataGeneration.tsx';
import { TestResultsDiff } from './TestResultsDiff.tsx';
import { TestResultsFixes } from './TestResultsFixes.tsx';
import { TestResultsIgnore } from './TestResultsIgnore.tsx';
import { TestResultsPerformance } from './TestResultsPerformance.tsx';
import { TestResultsQueries } from './TestResultsQueries.tsx';
import { TestResultsRegenerateData } from './TestResultsRegenerateData.tsx';
import { TestResultsRoot } from './TestResultsRoot.tsx';
import { TestResultsSummary } from './TestResultsSummary.tsx';
import { TestResultsViewReport } from './TestResultsViewReport.tsx';

interface TestResultsParts {
  readonly Root: typeof TestResultsRoot;
  readonly Summary: typeof TestResultsSummary;
  readonly Assertions: typeof TestResultsAssertions;
  readonly Performance: typeof TestResultsPerformance;
  readonly Analysis: typeof TestResultsAnalysis;
  readonly Fixes: typeof TestResultsFixes;
  readonly Diff: typeof TestResultsDiff;
  readonly Queries: typeof TestResultsQueries;
  readonly DataGeneration: typeof TestResultsDataGeneration;
  readonly RegenerateData: typeof TestResultsRegenerateData;
  readonly Ignore: typeof TestResultsIgnore;
  readonly ViewReport: typeof TestResultsViewReport;
  readonly AddAssertions: typeof TestResultsAddAssertions;
}

/**
 * What a test found: the sentence first, then the proof, then what can be done.
 *
 * @example
 * <TestResults.Root artifact={artifact}><TestResults.Summary /><TestResults.Assertions /><TestResults.Fixes /></TestResults.Root>
 */
export const TestResults: TestResultsParts = {
  Root: TestResultsRoot,
  Summary: TestResultsSummary,
  Assertions: TestResultsAssertions,
  Performance: TestResultsPerformance,
  Analysis: TestResultsAnalysis,
  Fixes: TestResultsFixes,
  Diff: TestResultsDiff,
  Queries: TestResultsQueries,
  DataGeneration: TestResultsDataGeneration,
  RegenerateData: TestResultsRegenerateData,
  Ignore: TestResultsIgnore,
  ViewReport: TestResultsViewReport,
  AddAssertions: TestResultsAddAssertions,
};
