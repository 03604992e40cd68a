import { Button, DashboardPreview, Dialog } from '@velostream/react/ui';
import { type ReactNode, useState } from 'react';
import type { DeployState } from './use-deploy.ts';

const STATE_WORDS = {
  none: '',
  kept: 'its state is kept',
  rebuilt: 'its state is built anew',
  incompatible: 'its state does not fit',
} as const;

/** Says what a deployment would do, and does it when one agrees. */
export function DeployDialog({ deploy }: { readonly deploy: DeployState }): ReactNode {
  const { plan, error, isBusy, confirm, cancel } = deploy;
  const [seesDashboard, setSeesDashboard] = useState(false);
  const isBlocked = (plan?.blockers.length ?? 0) > 0;
  return (
    <Dialog
      isOpen={plan !== null}
      size={seesDashboard ? 'large' : 'medium'}
      title={plan ? `Deploy “${plan.name}”` : ''}
      onClose={cancel}
      footer={
        <>
          {plan?.dashboard && (
            <Button onClick={() => setSeesDashboard(!seesDashboard)}>{seesDashboard ? 'Hide dashboard' : 'Preview dashboard'}</Button>
          )}
          <span className="velo-spacer" />
          <Button onClick={cancel}>Cancel</Button>
          <Button look="primary" icon="rocket" disabled={isBlocked} isPending={isBusy} onClick={() => void confirm()}>
            Deploy
          </Button>
        </>
      }
    >
      {plan && (
        <div className="velo-stack">
          <ul className="studio-plan">
            {plan.jobs.map((job) => (
              <li key={job.name}>
                <strong>{job.name}</strong>
                <span className="velo-muted">
                  {[`${job.action}, ${job.guarantee}`, STATE_WORDS[job.state], job.reason].filter(Boolean).join('; ')}
                </span>
              </li>
            ))}
          </ul>
          <p>
            {`${count(plan.jobs.length, 'job')}, ${count(plan.metrics.length, 'metric')} for Prometheus, ${count(plan.alerts.length, 'alert')}`}
            {plan.dashboard ? `, a dashboard with ${count(plan.dashboard.panels.length, 'panel')}.` : '.'}
          </p>
          {plan.warnings.map((text) => (
            <p key={text} className="velo-note" data-tone="warning">
              {text}
            </p>
          ))}
          {plan.blockers.map((text) => (
            <p key={text} className="velo-note" data-tone="negative">
              {text}
            </p>
          ))}
          {seesDashboard && plan.dashboard && <DashboardPreview dashboard={plan.dashboard} />}
          {error !== null && (
            <p className="velo-note" data-tone="negative" role="alert">
              {error}
            </p>
          )}
        </div>
      )}
    </Dialog>
  );
}

const count = (n: number, what: string): string => `${n} ${what}${n === 1 ? '' : 's'}`;
