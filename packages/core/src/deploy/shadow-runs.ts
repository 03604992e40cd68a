import { blocked, cannotTarget, noShadow, readableOnce } from '../diagnostics/codes/deploy.ts';
import type { DeployPlan, DeployTarget, Shadow, ShadowOptions, ShadowRun } from '../protocol/studio/deployment.ts';
import type { DeploySubject } from './subject.ts';

interface Kept {
  readonly run: ShadowRun;
  readonly subject: DeploySubject;
  readonly plan: DeployPlan;
  readonly startedAt: number;
  status: Shadow['status'];
  error: string | undefined;
}

export interface ShadowStart {
  readonly target: DeployTarget;
  readonly current: DeploySubject;
  readonly next: DeploySubject;
  readonly plan: DeployPlan;
  readonly now: number;
  readonly options: ShadowOptions;
}

/** Versions that run beside deployments, one for each at most. They end with the host: a comparison has no state worth keeping. */
export class ShadowRuns {
  private readonly kept = new Map<string, Kept>();

  async start(id: string, { target, current, next, plan, now, options }: ShadowStart): Promise<Shadow> {
    if (target.shadow === undefined)
      throw cannotTarget(target.name, 'run a version beside another', 'it runs jobs where their output cannot be kept back');
    if (plan.blockers.length > 0) throw blocked(plan.blockers);
    const once = Object.entries(next.sources ?? {}).find(([, input]) => isReadOnce(input));
    if (once !== undefined) throw readableOnce(once[0]);
    await this.end(id);
    const side = ({ app, schemas = {}, sources = {} }: DeploySubject) => ({ app, schemas, sources });
    const run = target.shadow(side(current), side(next), options);
    const kept: Kept = { run, subject: next, plan, startedAt: now, status: 'running', error: undefined };
    this.kept.set(id, kept);
    run.done.then(
      () => {
        kept.status = 'finished';
      },
      (error: unknown) => {
        kept.status = 'failed';
        kept.error = error instanceof Error ? error.message : String(error);
      },
    );
    return this.view(id);
  }

  view(id: string): Shadow {
    const { run, plan, startedAt, status, error } = this.find(id);
    const comparisons = run.compare();
    const isEqual = comparisons.some((c) => c.equal > 0) && comparisons.every((c) => c.different + c.onlyOld + c.onlyNew === 0);
    return { deploymentId: id, plan, status, ...(error === undefined ? {} : { error }), startedAt, comparisons, isEqual };
  }

  subject(id: string): DeploySubject {
    return this.find(id).subject;
  }

  async end(id: string): Promise<boolean> {
    const kept = this.kept.get(id);
    this.kept.delete(id);
    await kept?.run.stop();
    return kept !== undefined;
  }

  async close(): Promise<void> {
    await Promise.all([...this.kept.keys()].map((id) => this.end(id)));
  }

  private find(id: string): Kept {
    const kept = this.kept.get(id);
    if (kept === undefined) throw noShadow(id);
    return kept;
  }
}

/** An iterator gives each row to one reader: a shadow would take them from the job. */
function isReadOnce(input: unknown): boolean {
  if (typeof input !== 'object' || input === null) return false;
  const rows: unknown = 'rows' in input ? input.rows : input;
  return typeof rows === 'object' && rows !== null && 'next' in rows && typeof rows.next === 'function';
}
