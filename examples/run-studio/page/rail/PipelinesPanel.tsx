import type { Artifact } from '@velostream/core/protocol';
import type { Deployment } from '@velostream/core/protocol/deploy';
import { type DeploymentCommand, useDeployments } from '@velostream/react';
import { Button, Menu, StateChip, useToasts } from '@velostream/react/ui';
import type { ReactNode } from 'react';
import { DEPLOYMENT_STATES, deploymentArtifact } from '../make-artifact.ts';

interface PipelinesPanelProps {
  readonly onShow: (artifact: Artifact) => void;
  readonly onHealth: () => void;
}

/** What is deployed: status and rate of each pipeline, and what can be done to it. */
export function PipelinesPanel({ onShow, onHealth }: PipelinesPanelProps): ReactNode {
  const { deployments, status, error, run, pending } = useDeployments();
  const { show } = useToasts();
  const act = (d: Deployment, command: DeploymentCommand) => () =>
    void run(d.id, command).catch((e: Error) => show({ tone: 'negative', text: e.message }));
  return (
    <>
      <header className="studio-drawer-head">
        <h2>Pipelines</h2>
        {deployments.length > 0 && <Button onClick={onHealth}>Health</Button>}
      </header>
      {error && (
        <p className="velo-note" data-tone="negative">
          {error.message}
        </p>
      )}
      {status === 'ready' && deployments.length === 0 && (
        <p className="velo-muted studio-pad">Nothing is deployed. Ask “deploy it” when a query or an application does what you want.</p>
      )}
      <ul className="studio-items">
        {deployments.map((d) => (
          <li key={d.id}>
            <button type="button" className="studio-item" data-lines="2" onClick={() => onShow(deploymentArtifact(d))}>
              <span>{d.name}</span>
              <StateChip state={DEPLOYMENT_STATES[d.status]}>{pending[d.id] ?? d.status}</StateChip>
              <span className="velo-muted velo-number">{`${Math.round(d.jobs.reduce((n, j) => n + j.metrics.recordsPerSecond, 0)).toLocaleString('en')}/s`}</span>
            </button>
            <Menu
              label={`Actions for ${d.name}`}
              items={[
                { key: 'start', label: 'Start', icon: 'play', onSelect: d.status === 'running' ? null : act(d, 'start') },
                {
                  key: 'stop',
                  label: 'Stop',
                  icon: 'stop',
                  onSelect: d.capabilities.stop && d.status !== 'stopped' ? act(d, 'stop') : null,
                },
                {
                  key: 'pause',
                  label: 'Pause',
                  icon: 'pause',
                  onSelect: d.capabilities.pause && d.status === 'running' ? act(d, 'pause') : null,
                },
                {
                  key: 'resume',
                  label: 'Resume',
                  icon: 'play',
                  onSelect: d.capabilities.resume && d.status === 'paused' ? act(d, 'resume') : null,
                },
                { key: 'restart', label: 'Restart', icon: 'refresh', onSelect: d.capabilities.restart ? act(d, 'restart') : null },
                {
                  key: 'rollback',
                  label: 'Roll back to the version before',
                  icon: 'clock',
                  onSelect: d.capabilities.rollback && d.version > 1 ? act(d, 'rollback') : null,
                },
                { key: 'delete', label: `Delete “${d.name}” and its state`, icon: 'trash', onSelect: act(d, 'delete') },
              ]}
            />
          </li>
        ))}
      </ul>
    </>
  );
}
