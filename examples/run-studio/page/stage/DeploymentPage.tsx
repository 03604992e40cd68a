import type { ArtifactOf } from '@velostream/core/protocol';
import { Artifact, type ArtifactActionHandler, type DeploymentCommand, useDeployments } from '@velostream/react';
import { Button, type IconName, useToasts } from '@velostream/react/ui';
import type { ReactNode } from 'react';
import { DEPLOYMENT_STATES } from '../make-artifact.ts';

export interface DeploymentPageProps {
  readonly artifact: ArtifactOf<'deploy-summary'>;
  readonly onAction: ArtifactActionHandler;
}

type Deployment = ArtifactOf<'deploy-summary'>['data']['deployment'];

const COMMANDS: readonly (readonly [command: DeploymentCommand, label: string, icon: IconName, isOffered: (d: Deployment) => boolean])[] = [
  ['start', 'Start', 'play', (d) => d.status === 'stopped' || d.status === 'failed'],
  ['resume', 'Resume', 'play', (d) => d.status === 'paused' && d.capabilities.resume],
  ['pause', 'Pause', 'pause', (d) => d.status === 'running' && d.capabilities.pause],
  ['stop', 'Stop', 'stop', (d) => d.status !== 'stopped' && d.capabilities.stop],
  ['restart', 'Restart', 'refresh', (d) => d.status === 'running' && d.capabilities.restart],
  ['rollback', 'Roll back', 'clock', (d) => d.version > 1 && d.capabilities.rollback],
];

const tipOf = (command: DeploymentCommand, d: Deployment): string | undefined =>
  command === 'rollback'
    ? `Back to version ${d.version - 1}`
    : command === 'pause' && d.capabilities.savepoint
      ? 'Ends the jobs with a savepoint; Resume goes on from there'
      : undefined;

/** A deployment as it is now, not as it was when it was deployed, with what can be done to it. */
export function DeploymentPage({ artifact, onAction }: DeploymentPageProps): ReactNode {
  const { deployments, pending, run } = useDeployments();
  const { show } = useToasts();
  const { id } = artifact.data.deployment;
  const now = deployments.find((d) => d.id === id) ?? artifact.data.deployment;
  const busy = pending[id];
  const shown = { ...artifact, state: DEPLOYMENT_STATES[now.status], data: { ...artifact.data, deployment: now } };
  return (
    <>
      <div className="studio-commands" role="toolbar" aria-label={`What can be done to ${now.name}`}>
        {COMMANDS.filter(([, , , isOffered]) => isOffered(now)).map(([command, label, icon]) => (
          <Button
            key={command}
            icon={icon}
            title={tipOf(command, now)}
            isPending={busy === command}
            disabled={busy !== undefined}
            onClick={() => void run(id, command).catch((e: Error) => show({ tone: 'negative', text: e.message }))}
          >
            {busy === command ? `${label}…` : label}
          </Button>
        ))}
      </div>
      <Artifact artifact={shown} onAction={onAction} />
    </>
  );
}
