import type { ReactNode } from 'react';
import { TestResults } from '../../test-results/test-results.ts';
import { useTestResults } from '../../test-results/test-results-state.ts';
import { Icon } from '../controls/Icon.tsx';
import { ScrollRegion } from '../controls/ScrollRegion.tsx';

/** One sentence first; then the assertions, what differs, why, and what can be done. */
export function TestResultsArtifact(): ReactNode {
  return (
    <TestResults.Root className="velo-tests">
      <Verdict />
      <TestResults.DataGeneration className="velo-muted" />
      <TestResults.Queries
        className="velo-table velo-lines"
        render={(props) => (
          <ScrollRegion label="Queries of the application">
            <table {...props} />
          </ScrollRegion>
        )}
      />
      <TestResults.Assertions className="velo-assertions" />
      <TestResults.Diff
        className="velo-table velo-diff"
        render={(props) => (
          <ScrollRegion label="Cells that differ">
            <table {...props} />
          </ScrollRegion>
        )}
      />
      <TestResults.Analysis className="velo-note" data-tone="neutral" />
      <TestResults.Fixes className="velo-fixes" />
      <TestResults.Performance className="velo-facts" />
    </TestResults.Root>
  );
}

function Verdict(): ReactNode {
  const { passed } = useTestResults('TestResultsArtifact');
  return (
    <div className="velo-verdict" data-tone={passed ? 'positive' : 'negative'}>
      <Icon name={passed ? 'check' : 'cross'} size={20} />
      <TestResults.Summary />
    </div>
  );
}
