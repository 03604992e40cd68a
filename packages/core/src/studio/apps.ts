import { analyzeApp } from '../apps/analyze-app.ts';
import { updateApp } from '../apps/update-app.ts';
import { notFound } from '../diagnostics/codes/studio.ts';
import type { App } from '../protocol/studio/app.ts';
import type { Apps } from '../protocol/studio/studio.ts';
import type { TableSchema } from '../protocol/table-schema.ts';
import { newId } from '../sessions/new-id.ts';
import type { SessionRuntime } from '../sessions/session-runtime.ts';

export interface AppServices {
  test: Apps['test'];
  plan: Apps['plan'];
  deploy: Apps['deploy'];
  /** Schemas that are known for what applications read. */
  schemas(): Readonly<Record<string, TableSchema>>;
}

/** Applications in the store; everything but their SQL is derived anew on each change. */
export function studioApps(runtime: SessionRuntime, services: AppServices): Apps {
  const { store, clock } = runtime;
  const keep = async (app: App): Promise<App> => {
    await store.put('apps', {
      id: app.id,
      updatedAt: app.updatedAt,
      summary: { name: app.name, queries: app.queries.length },
      document: app,
    });
    return app;
  };
  const get = async (id: string): Promise<App> => {
    const found = (await store.get('apps', id)) as App | undefined;
    if (found === undefined) throw notFound('app', id);
    return found;
  };
  return {
    async create(input) {
      const id = input.id ?? newId('app', runtime.rng);
      return keep(analyzeApp({ ...input, id }, { now: clock.now(), schemas: services.schemas() }));
    },
    get,
    async list() {
      const heads = await store.list('apps');
      return (await Promise.all(heads.map((h) => store.get('apps', h.id)))).filter((a) => a !== undefined) as App[];
    },
    async update(id, update) {
      const result = updateApp(await get(id), update, { now: clock.now(), schemas: services.schemas() });
      await keep(result.app);
      return result;
    },
    delete: (id) => store.delete('apps', id),
    test: services.test,
    plan: services.plan,
    deploy: services.deploy,
  };
}
