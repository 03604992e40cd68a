import type { StoreCollection, StudioStore } from '../protocol/studio/store.ts';
import { withoutSecretValue } from './withheld.ts';

const REMEMBERED_MAX = 2_000;

/**
 * A store that gets no secrets: every text of a document goes through `withoutSecrets` before it is written. As long as this process lives, it
 * knows what it took out and gives documents back as they were put; after a restart the marks stand there. Several may stand on one store.
 */
export function secretFreeStore(store: StudioStore): StudioStore {
  /** Of documents that had secrets: the texts as they were, by their places and the texts as they are stored. The one used last is the last. */
  const written = new Map<string, ReadonlyMap<string, string>>();
  const idOf = (collection: StoreCollection, id: string): string => `${collection}/${id}`;
  const clean = <T extends { readonly id: string; readonly document: unknown }>(collection: StoreCollection, entry: T): T => {
    const texts = new Map<string, string>();
    const change = (text: string, place: string, key?: string): string => {
      const kept = withoutSecretValue(text, key);
      if (kept !== text) remember(texts, place, kept, text);
      return kept;
    };
    const { id: name, document, ...head } = entry;
    // What is in the head is read by `list` alone, which gives it as it is stored.
    const shown = { ...mapTexts(head, (text, _, key) => withoutSecretValue(text, key)), document: mapTexts(document, change), id: name };
    const id = idOf(collection, name);
    written.delete(id);
    if (texts.size > 0) written.set(id, texts);
    const oldest = written.size > REMEMBERED_MAX ? written.keys().next().value : undefined;
    if (oldest !== undefined) written.delete(oldest);
    return shown as unknown as T;
  };
  return {
    list: (collection) => store.list(collection),
    async get(collection, id) {
      const found = await store.get(collection, id);
      const texts = written.get(idOf(collection, id));
      return texts === undefined ? found : mapTexts(found, (text, place) => texts.get(`${place}\n${text}`) ?? texts.get(text) ?? text);
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

/** By its place; and, where no other text is stored as the same, by itself: somebody else may have moved it. */
function remember(texts: Map<string, string>, place: string, kept: string, text: string): void {
  const other = texts.get(kept);
  texts.set(kept, other === undefined || other === text ? text : kept);
  texts.set(`${place}\n${kept}`, text);
}

/** Another text for one at a place of a document; `key` is the name of the field that it is the value of. */
type TextChange = (text: string, place: string, key: string | undefined) => string;

/** A copy whose texts, names of fields among them, were changed; parts without any stay the same objects. */
export const mapTexts = <T>(value: T, change: TextChange): T => mapAt(value, change, '', undefined);

function mapAt<T>(value: T, change: TextChange, place: string, key: string | undefined): T {
  if (typeof value === 'string') return change(value, place, key) as T;
  if (typeof value !== 'object' || value === null) return value;
  if (Array.isArray(value)) {
    const items = value.map((item: unknown, i) => mapAt(item, change, `${place}/${i}`, key));
    return items.some((item, i) => item !== value[i]) ? (items as T) : value;
  }
  const prototype: unknown = Object.getPrototypeOf(value);
  if (prototype !== Object.prototype && prototype !== null) return value;
  // Places go by number: a name may hold a secret, and is then another one in the store. Fields without a value are not stored.
  const entries = Object.entries(value).filter(([, part]) => part !== undefined);
  const changed = entries.map(([name, part], i): [string, unknown] => {
    const at = `${place}/${i}`;
    return [change(name, `${at}:`, undefined), mapAt(part as unknown, change, at, name)];
  });
  return changed.some(([name, part], i) => name !== entries[i]?.[0] || part !== entries[i]?.[1])
    ? (Object.fromEntries(changed) as T)
    : value;
}
