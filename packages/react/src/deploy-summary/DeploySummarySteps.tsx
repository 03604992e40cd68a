import type { DeploymentStep } from '@velostream/core/protocol/deploy';
import { dataHookOf } from '../artifact/artifact-root.tsx';
import type { ArtifactView } from '../artifact/artifact-view.ts';
import { definePart, type Part } from '../parts/define-part.ts';

const STEP_WORDS: Readonly<Record<DeploymentStep['status'], string>> = {
  pending: 'waiting',
  done: 'done',
  failed: 'failed',
  skipped: 'left out',
};

/** A checklist that fills while the deployment happens. */
export const DeploySummarySteps: Part<'ol', ArtifactView<'deploy-summary'>> = definePart({
  name: 'DeploySummary.Steps',
  tag: 'ol',
  use: dataHookOf('deploy-summary', 'DeploySummary'),
  own: ({
    artifact: {
      data: { deployment },
    },
  }) => ({
    'aria-label': 'Steps',
    children: deployment.steps.map((step) => (
      <li key={`${step.kind}:${step.name}`} data-kind={step.kind} data-status={step.status}>
        <span data-step-name="">{step.name}</span> <span data-step-status="">{STEP_WORDS[step.status]}</span>
        {step.message !== undefined && <span data-step-message="">{step.message}</span>}
      </li>
    )),
  }),
});
