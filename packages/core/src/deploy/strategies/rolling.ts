import { notApproved, strategyFailed } from '../../diagnostics/codes/deploy.ts';
import type { AppInput } from '../../protocol/studio/app.ts';
import type { Deployment, DeployOptions } from '../../protocol/studio/deployment.ts';
import type { Scheduler } from '../../runtime/ports.ts';
import type { DeploymentService } from '../deployment-service.ts';
import type { DeploySubject } from '../subject.ts';
import { healthProblem } from './watch-health.ts';

export interface RollingOptions {
  /** How long the jobs have to be well after each step, ms; 2000 by default. */
  readonly healthyForMs?: number;
  readonly startMaxMs?: number;
  readonly scheduler?: Scheduler;
  /** Told of each step before it is taken. */
  onStep?(step: { readonly query: string; readonly index: number; readonly total: number }): void;
}

type Query = AppInput['queries'][number];

/**
 * Replaces the queries of an application one after the other, in the order of the new version, and goes on only while its jobs are well; where they are
 * not, the version from before the first step comes back. Each step is a version of its own. Queries that stay as they are keep their state.
 *
 * @throws {VeloError} `strategy-failed` with what was seen; `plan-not-approved`, `plan-blocked` where a step cannot stand by itself.
 */
export async function deployRolling(
  deployments: DeploymentService,
  id: string,
  current: AppInput | undefined,
  subject: DeploySubject,
  options: DeployOptions & { readonly rolling?: RollingOptions },
): Promise<Deployment> {
  const { rolling = {}, planHash, ...own } = options;
  const signal = own.signal ?? new AbortController().signal;
  const { hash } = await deployments.plan(subject, own);
  if (planHash !== undefined && planHash !== hash) throw notApproved(hash, planHash);
  const steps = stepsOf(current, subject.app);
  for (const [index, { query, app }] of steps.entries()) {
    rolling.onStep?.({ query, index, total: steps.length });
    const step = { ...subject, app };
    // The approval is of all steps: each is made of queries that run already and of approved ones.
    const approved = planHash === undefined ? own : { ...own, planHash: (await deployments.plan(step, own)).hash };
    await deployments.deploy(step, approved);
    const problem = await healthProblem(deployments, id, rolling, signal);
    if (problem === undefined) continue;
    const what = `step ${index + 1} of ${steps.length} ("${query}"): ${problem}`;
    if (current === undefined) throw strategyFailed('ROLLING', `${what}; there is no version before it`);
    for (let back = index; back >= 0; back--) await deployments.rollback(id);
    throw strategyFailed('ROLLING', `${what}; version ${(await deployments.get(id)).version} is back`);
  }
  return deployments.get(id);
}

/** The application after each step; the last is the new version. */
function stepsOf(current: AppInput | undefined, next: AppInput): { readonly query: string; readonly app: AppInput }[] {
  if (current === undefined) return [{ query: next.queries[0]?.name ?? next.name, app: next }];
  const isSame = (a: Query | undefined, b: Query): boolean => a !== undefined && a.sql === b.sql && a.sink === b.sink;
  const old = (query: Query): Query | undefined => current.queries.find((each) => idOf(each) === idOf(query));
  const changed = next.queries.filter((query) => !isSame(old(query), query));
  // What is removed goes with the last step: until then an old query may still read it.
  const gone = current.queries.filter((each) => !next.queries.some((query) => idOf(query) === idOf(each)));
  const steps = changed.map((query, i) => {
    const done = new Set(changed.slice(0, i + 1).map(idOf));
    // A query that is new comes with its step.
    const queries = next.queries.flatMap((each) => (done.has(idOf(each)) || isSame(old(each), each) ? [each] : (old(each) ?? [])));
    return { query: query.name, app: i === changed.length - 1 ? next : { ...next, queries: [...gone, ...queries] } };
  });
  return steps.length > 0 ? steps : [{ query: next.queries[0]?.name ?? next.name, app: next }];
}

const idOf = (query: Query): string => query.id ?? query.name;
