import type { DeployPlan } from '@velostream/core/protocol/deploy';
import { StateChip } from '@velostream/react/ui';
import type { ReactNode } from 'react';

const VERDICTS = {
  same: ['passed', 'the same'],
  different: ['warning', 'with a difference'],
  refused: ['failed', 'not there'],
} as const;

/** What a target with a language of its own makes of each statement. */
export function StatementTable({ plan }: { readonly plan: DeployPlan }): ReactNode {
  const { statements = [], jobs, target } = plan;
  if (statements.length === 0) return null;
  const nameOf = (id: string): string => {
    const job = jobs.find(({ queryId }) => queryId === id);
    return job?.title ?? job?.name ?? id;
  };
  return (
    <div className="velo-scroll">
      <table className="velo-table velo-lines studio-statements" aria-label={`Statements on ${target}`}>
        <thead>
          <tr>
            <th scope="col">Statement</th>
            <th scope="col">{`On ${target}`}</th>
            <th scope="col">Why</th>
          </tr>
        </thead>
        <tbody>
          {statements.map(({ queryId, span, verdict, reasons }) => {
            const [state, word] = VERDICTS[verdict];
            return (
              <tr key={`${queryId}:${span.start}`} data-verdict={verdict}>
                <th scope="row">{nameOf(queryId)}</th>
                <td data-state={verdict}>
                  <StateChip state={state}>{word}</StateChip>
                </td>
                <td>{reasons.length === 0 ? 'Equal results' : reasons.join(' ')}</td>
              </tr>
            );
          })}
        </tbody>
      </table>
    </div>
  );
}
