import type { DeploymentStep } from '@velostream/core/protocol/deploy';
import type { ReactNode } from 'react';
import { dataHookOf } from '../artifact/artifact-root.tsx';
import type { ArtifactView } from '../artifact/artifact-view.ts';
import { definePart, type Part } from '../parts/define-part.ts';

const STEP_WORDS: Readonly<Record<DeploymentStep['status'], string>> = {
  pending: 'waiting',
  done: 'done',
  failed: 'failed',
  skipped: 'left out',
};

/** Finished steps that stay open. */
const OPEN_MAX = 4;

/** A checklist that fills while the deployment happens; once nothing waits any more, what is done folds into one line. */
export const DeploySummarySteps: Part<'ol', ArtifactView<'deploy-summary'>> = definePart({
  name: 'DeploySummary.Steps',
  tag: 'ol',
  use: dataHookOf('deploy-summary', 'DeploySummary'),
  own: ({
    artifact: {
      data: { deployment },
    },
  }) => ({ 'aria-label': 'Steps', children: folded(deployment.steps) }),
});

function folded(steps: readonly DeploymentStep[]): ReactNode {
  const done = steps.filter(({ status }) => status === 'done');
  if (done.length <= OPEN_MAX || steps.some(({ status }) => status === 'pending')) return steps.map(stepLine);
  return (
    <>
      {steps.filter(({ status }) => status !== 'done').map(stepLine)}
      <li data-finished={done.length}>
        <details>
          <summary>{`✓ ${done.length} steps done`}</summary>
          <ol aria-label="Finished steps">{done.map(stepLine)}</ol>
        </details>
      </li>
    </>
  );
}

const stepLine = ({ kind, name, title, status, message }: DeploymentStep) => (
  <li key={`${kind}:${name}`} data-kind={kind} data-status={status}>
    <span data-step-name="" title={title === undefined ? undefined : name}>
      {title ?? name}
    </span>{' '}
    <span data-step-status="">{STEP_WORDS[status]}</span>
    {message !== undefined && <span data-step-message="">{message}</span>}
  </li>
);
