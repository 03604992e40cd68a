import { waitFor } from '../../connect/wait-for.ts';
import { notApproved, strategyFailed } from '../../diagnostics/codes/deploy.ts';
import { systemScheduler } from '../../engine/default-ports.ts';
import type { Deployment, DeployOptions, Shadow } from '../../protocol/studio/deployment.ts';
import type { Scheduler } from '../../runtime/ports.ts';
import type { DeploymentService } from '../deployment-service.ts';
import type { DeploySubject } from '../subject.ts';
import { healthProblem, LOOK_EVERY_MS } from './watch-health.ts';

export interface CanaryOptions {
  /** Percent of the keys that are judged, each always or never; 100 by default. */
  readonly share?: number;
  /** How long both versions run side by side before the verdict, ms; 10,000 by default, less where the input ends. */
  readonly forMs?: number;
  /** As long again may the new version take to catch up, ms; `forMs` by default. */
  readonly catchUpMs?: number;
  /** Share of the judged keys that may differ or be missing, from 0 to 1; 0 by default. */
  readonly differentMax?: number;
  /** Keys that have to be there for a verdict; 1 by default. */
  readonly keysMin?: number;
  /** How long the jobs have to be well after the promotion, ms; 2000 by default. Else the version before comes back. */
  readonly healthyForMs?: number;
  readonly startMaxMs?: number;
  readonly scheduler?: Scheduler;
}

/**
 * Deploys a version after it has run beside the one that it replaces, on the same input and without writing anything: it is promoted when it neither
 * failed nor differs by more than is allowed and keeps up, and taken back when its jobs are not well afterwards. A first version is deployed at once.
 *
 * @throws {VeloError} `strategy-failed` with what was seen; what runs is then the version before. `plan-not-approved`, and what `startShadow` says.
 */
export async function deployCanary(
  deployments: DeploymentService,
  id: string,
  subject: DeploySubject,
  options: DeployOptions & { readonly canary?: CanaryOptions },
): Promise<Deployment> {
  const { canary = {}, ...own } = options;
  const signal = own.signal ?? new AbortController().signal;
  const { hash } = await deployments.plan(subject, own);
  // The verdict comes late: what nobody approved is not even tried.
  if (own.planHash !== undefined && own.planHash !== hash) throw notApproved(hash, own.planHash);
  const before = (await deployments.list()).find((d) => d.id === id);
  if (before !== undefined) {
    await deployments.startShadow(id, subject.app, { share: canary.share ?? 100 });
    try {
      const problem = await verdict(deployments, id, canary, signal);
      if (problem !== undefined) throw strategyFailed('CANARY', `${problem}; version ${before.version} goes on`);
    } finally {
      await deployments.endShadow(id);
    }
  }
  const made = await deployments.deploy(subject, own);
  const problem = await healthProblem(deployments, id, canary, signal);
  if (problem === undefined) return before === undefined ? made : deployments.get(id);
  if (before === undefined) throw strategyFailed('CANARY', `${problem}; there is no version before it`);
  const back = await deployments.rollback(id);
  throw strategyFailed('CANARY', `${problem}; version ${back.version} is back`);
}

/** What speaks against a version; undefined: nothing. */
async function verdict(
  deployments: DeploymentService,
  id: string,
  { forMs = 10_000, catchUpMs = forMs, differentMax = 0, keysMin = 1, scheduler = systemScheduler }: CanaryOptions,
  signal: AbortSignal,
): Promise<string | undefined> {
  const began = scheduler.elapsed();
  for (;;) {
    signal.throwIfAborted();
    const shadow = await deployments.shadow(id);
    if (shadow.status === 'failed') return `the new version failed: ${shadow.error ?? 'without a reason'}`;
    const elapsed = scheduler.elapsed() - began;
    const isOver = shadow.status === 'finished';
    if (isOver || elapsed >= forMs) {
      const problem = difference(shadow, differentMax, keysMin);
      if (problem === undefined || isOver || elapsed >= forMs + catchUpMs) return problem;
    }
    await waitFor(LOOK_EVERY_MS, signal);
  }
}

function difference({ comparisons }: Shadow, differentMax: number, keysMin: number): string | undefined {
  const sum = (of: (c: Shadow['comparisons'][number]) => number): number => comparisons.reduce((n, c) => n + of(c), 0);
  const [equal, different, onlyOld, onlyNew] = [sum((c) => c.equal), sum((c) => c.different), sum((c) => c.onlyOld), sum((c) => c.onlyNew)];
  const all = equal + different + onlyOld + onlyNew;
  if (all < keysMin) return `only ${all} of ${keysMin} keys came out to be compared`;
  // With `keysMin: 0`, nothing that was put out is nothing that differs.
  if (all === 0 || (different + onlyOld + onlyNew) / all <= differentMax) return undefined;
  const first = comparisons.find((c) => c.samples.length > 0)?.samples[0];
  const place = first === undefined ? '' : `, such as ${first.key}${first.columns.length > 0 ? ` in ${first.columns.join(', ')}` : ''}`;
  return `of ${all} keys ${different} differ, ${onlyOld} are missing and ${onlyNew} are new${place}`;
}
