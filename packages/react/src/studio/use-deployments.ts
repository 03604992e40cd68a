import type { Deployment } from '@velostream/core/protocol/deploy';
import type { Studio } from '@velostream/core/protocol/studio';
import { useCallback, useEffect, useMemo, useState } from 'react';
import { toError } from './use-loaded.ts';
import { useStudio } from './use-studio.ts';

export type DeploymentCommand = 'start' | 'stop' | 'pause' | 'resume' | 'restart' | 'rollback' | 'delete';

export interface DeploymentsState {
  readonly status: 'waiting' | 'ready' | 'failed';
  readonly deployments: readonly Deployment[];
  readonly error: Error | null;
  /** What is being done now, by deployment id. */
  readonly pending: Readonly<Record<string, DeploymentCommand>>;
  run(id: string, command: DeploymentCommand, job?: string): Promise<void>;
  refresh(): Promise<void>;
}

const POLL_MS = 2_000;

/** Deployments with their state and metrics, read again every two seconds while the page is seen. */
export function useDeployments({ pollMs = POLL_MS }: { readonly pollMs?: number } = {}): DeploymentsState {
  const studio = useStudio();
  const [state, setState] = useState<Pick<DeploymentsState, 'status' | 'deployments' | 'error'>>(NOTHING);
  const [pending, setPending] = useState<Readonly<Record<string, DeploymentCommand>>>({});

  const refresh = useCallback(async () => {
    try {
      const deployments = await studio.deployments.list();
      setState({ status: 'ready', deployments, error: null });
    } catch (reason) {
      // What was seen last stays on the page; the error says that it is no longer fresh.
      setState(({ deployments }) => ({ status: 'failed', deployments, error: toError(reason) }));
    }
  }, [studio]);

  useEffect(() => {
    void refresh();
    const timer = setInterval(() => document.visibilityState !== 'hidden' && void refresh(), pollMs);
    return () => clearInterval(timer);
  }, [refresh, pollMs]);

  const run = useCallback(
    async (id: string, command: DeploymentCommand, job?: string) => {
      setPending((all) => ({ ...all, [id]: command }));
      try {
        await perform(studio, id, command, job);
      } finally {
        setPending(({ [id]: _, ...rest }) => rest);
        await refresh();
      }
    },
    [studio, refresh],
  );
  return useMemo(() => ({ ...state, pending, run, refresh }), [state, pending, run, refresh]);
}

const NOTHING = { status: 'waiting', deployments: [], error: null } as const;

function perform({ deployments }: Studio, id: string, command: DeploymentCommand, job?: string): Promise<unknown> {
  if (command === 'delete') return deployments.delete(id);
  if (command === 'rollback') return deployments.rollback(id);
  return deployments[command](id, job);
}
