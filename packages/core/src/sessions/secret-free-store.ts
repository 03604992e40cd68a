import type { StoreCollection, StudioStore } from '../protocol/studio/store.ts';
import { withoutSecrets } from './withheld.ts';

const REMEMBERED_MAX = 2_000;

/**
 * A store that gets no secrets: every text of a document goes through `withoutSecrets` before it is written. As long as this process lives, it
 * knows what it took out and gives documents back as they were put; after a restart the marks stand there.
 */
export function secretFreeStore(store: StudioStore): StudioStore {
  /** Of documents that had secrets: the texts as they were, by the texts as they are stored. The one used last is the last. */
  const written = new Map<string, ReadonlyMap<string, string>>();
  const idOf = (collection: StoreCollection, id: string): string => `${collection}/${id}`;
  const clean = <T extends { readonly id: string; readonly document: unknown }>(collection: StoreCollection, entry: T): T => {
    const texts = new Map<string, string>();
    const shown = mapTexts(entry, (text) => {
      const kept = withoutSecrets(text);
      if (kept !== text) texts.set(kept, text);
      return kept;
    });
    const id = idOf(collection, entry.id);
    written.delete(id);
    if (texts.size > 0) written.set(id, texts);
    const oldest = written.size > REMEMBERED_MAX ? written.keys().next().value : undefined;
    if (oldest !== undefined) written.delete(oldest);
    return shown;
  };
  return {
    list: (collection) => store.list(collection),
    async get(collection, id) {
      const found = await store.get(collection, id);
      const texts = written.get(idOf(collection, id));
      return texts === undefined ? found : mapTexts(found, (text) => texts.get(text) ?? text);
    },
    put: (collection, entry) => store.put(collection, clean(collection, entry)),
    ...(store.replace && {
      replace: async (collection, entry, revision) => store.replace?.(collection, clean(collection, entry), revision) ?? false,
    }),
    delete(collection, id) {
      written.delete(idOf(collection, id));
      return store.delete(collection, id);
    },
    ...(store.lease && { lease: async (request) => store.lease?.(request) ?? false }),
    ...(store.release && { release: async (name, holder) => store.release?.(name, holder) }),
    close: () => store.close(),
  };
}

/** A copy whose texts, names of fields among them, were changed; parts without any stay the same objects. */
export function mapTexts<T>(value: T, change: (text: string) => string): T {
  if (typeof value === 'string') return change(value) as T;
  if (typeof value !== 'object' || value === null) return value;
  if (Array.isArray(value)) {
    const items = value.map((item: unknown) => mapTexts(item, change));
    return items.some((item, i) => item !== value[i]) ? (items as T) : value;
  }
  const prototype: unknown = Object.getPrototypeOf(value);
  if (prototype !== Object.prototype && prototype !== null) return value;
  const entries = Object.entries(value);
  const changed = entries.map(([key, part]): [string, unknown] => [change(key), mapTexts(part as unknown, change)]);
  return changed.some(([key, part], i) => key !== entries[i]?.[0] || part !== entries[i]?.[1]) ? (Object.fromEntries(changed) as T) : value;
}
