import type { DeploymentService } from '../deploy/index.ts';
import { unknownDeployment } from '../diagnostics/codes/deploy.ts';
import type { Deployment, ShadowOptions } from '../protocol/studio/deployment.ts';
import type { Viewer } from '../protocol/studio/owner.ts';
import type { Deployments } from '../protocol/studio/studio.ts';
import { needsDeploy } from './needs-deploy.ts';

/** Deployments as one viewer sees them: those of others are answered as ones that there are not. */
export function seenDeployments(all: DeploymentService, viewer: Viewer): Deployments {
  const get = async (id: string): Promise<Deployment> => {
    const found = await all.get(id);
    if (!viewer.sees(found.owner)) throw unknownDeployment(id);
    return found;
  };
  const looking =
    <A extends readonly unknown[], R>(work: (id: string, ...rest: A) => Promise<R>) =>
    async (id: string, ...rest: A): Promise<R> => {
      await get(id);
      return work(id, ...rest);
    };
  const acting = <A extends readonly unknown[], R>(work: (id: string, ...rest: A) => Promise<R>) =>
    looking((id: string, ...rest: A) => {
      needsDeploy(viewer);
      return work(id, ...rest);
    });
  return {
    targets: () => all.targets(),
    list: async () => (await all.list()).filter((d) => viewer.sees(d.owner)),
    get,
    start: acting((id, job?: string) => all.start(id, job)),
    stop: acting((id, job?: string) => all.stop(id, job)),
    pause: acting((id, job?: string) => all.pause(id, job)),
    resume: acting((id, job?: string) => all.resume(id, job)),
    restart: acting((id, job?: string) => all.restart(id, job)),
    rollback: acting((id) => all.rollback(id)),
    async delete(id) {
      needsDeploy(viewer);
      const isSeen = (await all.list()).some((d) => d.id === id && viewer.sees(d.owner));
      return isSeen && all.delete(id);
    },
    startShadow: acting((id, app, options?: ShadowOptions) => all.startShadow(id, app, options)),
    shadow: looking((id) => all.shadow(id)),
    promote: acting((id, planHash) => all.promote(id, planHash)),
    endShadow: acting((id) => all.endShadow(id)),
    metrics: looking((id) => all.metrics(id)),
    alerts: looking((id) => all.alerts(id)),
    logs: looking((id, options?: { readonly job?: string; readonly limit?: number }) => all.logs(id, options)),
    metricsText: () => all.metricsText((owner) => viewer.sees(owner)),
  };
}
