import { useCallback, useMemo, useSyncExternalStore } from 'react';
import { type DeploymentCommand, type DeploymentsState, deploymentsStore, NO_DEPLOYMENTS } from './deployments-store.ts';
import { useStudio } from './use-studio.ts';

export type { DeploymentCommand, DeploymentsState };

const POLL_MS = 2_000;

/**
 * Deployments on every target with their state and metrics, read again every two seconds while the page is seen. All components of a studio that ask
 * have the same answer at the same moment.
 */
export function useDeployments({ pollMs = POLL_MS }: { readonly pollMs?: number } = {}): DeploymentsState {
  const store = deploymentsStore(useStudio());
  const snapshot = useSyncExternalStore(
    useCallback((listener: () => void) => store.subscribe(pollMs, listener), [store, pollMs]),
    store.current,
    () => NO_DEPLOYMENTS,
  );
  return useMemo(() => ({ ...snapshot, run: store.run, refresh: store.refresh }), [snapshot, store]);
}
