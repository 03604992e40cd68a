import type { DeployTarget, TargetReview } from '../protocol/studio/deployment.ts';
import type { DeploymentVersion, StoredDeployment, StoredVersion } from './deployment-record.ts';
import type { BringInputs, DeploymentsOptions } from './deployment-service.ts';
import { planDeployment } from './plan-deployment.ts';
import type { DeploySubject } from './subject.ts';

export const NO_REVIEW: TargetReview = { blockers: [], warnings: [], guarantees: {} };

/** What is started: of a stored version, with the inputs and the secrets that no store keeps. */
export async function runnable(
  { subject, isStored }: DeploymentVersion,
  inputs: BringInputs,
  secrets: DeploymentsOptions['bringSecrets'],
): Promise<DeploySubject> {
  if (isStored !== true) return subject;
  const sources = await inputs(subject);
  return { ...subject, app: (await secrets?.(subject)) ?? subject.app, sources };
}

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
