import { analyzeApp } from '../apps/analyze-app.ts';
import { updateApp } from '../apps/update-app.ts';
import { invalidRequest, notFound } from '../diagnostics/codes/studio.ts';
import type { App } from '../protocol/studio/app.ts';
import type { Owner, Viewer } from '../protocol/studio/owner.ts';
import type { Apps } from '../protocol/studio/studio.ts';
import type { TableSchema } from '../protocol/table-schema.ts';
import { newId } from '../sessions/new-id.ts';
import type { SessionRuntime } from '../sessions/session-runtime.ts';
import { needsDeploy } from './needs-deploy.ts';
import type { SeenSessions } from './seen-sessions.ts';
import type { StudioServices } from './session-services.ts';

export interface AppServices extends Pick<StudioServices, 'testApp' | 'plan' | 'deploy'> {
  readonly viewer: Viewer;
  readonly sessions: SeenSessions;
  /** Schemas that are known for what applications read. */
  schemas(): Readonly<Record<string, TableSchema>>;
}

/** Applications in the store, as far as the viewer sees them; everything but their SQL is derived anew on each change. */
export function studioApps(runtime: SessionRuntime, services: AppServices): Apps {
  const { store, clock } = runtime;
  const { viewer, sessions } = services;
  const keep = async (derived: App, owner: Owner | undefined): Promise<App> => {
    const app = owner === undefined ? derived : { ...derived, owner };
    await store.put('apps', {
      id: app.id,
      updatedAt: app.updatedAt,
      summary: { name: app.name, queries: app.queries.length, ...(owner === undefined ? {} : { owner }) },
      document: app,
    });
    return app;
  };
  const get = async (id: string): Promise<App> => {
    const found = (await store.get('apps', id)) as App | undefined;
    if (found === undefined || !viewer.sees(found.owner)) throw notFound('app', id);
    return found;
  };
  return {
    async create(input) {
      const id = input.id ?? newId('app', runtime.rng);
      const same = input.id === undefined ? undefined : ((await store.get('apps', id)) as App | undefined);
      if (same !== undefined && !viewer.sees(same.owner)) throw invalidRequest(`the id "${id}" cannot be used`, 'Leave it out to get one.');
      return keep(analyzeApp({ ...input, id }, { now: clock.now(), schemas: services.schemas() }), same ? same.owner : viewer.owner);
    },
    get,
    async list() {
      const heads = (await store.list('apps')).filter(({ summary }) => viewer.sees(summary['owner'] as Owner | undefined));
      return (await Promise.all(heads.map((h) => store.get('apps', h.id)))).filter((a) => a !== undefined) as App[];
    },
    async update(id, update) {
      const before = await get(id);
      const result = updateApp(before, update, { now: clock.now(), schemas: services.schemas() });
      return { ...result, app: await keep(result.app, before.owner) };
    },
    async delete(id) {
      const found = (await store.get('apps', id)) as App | undefined;
      return found !== undefined && viewer.sees(found.owner) && store.delete('apps', id);
    },
    async test(id, { sessionId, ...request } = {}) {
      const app = await get(id);
      return services.testApp(sessionId === undefined ? sessions.opened()[0] : await sessions.thread(sessionId), app, request);
    },
    async plan(id, { sessionId, ...options } = {}) {
      const { name } = await get(id);
      return services.plan(await sessions.thread(sessionId), { ...options, appId: id, name: options.name ?? name });
    },
    async deploy(id, { sessionId, ...options }) {
      const { name } = await get(id);
      needsDeploy(viewer);
      return services.deploy(await sessions.thread(sessionId), { ...options, appId: id, name: options.name ?? name });
    },
  };
}
