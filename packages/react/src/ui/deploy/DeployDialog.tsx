import type { DeployPlan } from '@velostream/core/protocol/deploy';
import { type ReactNode, useEffect, useMemo, useState } from 'react';
import { toError, useLoaded } from '../../studio/use-loaded.ts';
import { Button } from '../controls/Button.tsx';
import { Dialog } from '../controls/Dialog.tsx';
import { Skeleton } from '../controls/Skeleton.tsx';
import { LiveDashboard } from '../dashboard/LiveDashboard.tsx';
import { DeployPreview } from './DeployPreview.tsx';

export interface DeployChoice {
  readonly name: string;
  readonly target: string;
  readonly deployDashboard: boolean;
  readonly deployAlerts: boolean;
}

export interface DeployDialogProps {
  readonly isOpen: boolean;
  readonly name: string;
  /** Targets by name; the first one is chosen. */
  readonly targets?: readonly string[] | undefined;
  /** SQL of the queries, for a preview of the dashboard. */
  readonly sql?: readonly string[] | undefined;
  /** Finds out what would happen; must be the same function between renders. */
  readonly plan: (choice: DeployChoice) => Promise<DeployPlan>;
  /** Does exactly what the plan says: its hash goes with the request. */
  readonly onDeploy: (choice: DeployChoice, planHash: string) => Promise<unknown>;
  readonly onClose: () => void;
}

const EMBEDDED: readonly string[] = ['embedded'];
const NO_SQL: readonly string[] = [];

/** Says how many jobs, metrics, alerts and dashboards there will be; shows the dashboard; deploys what was shown. */
export function DeployDialog(props: DeployDialogProps): ReactNode {
  return (
    <Dialog isOpen={props.isOpen} title={`Deploy ${props.name}`} onClose={props.onClose} size="large">
      <DeployForm {...props} />
    </Dialog>
  );
}

function DeployForm({ name: given, targets = EMBEDDED, sql = NO_SQL, plan: findPlan, onDeploy, onClose }: DeployDialogProps): ReactNode {
  const [choice, setChoice] = useState<DeployChoice>({
    name: given,
    target: targets[0] ?? 'embedded',
    deployDashboard: true,
    deployAlerts: true,
  });
  const settled = useAfterTyping(choice);
  const load = useMemo(() => () => findPlan(settled), [findPlan, settled]);
  const plan = useLoaded(load);
  const [isDashboardShown, setIsDashboardShown] = useState(false);
  const [isBusy, setIsBusy] = useState(false);
  const [failure, setFailure] = useState<string | null>(null);
  const isCurrent = settled === choice && plan.status === 'ready';

  const deploy = async (): Promise<void> => {
    if (plan.status !== 'ready') return;
    setIsBusy(true);
    setFailure(null);
    try {
      await onDeploy(settled, plan.value.hash);
      onClose();
    } catch (reason) {
      setFailure(toError(reason).message);
    } finally {
      setIsBusy(false);
    }
  };
  return (
    <>
      <ChoiceFields choice={choice} targets={targets} onChoose={setChoice} />
      {plan.status === 'waiting' && <Skeleton lines={5} label="Finding out what would happen" />}
      {plan.status === 'failed' && (
        <p role="alert" className="velo-note" data-tone="negative">
          {plan.error.message}
        </p>
      )}
      {plan.status === 'ready' && <DeployPreview plan={plan.value} />}
      {isDashboardShown && plan.status === 'ready' && plan.value.dashboard && <LiveDashboard dashboard={plan.value.dashboard} sql={sql} />}
      {failure !== null && (
        <p role="alert" className="velo-note" data-tone="negative">
          {failure}
        </p>
      )}
      <div className="velo-toolbar">
        {plan.status === 'ready' && plan.value.dashboard && (
          <Button icon="dashboard" aria-expanded={isDashboardShown} onClick={() => setIsDashboardShown(!isDashboardShown)}>
            Preview dashboard
          </Button>
        )}
        <span className="velo-spacer" />
        <Button onClick={onClose}>Cancel</Button>
        <Button
          look="primary"
          icon="rocket"
          isPending={isBusy}
          disabled={!isCurrent || (plan.status === 'ready' && plan.value.blockers.length > 0)}
          onClick={() => void deploy()}
        >
          Deploy
        </Button>
      </div>
    </>
  );
}

interface ChoiceFieldsProps {
  readonly choice: DeployChoice;
  readonly targets: readonly string[];
  onChoose(choice: DeployChoice): void;
}

/** The name, the target, and what is deployed along with the jobs. */
function ChoiceFields({ choice, targets, onChoose }: ChoiceFieldsProps): ReactNode {
  return (
    <div className="velo-fields">
      <label className="velo-field">
        Name
        <input className="velo-input" value={choice.name} onChange={(event) => onChoose({ ...choice, name: event.currentTarget.value })} />
      </label>
      <label className="velo-field">
        Where
        <select
          className="velo-select"
          value={choice.target}
          onChange={(event) => onChoose({ ...choice, target: event.currentTarget.value })}
        >
          {targets.map((target) => (
            <option key={target}>{target}</option>
          ))}
        </select>
      </label>
      <label className="velo-check">
        <input
          type="checkbox"
          checked={choice.deployAlerts}
          onChange={(event) => onChoose({ ...choice, deployAlerts: event.currentTarget.checked })}
        />
        Alert rules
      </label>
      <label className="velo-check">
        <input
          type="checkbox"
          checked={choice.deployDashboard}
          onChange={(event) => onChoose({ ...choice, deployDashboard: event.currentTarget.checked })}
        />
        Dashboard
      </label>
    </div>
  );
}

const TYPING_MS = 300;

/** The choice once nothing changes for a moment: a plan is not found for each letter of a name. */
function useAfterTyping(choice: DeployChoice): DeployChoice {
  const [settled, setSettled] = useState(choice);
  useEffect(() => {
    const timer = setTimeout(() => setSettled(choice), TYPING_MS);
    return () => clearTimeout(timer);
  }, [choice]);
  return settled;
}
