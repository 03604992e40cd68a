import type { Deployment } from '@velostream/core/protocol/deploy';
import { type ReactNode, useState } from 'react';
import { type JobFigure, JobFigures, JobHead, JobName, JobReasons } from '../../job-cells/job-cells.tsx';
import type { DeploymentCommand } from '../../studio/use-deployments.ts';
import { pluralText } from '../../text/quantity-text.ts';
import { TimeAgo } from '../../text/TimeAgo.tsx';
import { webAddress } from '../../text/web-address.ts';
import { Button } from '../controls/Button.tsx';
import { Dialog } from '../controls/Dialog.tsx';
import { Menu } from '../controls/Menu.tsx';
import { ScrollRegion } from '../controls/ScrollRegion.tsx';
import { StateChip } from '../controls/StateChip.tsx';

export interface PipelineStatusProps {
  readonly deployment: Deployment;
  readonly pending?: DeploymentCommand | undefined;
  readonly onCommand: (command: DeploymentCommand, job?: string) => void;
  readonly onEditNotebook?: (() => void) | undefined;
  readonly onViewDashboard?: (() => void) | undefined;
}

/** A deployment at a glance: state, rate, latency and alerts of each job, and what can be done. */
export function PipelineStatus({ deployment, pending, onCommand, onEditNotebook, onViewDashboard }: PipelineStatusProps): ReactNode {
  const [isDeleting, setIsDeleting] = useState(false);
  const { name, version, target, status, jobs, activeAlerts, deployedAt, capabilities: can } = deployment;
  const isStopped = status === 'stopped';
  const grafana = webAddress(deployment.dashboardUrl);
  const offer = (command: DeploymentCommand, isPossible: boolean) =>
    isPossible && pending === undefined ? () => onCommand(command) : null;
  return (
    <section className="velo-card" aria-label={name} data-status={status}>
      <header className="velo-card-header">
        <h3 className="velo-card-title">{name}</h3>
        <span className="velo-muted">{`v${version} on ${target}`}</span>
        <StateChip state={status} />
        <div className="velo-actions">
          {isStopped ? (
            <Button icon="play" isPending={pending === 'start'} onClick={() => onCommand('start')}>
              Start
            </Button>
          ) : (
            <Button
              icon="stop"
              isPending={pending === 'stop'}
              disabled={!can.stop || pending !== undefined}
              onClick={() => onCommand('stop')}
            >
              Stop
            </Button>
          )}
          <Button
            icon="refresh"
            isPending={pending === 'restart'}
            disabled={!can.restart || pending !== undefined}
            onClick={() => onCommand('restart')}
          >
            Restart
          </Button>
          <Menu
            label={`More about ${name}`}
            items={[
              { key: 'pause', label: 'Pause', icon: 'pause', onSelect: offer('pause', can.pause && status === 'running') },
              { key: 'resume', label: 'Resume', icon: 'play', onSelect: offer('resume', can.resume && status === 'paused') },
              {
                key: 'rollback',
                label: 'Back to the version before',
                icon: 'refresh',
                onSelect: offer('rollback', can.rollback && version > 1),
              },
              ...(onEditNotebook ? [{ key: 'edit', label: 'Edit notebook', icon: 'edit' as const, onSelect: onEditNotebook }] : []),
              { key: 'delete', label: 'Delete…', icon: 'trash', onSelect: () => setIsDeleting(true) },
            ]}
          />
        </div>
      </header>
      <div className="velo-card-body velo-stack">
        <p className="velo-muted">
          deployed <TimeAgo at={deployedAt} />
          {activeAlerts.length > 0 && `, ${pluralText(activeAlerts.filter(({ state }) => state === 'firing').length, 'alert')} firing`}
        </p>
        <ScrollRegion label={`Jobs of ${name}`}>
          <JobTable deployment={deployment} />
        </ScrollRegion>
        <div className="velo-toolbar">
          {grafana !== undefined && (
            <a className="velo-button" href={grafana} target="_blank" rel="noreferrer">
              Open in Grafana
            </a>
          )}
          {onViewDashboard && deployment.dashboard && (
            <Button icon="dashboard" onClick={onViewDashboard}>
              View dashboard
            </Button>
          )}
        </div>
      </div>
      <Dialog isOpen={isDeleting} title={`Delete ${name}`} size="small" onClose={() => setIsDeleting(false)}>
        <p>{`This stops ${jobs.length} jobs and deletes their state. The notebook stays.`}</p>
        <div className="velo-toolbar">
          <span className="velo-spacer" />
          <Button data-first="" onClick={() => setIsDeleting(false)}>
            Keep it
          </Button>
          <Button
            look="danger"
            onClick={() => {
              setIsDeleting(false);
              onCommand('delete');
            }}
          >
            {`Delete ${jobs.length} jobs and their state`}
          </Button>
        </div>
      </Dialog>
    </section>
  );
}

const FIGURES: readonly JobFigure[] = ['records', 'rate', 'p99', 'uptime'];

const JobTable = ({ deployment: { jobs } }: { readonly deployment: Deployment }): ReactNode => (
  <table className="velo-table velo-lines">
    <JobHead state="Status" figures={FIGURES} />
    <tbody>
      {jobs.map((job) => (
        <tr key={job.id} data-health={job.health}>
          <th scope="row">
            <JobName job={job} />
          </th>
          <td data-state={job.status}>
            <StateChip state={job.health === 'healthy' || job.health === 'unknown' ? job.status : job.health}>{job.status}</StateChip>
            <JobReasons of={job.healthReasons} told={`it is ${job.status}`} />
          </td>
          <JobFigures job={job} figures={FIGURES} />
        </tr>
      ))}
    </tbody>
  </table>
);
