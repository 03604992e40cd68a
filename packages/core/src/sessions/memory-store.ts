import type { StoreCollection, StoredSummary, StudioStore } from '../protocol/studio/store.ts';

interface Entry {
  readonly head: StoredSummary;
  readonly json: string;
}

/** A store that lasts as long as the process. Documents are kept as text, so that nobody can change one from outside. */
export function memoryStore(): StudioStore {
  const collections = new Map<StoreCollection, Map<string, Entry>>();
  const leases = new Map<string, { readonly holder: string; readonly expiresAt: number }>();
  const of = (name: StoreCollection): Map<string, Entry> => {
    let found = collections.get(name);
    if (!found) {
      found = new Map();
      collections.set(name, found);
    }
    return found;
  };
  return {
    list: async (collection) => [...of(collection).values()].map((e) => e.head).sort((a, b) => b.updatedAt - a.updatedAt),
    async get(collection, id) {
      const entry = of(collection).get(id);
      return entry === undefined ? undefined : (JSON.parse(entry.json) as unknown);
    },
    async put(collection, { id, updatedAt, summary, document }) {
      of(collection).set(id, { head: { id, updatedAt, summary }, json: toJson(document) });
    },
    async replace(collection, { id, updatedAt, summary, document }, revision) {
      if (revisionOf(of(collection).get(id)?.head) !== revision) return false;
      of(collection).set(id, { head: { id, updatedAt, summary }, json: toJson(document) });
      return true;
    },
    delete: async (collection, id) => of(collection).delete(id),
    async lease({ name, holder, now, ttlMs }) {
      const held = leases.get(name);
      if (held && held.holder !== holder && held.expiresAt > now) return false;
      leases.set(name, { holder, expiresAt: now + ttlMs });
      return true;
    },
    async release(name, holder) {
      if (leases.get(name)?.holder === holder) leases.delete(name);
    },
    close: async () => collections.clear(),
  };
}

/** Of what is stored; 0 where nothing is, or nothing with one. */
export const revisionOf = (head: StoredSummary | undefined): number => Number(head?.summary['revision'] ?? 0);

/** JSON that also takes big integers (as decimal text): rows of results may stand in stored artifacts. */
export const toJson = (value: unknown): string => JSON.stringify(value, (_key, v) => (typeof v === 'bigint' ? v.toString() : v) as unknown);
