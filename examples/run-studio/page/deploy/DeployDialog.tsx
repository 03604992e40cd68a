import type { DeployPlan } from '@velostream/core/protocol/deploy';
import { Button, DashboardPreview, Dialog, Segments } from '@velostream/react/ui';
import { type ReactNode, useState } from 'react';
import { StatementTable } from './StatementTable.tsx';
import type { DeployState } from './use-deploy.ts';

const STATE_WORDS = {
  none: '',
  kept: 'its state is kept',
  rebuilt: 'its state is built anew',
  incompatible: 'its state does not fit',
} as const;

const ACTION_WORDS = {
  create: 'starts',
  replace: 'replaces the running version',
  keep: 'stays as it is',
  remove: 'is taken away',
} as const;
const TARGET_WORDS: Readonly<Record<string, string>> = { embedded: 'This process', flink: 'Apache Flink' };

/** What the table of statements says already. */
const isTold = ({ statements = [] }: DeployPlan, text: string): boolean =>
  statements.some(({ reasons }) => reasons.some((reason) => text.includes(reason)));

/** Says what a deployment would do, and does it when one agrees. */
export function DeployDialog({ deploy }: { readonly deploy: DeployState }): ReactNode {
  const { plan, targets, error, isBusy, isPlanning, choose, confirm, cancel } = deploy;
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
          <Button look="primary" icon="rocket" disabled={isBlocked || isPlanning} isPending={isBusy} onClick={() => void confirm()}>
            {isBusy ? 'Deploying…' : 'Deploy'}
          </Button>
        </>
      }
    >
      {plan && (
        <div className="velo-stack" aria-busy={isPlanning}>
          {targets.length > 1 && (
            <Segments
              label="Where to"
              value={plan.target}
              options={targets.map(({ name }) => ({ value: name, label: TARGET_WORDS[name] ?? name }))}
              onChange={(name) => void choose(name)}
            />
          )}
          <ul className="studio-plan">
            {plan.jobs.map((job) => (
              <li key={job.name}>
                <strong title={job.name}>{job.title ?? job.name}</strong>
                <span className="velo-muted">
                  {[ACTION_WORDS[job.action], job.guarantee === 'none' ? '' : job.guarantee, STATE_WORDS[job.state], job.reason]
                    .filter(Boolean)
                    .join('; ')}
                </span>
              </li>
            ))}
          </ul>
          <p>
            {`${count(plan.jobs.length, 'job')}, ${count(plan.metrics.length, 'metric')} for Prometheus, ${count(plan.alerts.length, 'alert')}`}
            {plan.dashboard ? `, a dashboard with ${count(plan.dashboard.panels.length, 'panel')}.` : '.'}
          </p>
          <StatementTable plan={plan} />
          {plan.warnings
            .filter((text) => !isTold(plan, text))
            .map((text) => (
              <p key={text} className="velo-note" data-tone="warning">
                {text}
              </p>
            ))}
          {plan.blockers
            .filter((text) => !isTold(plan, text))
            .map((text) => (
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
