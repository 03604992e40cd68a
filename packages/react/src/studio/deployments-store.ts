import type { Deployment } from '@velostream/core/protocol/deploy';
import type { Studio } from '@velostream/core/protocol/studio';
import { toError } from './use-loaded.ts';

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

/** What is deployed, as it was read last. */
export type DeploymentsSnapshot = Omit<DeploymentsState, 'run' | 'refresh'>;

export interface DeploymentsStore {
  /** Reads at once, and then every `pollMs` of the most impatient listener while the page is seen. */
  subscribe(pollMs: number, listener: () => void): () => void;
  current(): DeploymentsSnapshot;
  readonly refresh: DeploymentsState['refresh'];
  readonly run: DeploymentsState['run'];
}

export const NO_DEPLOYMENTS: DeploymentsSnapshot = Object.freeze({ status: 'waiting', deployments: [], error: null, pending: {} });
const stores = new WeakMap<Studio, DeploymentsStore>();

/** The deployments of a studio: one reading for all that show them, so that two places of a page never tell two states. */
export function deploymentsStore(studio: Studio): DeploymentsStore {
  let store = stores.get(studio);
  if (!store) {
    store = createStore(studio);
    stores.set(studio, store);
  }
  return store;
}

function createStore(studio: Studio): DeploymentsStore {
  const listeners = new Map<() => void, number>();
  let snapshot = NO_DEPLOYMENTS;
  let timer: ReturnType<typeof setInterval> | undefined;
  let asked = 0;
  let told = 0;
  const show = (change: Partial<DeploymentsSnapshot>): void => {
    snapshot = { ...snapshot, ...change };
    for (const listener of listeners.keys()) listener();
  };
  const refresh = async (): Promise<void> => {
    const mine = ++asked;
    // An answer that comes behind that of a later question is older news.
    const tell = (change: Partial<DeploymentsSnapshot>): void => {
      if (mine < told) return;
      told = mine;
      show(change);
    };
    try {
      tell({ status: 'ready', deployments: await studio.deployments.list(), error: null });
    } catch (reason) {
      // What was seen last stays on the page; the error says that it is no longer fresh.
      tell({ status: 'failed', error: toError(reason) });
    }
  };
  const poll = (): void => {
    clearInterval(timer);
    timer = undefined;
    if (listeners.size > 0)
      timer = setInterval(() => document.visibilityState !== 'hidden' && void refresh(), Math.min(...listeners.values()));
  };
  return {
    subscribe(pollMs, listener) {
      listeners.set(listener, pollMs);
      poll();
      void refresh();
      return () => {
        listeners.delete(listener);
        poll();
      };
    },
    current: () => snapshot,
    refresh,
    async run(id, command, job) {
      show({ pending: { ...snapshot.pending, [id]: command } });
      try {
        await perform(studio, id, command, job);
      } finally {
        const { [id]: _, ...rest } = snapshot.pending;
        show({ pending: rest });
        await refresh();
      }
    },
  };
}

function perform({ deployments }: Studio, id: string, command: DeploymentCommand, job?: string): Promise<unknown> {
  if (command === 'delete') return deployments.delete(id);
  if (command === 'rollback') return deployments.rollback(id);
  return deployments[command](id, job);
}
