import type { StoreCollection, StoredSummary, StudioStore } from '../protocol/studio/store.ts';
import { revisionOf, toJson } from './memory-store.ts';

const COLLECTIONS: readonly StoreCollection[] = ['notebooks', 'apps', 'deployments', 'snapshots', 'preferences', 'ledger'];
/** Two tabs on one database: what only one of them may run. */
const LEASES = 'leases';

interface Entry extends StoredSummary {
  readonly json: string;
}

const done = <T>(request: IDBRequest<T>): Promise<T> =>
  new Promise((resolve, reject) => {
    request.onsuccess = () => resolve(request.result);
    request.onerror = () => reject(request.error ?? new Error('the browser refused the database'));
  });

/** What a request gave, once its transaction is kept: a full disk is told only then. */
const kept = <T>(request: IDBRequest<T>): Promise<T> =>
  new Promise((resolve, reject) => {
    const { transaction } = request;
    const refuse = (): void => reject(transaction?.error ?? request.error ?? new Error('the browser refused to keep it'));
    transaction?.addEventListener('complete', () => resolve(request.result));
    transaction?.addEventListener('abort', refuse);
    transaction?.addEventListener('error', refuse);
  });

/**
 * A store in the browser's IndexedDB: one object store per collection.
 *
 * @example createStudio({ store: browserStore({ name: 'my-dashboards' }) })
 */
export function browserStore(options: { readonly name?: string; readonly indexedDB?: IDBFactory } = {}): StudioStore {
  const factory = options.indexedDB ?? globalThis.indexedDB;
  let opened: Promise<IDBDatabase> | undefined;
  const open = (): Promise<IDBDatabase> => {
    opened ??= new Promise((resolve, reject) => {
      const request = factory.open(options.name ?? 'velostream', 2);
      request.onupgradeneeded = () => {
        for (const name of [...COLLECTIONS, LEASES])
          if (!request.result.objectStoreNames.contains(name)) request.result.createObjectStore(name, { keyPath: 'id' });
      };
      request.onsuccess = () => {
        // A tab with a newer version waits until this one has let go.
        request.result.onversionchange = () => {
          request.result.close();
          opened = undefined;
        };
        resolve(request.result);
      };
      request.onerror = () => {
        // The next call tries again: a person may have given the page its storage by then.
        opened = undefined;
        reject(request.error ?? new Error('the browser refused the database'));
      };
    });
    return opened;
  };
  const at = async (collection: StoreCollection | typeof LEASES, mode: IDBTransactionMode): Promise<IDBObjectStore> =>
    (await open()).transaction(collection, mode).objectStore(collection);
  return {
    async list(collection) {
      const all = (await done((await at(collection, 'readonly')).getAll())) as Entry[];
      return all.map(({ id, updatedAt, summary }) => ({ id, updatedAt, summary })).sort((a, b) => b.updatedAt - a.updatedAt);
    },
    async get(collection, id) {
      const entry = (await done((await at(collection, 'readonly')).get(id))) as Entry | undefined;
      return entry === undefined ? undefined : (JSON.parse(entry.json) as unknown);
    },
    async put(collection, { id, updatedAt, summary, document }) {
      await kept((await at(collection, 'readwrite')).put({ id, updatedAt, summary, json: toJson(document) } satisfies Entry));
    },
    async replace(collection, { id, updatedAt, summary, document }, revision) {
      // Reading and writing are one transaction: no other tab comes in between.
      const objects = await at(collection, 'readwrite');
      if (revisionOf((await done(objects.get(id))) as Entry | undefined) !== revision) return false;
      await kept(objects.put({ id, updatedAt, summary, json: toJson(document) } satisfies Entry));
      return true;
    },
    async delete(collection, id) {
      const objects = await at(collection, 'readwrite');
      if ((await done(objects.getKey(id))) === undefined) return false;
      await kept(objects.delete(id));
      return true;
    },
    async lease({ name, holder, now, ttlMs }) {
      // Reading and writing are one transaction: no other tab comes in between.
      const objects = await at(LEASES, 'readwrite');
      const held = (await done(objects.get(name))) as { readonly holder: string; readonly expiresAt: number } | undefined;
      if (held && held.holder !== holder && held.expiresAt > now) return false;
      await kept(objects.put({ id: name, holder, expiresAt: now + ttlMs }));
      return true;
    },
    async release(name, holder) {
      const objects = await at(LEASES, 'readwrite');
      const held = (await done(objects.get(name))) as { readonly holder: string } | undefined;
      if (held?.holder === holder) await kept(objects.delete(name));
    },
    async close() {
      (await opened)?.close();
      opened = undefined;
    },
  };
}
