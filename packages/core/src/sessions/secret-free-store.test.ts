import { describe, expect, test } from 'vitest';
import { memoryStore } from './memory-store.ts';
import { secretFreeStore } from './secret-free-store.ts';

const address = (password: string): string => `postgres://u:${password}@h/d`;
const STORED = 'postgres://u:[redacted]@h/d';

async function kept(document: object) {
  const raw = memoryStore();
  const store = secretFreeStore(raw);
  await store.put('apps', { id: 'a', updatedAt: 1, summary: { from: address('pw') }, document });
  return { raw, store, stored: await raw.get('apps', 'a') };
}

describe('a document', () => {
  test('keeps texts that differ in their password alone apart', async () => {
    const document = { gone: undefined, cells: [{ sql: address('pw1') }, { sql: address('pw2') }], more: { sql: address('pw1') } };
    const { raw, store, stored } = await kept(document);
    expect(stored).toEqual({ cells: [{ sql: STORED }, { sql: STORED }], more: { sql: STORED } });
    expect(await store.get('apps', 'a')).toEqual(document);
    expect(JSON.stringify(await raw.list('apps'))).not.toContain('pw');
  });

  test('gives a text back where another studio has moved it to', async () => {
    const { raw, store } = await kept({ cells: [{ sql: address('pw1') }] });
    await raw.put('apps', { id: 'a', updatedAt: 2, summary: {}, document: { cells: [{ sql: 'SELECT 1' }, { sql: STORED }] } });
    expect(await store.get('apps', 'a')).toEqual({ cells: [{ sql: 'SELECT 1' }, { sql: address('pw1') }] });
  });

  test('gives back marks where it is not known which text stood there', async () => {
    const { raw, store } = await kept({ cells: [{ sql: address('pw1') }, { sql: address('pw2') }] });
    const moved = { cells: [{ sql: 'SELECT 1' }, { sql: 'SELECT 2' }, { sql: STORED }] };
    await raw.put('apps', { id: 'a', updatedAt: 2, summary: {}, document: moved });
    expect(await store.get('apps', 'a')).toEqual(moved);
  });

  test('is stored without secrets in the names of its fields', async () => {
    const document = { schemas: { [address('pw')]: { columns: ['a'] }, [`${address('pw')}?token=x`]: 1 } };
    const { store, stored } = await kept(document);
    expect(stored).toEqual({ schemas: { [STORED]: { columns: ['a'] }, [`${STORED}?token=[redacted]`]: 1 } });
    expect(await store.get('apps', 'a')).toEqual(document);
  });

  test('is stored without the values of fields that are named like a password', async () => {
    const document = { options: { 'sasl.password': 'pw1', topic: 't' }, rows: [{ password: ['pw2'], token: 'ETH', api_key: null }] };
    const { store, stored } = await kept(document);
    expect(stored).toEqual({
      options: { 'sasl.password': '[redacted]', topic: 't' },
      rows: [{ password: ['[redacted]'], token: 'ETH', api_key: null }],
    });
    expect(await store.get('apps', 'a')).toEqual(document);
  });

  test('of ordinary texts goes to the store as it is', async () => {
    const document = { sql: "SELECT * FROM passengers WHERE tokens > 3 -- 'a' = 'b'", rows: [{ author: 'ann', secretary: 'bob' }] };
    expect((await kept(document)).stored).toEqual(document);
  });
});
