import { IDBFactory } from 'fake-indexeddb';
import { describe, expect, test } from 'vitest';
import { browserStore } from './browser-store.ts';

const open = (indexedDB = new IDBFactory()) => browserStore({ name: 'tests', indexedDB });

describe('the store in the browser', () => {
  test('gives back what was put, newest first, also to a page that is opened later', async () => {
    const factory = new IDBFactory();
    const store = open(factory);
    await store.put('notebooks', { id: 'a', updatedAt: 1, summary: { name: 'A' }, document: { text: 'one' } });
    await store.put('notebooks', { id: 'b', updatedAt: 2, summary: { name: 'B' }, document: { big: 10n ** 20n } });
    await store.put('notebooks', { id: 'a', updatedAt: 5, summary: { name: 'A2' }, document: { text: 'two' } });
    await store.close();
    const later = open(factory);
    expect(await later.list('notebooks')).toEqual([
      { id: 'a', updatedAt: 5, summary: { name: 'A2' } },
      { id: 'b', updatedAt: 2, summary: { name: 'B' } },
    ]);
    expect(await later.get('notebooks', 'b')).toEqual({ big: '100000000000000000000' });
    expect(await later.list('apps')).toEqual([]);
    expect([await later.delete('notebooks', 'a'), await later.delete('notebooks', 'a')]).toEqual([true, false]);
    expect(await later.get('notebooks', 'a')).toBeUndefined();
  });

  test('of two tabs that change one document the second is told so', async () => {
    const factory = new IDBFactory();
    const put = (store: ReturnType<typeof open>, revision: number, before: number) =>
      store.replace?.('notebooks', { id: 'a', updatedAt: revision, summary: { revision }, document: { revision } }, before);
    const [one, other] = [open(factory), open(factory)];
    expect([await put(one, 1, 0), await put(other, 1, 0), await put(other, 2, 1), await put(one, 2, 1)]).toEqual([
      true,
      false,
      true,
      false,
    ]);
  });

  test('lends a name to one tab until its time is over or it gives it back', async () => {
    const factory = new IDBFactory();
    const lease = (store: ReturnType<typeof open>, holder: string, now: number) => store.lease?.({ name: 'jobs', holder, now, ttlMs: 100 });
    const [one, other] = [open(factory), open(factory)];
    expect([await lease(one, 'one', 0), await lease(other, 'other', 50), await lease(one, 'one', 60)]).toEqual([true, false, true]);
    expect([await lease(other, 'other', 161), await lease(one, 'one', 170)]).toEqual([true, false]);
    await one.release?.('jobs', 'one');
    expect(await lease(one, 'one', 180)).toBe(false);
    await other.release?.('jobs', 'other');
    expect(await lease(one, 'one', 190)).toBe(true);
  });

  test('a disk that is full when a change is to be kept refuses it, and what was there stays', async () => {
    const factory = new IDBFactory();
    const store = open(factory);
    await store.put('notebooks', { id: 'a', updatedAt: 1, summary: {}, document: 'before' });
    // The request itself goes well; its transaction is what fails, as it is with a quota.
    const full = {
      open: (...args: Parameters<IDBFactory['open']>) => {
        const request = factory.open(...args);
        request.addEventListener('success', () => {
          const database = request.result;
          const begin = database.transaction.bind(database);
          database.transaction = (...wanted: Parameters<IDBDatabase['transaction']>) => {
            const transaction = begin(...(wanted as Parameters<typeof begin>));
            if (wanted[1] === 'readwrite') {
              const objects = transaction.objectStore.bind(transaction);
              transaction.objectStore = (name) => {
                const inner = objects(name);
                const write = inner.put.bind(inner);
                inner.put = (value) => {
                  const done = write(value);
                  done.addEventListener('success', () => transaction.abort());
                  return done;
                };
                return inner;
              };
            }
            return transaction;
          };
        });
        return request;
      },
    } as unknown as IDBFactory;
    await expect(open(full).put('notebooks', { id: 'a', updatedAt: 2, summary: {}, document: 'after' })).rejects.toThrow();
    expect(await store.get('notebooks', 'a')).toBe('before');
  });

  test('a page that was refused its storage once may ask again', async () => {
    const factory = new IDBFactory();
    let refused = 0;
    const shy = {
      open: (...args: Parameters<IDBFactory['open']>) => {
        // A version below the stored one is refused.
        if (refused++ > 0) return factory.open(...args);
        return factory.open(args[0], 1);
      },
    } as unknown as IDBFactory;
    await open(factory).put('apps', { id: 'x', updatedAt: 1, summary: {}, document: 1 });
    const store = open(shy);
    await expect(store.list('apps')).rejects.toThrow();
    expect(await store.get('apps', 'x')).toBe(1);
  });
});
