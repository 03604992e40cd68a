import { describe, expect, test } from 'vitest';
import { createEngine } from './create-engine.ts';

/** Rows that never come, of columns that nobody declared; tells when it is let go of. */
function silent() {
  const told = { isReturned: false };
  const rows: AsyncIterable<object> = {
    [Symbol.asyncIterator]: () => ({
      next: () => new Promise(() => {}),
      return: async () => {
        told.isReturned = true;
        return { done: true, value: undefined };
      },
    }),
  };
  return { rows, told };
}

const all = async (query: AsyncIterable<object>): Promise<object[]> => {
  const seen: object[] = [];
  for await (const row of query) seen.push(row);
  return seen;
};
const turns = async () => {
  for (let i = 0; i < 20; i++) await new Promise((resolve) => setImmediate(resolve));
};

describe('a query whose source has not said what its columns are', () => {
  test('ends quietly when it is cancelled, and lets go of the source', async () => {
    const { rows, told } = silent();
    const query = createEngine({ sources: { rows } }).run('SELECT * FROM rows');
    const reading = all(query);
    await turns();
    await query.cancel('nobody looks any more');
    expect(await reading).toEqual([]);
    expect(query.metrics().status).toBe('cancelled');
    expect(told.isReturned).toBe(true);
    await expect(query.ready).rejects.toMatchObject({ code: 'VS5316' });
  });

  test('gives no rows when it is cancelled while they are collected', async () => {
    const query = createEngine({ sources: { rows: silent().rows } }).run('SELECT * FROM rows');
    const [list, table] = [query.rows(), query.table()];
    await query.cancel();
    expect(await list).toEqual([]);
    expect(await table).toEqual([]);
  });

  test('ends with its engine', async () => {
    const engine = createEngine({ sources: { rows: silent().rows } });
    const reading = all(engine.run('SELECT * FROM rows'));
    await turns();
    await engine.close();
    expect(await reading).toEqual([]);
  });

  test('fails when its signal aborts, also where rows are pushed', async () => {
    for (const rows of [silent().rows, {}]) {
      const host = new AbortController();
      const reading = all(createEngine({ sources: { rows } }).run('SELECT a FROM rows', { signal: host.signal }));
      setImmediate(() => host.abort());
      await expect(reading).rejects.toMatchObject({ code: 'VS5308' });
    }
  });

  test('is cancelled as part of a script too', async () => {
    const script = createEngine({ sources: { rows: silent().rows } }).script('CREATE STREAM a AS SELECT * FROM rows');
    await turns();
    await script.cancel();
    await expect(script.ready).rejects.toMatchObject({ code: 'VS5316' });
  });
});
