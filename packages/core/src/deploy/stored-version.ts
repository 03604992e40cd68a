import type { DeployTarget, TargetReview } from '../protocol/studio/deployment.ts';
import type { DeploymentVersion, StoredDeployment, StoredVersion } from './deployment-record.ts';
import { planDeployment } from './plan-deployment.ts';
import type { DeploySubject } from './subject.ts';

export const NO_REVIEW: TargetReview = { blockers: [], warnings: [], guarantees: {} };

/** A version of a stored deployment; what it reads is brought when it is started. */
export function versionOf(
  { id, owner }: StoredDeployment,
  { version, app, schemas, origins, appId, notebookId, options: stored, deployedAt }: StoredVersion,
  targets: readonly DeployTarget[],
): DeploymentVersion {
  const subject: DeploySubject = {
    app,
    ...(owner === undefined ? {} : { owner }),
    ...(schemas === undefined ? {} : { schemas }),
    ...(appId === undefined ? {} : { appId }),
    ...(notebookId === undefined ? {} : { notebookId }),
    origins: origins ?? {},
    // Until the inputs are there, their addresses say what the guarantees of the plan depend on.
    sources: origins ?? {},
  };
  // Stored by a version that kept it: the trace of a call that ended long ago.
  const { traceparent: _old, ...options } = stored;
  const target = targets.find((each) => each.name === (options.target ?? 'embedded'));
  const planned = planDeployment(subject, options, {
    now: deployedAt,
    id,
    ...(target?.review === undefined ? {} : { review: (request) => target.review?.(request) ?? NO_REVIEW }),
  });
  return { version, subject, options, plan: planned.plan, app: planned.app, shapes: planned.shapes, deployedAt, isStored: true };
}
