import { systemClock, systemScheduler } from '../../engine/default-ports.ts';
import type { DeployTarget } from '../../protocol/studio/deployment.ts';
import type { Clock, Scheduler } from '../../runtime/ports.ts';
import type { RestartPolicy } from '../embedded/restart-policy.ts';
import { ThreadDeployment } from './thread-deployment.node.ts';

export interface ThreadsOptions {
  /** What each thread runs: a module that ends with `serveThread(embedded({ … }))`. */
  readonly module: string | URL;
  /** `threads` by default. */
  readonly name?: string;
  readonly restart?: RestartPolicy;
  /** Heap of one thread, MB: one that needs more ends, and is started again from its checkpoints. */
  readonly heapMaxMb?: number;
  readonly maxJobs?: number;
  /** Options of Node for the threads; those of this process by default. */
  readonly execArgv?: readonly string[];
  readonly clock?: Clock;
  readonly scheduler?: Scheduler;
}

/**
 * Runs every deployment in a worker thread of its own. The thread of the host stays free, and a deployment that exhausts its memory or fails beyond
 * repair ends alone: it is started again, later each time, and goes on from its checkpoints. Inputs are opened by their address in the thread; rows of
 * the host cannot be handed over.
 *
 * @example
 * const target = threads({ module: new URL('./jobs.js', import.meta.url), heapMaxMb: 512 });
 */
export function threads(options: ThreadsOptions): DeployTarget {
  return {
    name: options.name ?? 'threads',
    capabilities: {
      pause: true,
      resume: true,
      restart: true,
      stop: true,
      rollback: true,
      shadow: false,
      metrics: true,
      logs: true,
      savepoint: true,
    },
    maxJobs: options.maxJobs ?? 100,
    async deploy(request) {
      const { module, restart = {}, heapMaxMb, execArgv, clock = systemClock, scheduler = systemScheduler } = options;
      const { signal: _signal, previous: _previous, ...sent } = request;
      const { signal: _inner, ...deployOptions } = request.options;
      const made = new ThreadDeployment({
        module,
        restart,
        ...(heapMaxMb === undefined ? {} : { heapMaxMb }),
        ...(execArgv === undefined ? {} : { execArgv }),
        request: { ...sent, options: deployOptions },
        clock,
        scheduler,
      });
      await made.launch();
      return made;
    },
  };
}
