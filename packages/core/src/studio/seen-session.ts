import type { DeployOptions } from '../protocol/studio/deployment.ts';
import type { Viewer } from '../protocol/studio/owner.ts';
import type { Session } from '../protocol/studio/session.ts';
import type { Studio } from '../protocol/studio/studio.ts';
import type { ThreadSession } from '../sessions/session.ts';
import { needsDeploy } from './needs-deploy.ts';

/** A session in the hands of one viewer: what is reached through it is what that viewer may reach. */
export function seenSession(session: ThreadSession, viewer: Viewer, studio: Studio): Session {
  /** An application that is named has to be there for the viewer. */
  const checkedApp = async ({ appId }: DeployOptions): Promise<void> => {
    if (appId !== undefined) await studio.apps.get(appId);
  };
  return {
    id: session.id,
    owner: session.owner,
    studio,
    notebook: session.notebook,
    get name() {
      return session.name;
    },
    get context() {
      return session.context;
    },
    connect: (uri, options) => session.connect(uri, options),
    disconnect: (id) => session.disconnect(id),
    declare: (name, schema) => session.declare(name, schema),
    validate: (sql, context) => session.validate(sql, context),
    execute: (sql, options) => session.execute(sql, options),
    execution: (id) => session.execution(id),
    test: (sql, request) => session.test(sql, request),
    generateData: (request) => session.generateData(request),
    dashboard: (options) => session.dashboard(options),
    async plan(options) {
      await checkedApp(options);
      return session.plan(options);
    },
    async deploy(options) {
      needsDeploy(viewer);
      await checkedApp(options);
      return session.deploy(options);
    },
    close: () => session.close(),
  };
}
