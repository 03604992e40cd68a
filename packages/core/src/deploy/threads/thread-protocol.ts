import type { ActiveAlert, DeploymentStep, Job, LogLine, TargetCapabilities, TargetRequest } from '../../protocol/studio/deployment.ts';

/** What the host asks of a thread. */
export type ThreadAction = 'start' | 'stop' | 'pause' | 'resume' | 'restart' | 'remove' | 'close' | 'logs';

export type ThreadCall =
  | { readonly id: number; readonly action: 'deploy'; readonly request: TargetRequest }
  | { readonly id: number; readonly action: ThreadAction; readonly job?: string; readonly limit?: number };

/** How the deployment of a thread stands; sent after every call and at intervals. */
export interface ThreadState {
  readonly jobs: readonly Job[];
  readonly alerts: readonly ActiveAlert[];
  readonly steps: readonly DeploymentStep[];
  readonly metricsText: string;
}

export interface ThreadFailure {
  readonly code: string;
  readonly reason: string;
  readonly message: string;
  readonly hint?: string;
}

export type ThreadAnswer =
  | { readonly kind: 'ready'; readonly capabilities: TargetCapabilities }
  | { readonly kind: 'state'; readonly state: ThreadState }
  | { readonly kind: 'done'; readonly id: number; readonly state: ThreadState | null; readonly logs?: readonly LogLine[] }
  | { readonly kind: 'failed'; readonly id: number; readonly error: ThreadFailure };
