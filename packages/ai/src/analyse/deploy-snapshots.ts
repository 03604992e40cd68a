import { secretFreeStore } from '@velostream/core';
import type { TableSchema } from '@velostream/core/protocol';
import type { StudioStore } from '@velostream/core/protocol/studio';

type Schemas = Readonly<Record<string, TableSchema>>;

/** The schemas that deployed queries were made for; what sources look like later is compared with them. */
export interface DeploySnapshots {
  /** At a deployment; the newest one of a source counts. */
  keep(deploymentId: string, schemas: Schemas): Promise<void>;
  of(deploymentIds: readonly string[]): Promise<Schemas>;
}

const KEPT_MAX = 500;

export function deploySnapshots(options: { readonly store?: StudioStore; readonly now: () => number }): DeploySnapshots {
  const { now } = options;
  // Sources may be named by addresses with a login.
  const store = options.store && secretFreeStore(options.store);
  const kept = new Map<string, Schemas>();
  const read = async (id: string): Promise<Schemas | undefined> => {
    const known = kept.get(id);
    if (known || !store) return known;
    return (await store.get('snapshots', `deploy:${id}`)) as Schemas | undefined;
  };
  return {
    async keep(deploymentId, schemas) {
      kept.delete(deploymentId);
      kept.set(deploymentId, schemas);
      const oldest = kept.size > KEPT_MAX ? kept.keys().next().value : undefined;
      if (oldest !== undefined) kept.delete(oldest);
      await store?.put('snapshots', {
        id: `deploy:${deploymentId}`,
        updatedAt: now(),
        summary: { sources: Object.keys(schemas).length },
        document: schemas,
      });
    },
    async of(deploymentIds) {
      const all = await Promise.all(deploymentIds.map(read));
      return Object.assign({}, ...all.map((s) => s ?? {})) as Schemas;
    },
  };
}
