import { TestResultsAssertions } from './TestResultsAssertions.tsx';
import { TestResultsDataGeneration } from './TestResultsDataGeneration.tsx';
import { TestResultsQueries } from './TestResultsQueries.tsx';
import { TestResultsRoot } from './TestResultsRoot.tsx';
import { TestResultsSummary } from './TestResultsSummary.tsx';

interface AppTestResultsParts {
  readonly Root: typeof TestResultsRoot;
  readonly Summary: typeof TestResultsSummary;
  readonly DataGeneration: typeof TestResultsDataGeneration;
  readonly Queries: typeof TestResultsQueries;
  readonly Assertions: typeof TestResultsAssertions;
}

/** Test results of a whole application: one row per query, then the assertions of each. */
export const AppTestResults: AppTestResultsParts = {
  Root: TestResultsRoot,
  Summary: TestResultsSummary,
  DataGeneration: TestResultsDataGeneration,
  Queries: TestResultsQueries,
  Assertions: TestResultsAssertions,
};
