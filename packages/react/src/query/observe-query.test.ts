import { describe, expect, test, vi } from 'vitest';
import { manualFrames, scriptedQuery, settle } from './live-query.fixture.ts';
import { observeQuery } from './observe-query.ts';

const symbols = (n: number, from = 0) => Array.from({ length: n }, (_, i) => ({ symbol: `S${from + i}` }));

describe('observeQuery', () => {
  test('many rows of one frame are one change', async () => {
    const query = scriptedQuery();
    const frames = manualFrames();
    const observer = observeQuery(query, { frame: frames.frame });
    let changes = 0;
    observer.subscribe(() => changes++);
    changes = 0;
    query.push(...symbols(100));
    await settle();
    expect([changes, frames.pending()]).toEqual([0, 1]);
    frames.draw();
    expect(changes).toBe(1);
    expect(observer.current()).toMatchObject({ status: 'live', rowsSeen: 100, rowsDropped: 0 });
  });

  test('the newest rows are kept and the others counted', async () => {
    const query = scriptedQuery();
    const observer = observeQuery(query, { rowsMax: 3 });
    observer.subscribe(() => {});
    query.push(...symbols(10));
    query.end();
    await settle();
    expect(observer.current().rows).toEqual(symbols(3, 7));
    expect(observer.current()).toMatchObject({ status: 'done', rowsSeen: 10, rowsDropped: 7 });
  });

  test('with a key the last row of each key is kept', async () => {
    const query = scriptedQuery();
    const observer = observeQuery(query, { rowsMax: 2, keyOf: (row) => row['symbol'] });
    observer.subscribe(() => {});
    query.push({ symbol: 'A', n: 1 }, { symbol: 'B', n: 1 }, { symbol: 'B', n: 2 }, { symbol: 'C', n: 1 });
    query.end();
    await settle();
    expect(observer.current().rows).toEqual([
      { symbol: 'B', n: 2 },
      { symbol: 'C', n: 1 },
    ]);
    expect(observer.current().rowsDropped).toBe(1);
  });

  test('a query has one reader for all who show it', async () => {
    const query = scriptedQuery();
    const first = observeQuery(query);
    const second = observeQuery(query);
    first.subscribe(() => {});
    second.subscribe(() => {});
    await settle();
    expect(first).toBe(second);
    expect(query.readers()).toBe(1);
  });

  test('a query that nobody looks at is held back and goes on later', async () => {
    const query = scriptedQuery();
    const observer = observeQuery(query);
    const leave = observer.subscribe(() => {});
    query.push(...symbols(2));
    await settle();
    leave();
    query.push(...symbols(50, 2));
    await settle();
    // The read that was already waiting takes one row, then rests.
    expect(query.taken()).toBe(3);
    observer.subscribe(() => {});
    query.end();
    // The page gets its turns in between, so how many it takes is not for this test to say.
    await vi.waitFor(() => expect(observer.current()).toMatchObject({ status: 'done', rowsSeen: 52 }));
  });

  test('rows that never wait leave the page its turn', async () => {
    const query = scriptedQuery();
    const endless = {
      ...query,
      async *[Symbol.asyncIterator]() {
        for (;;) yield { symbol: 'A' };
      },
    };
    const leave = observeQuery(endless, { rowsMax: 10 }).subscribe(() => {});
    await settle();
    await settle();
    leave();
    expect(observeQuery(endless).current().rows.length).toBeLessThanOrEqual(10);
  });

  test('an error becomes a state and keeps the rows so far', async () => {
    const query = scriptedQuery();
    const observer = observeQuery(query);
    observer.subscribe(() => {});
    query.push(...symbols(1));
    query.fail(new Error('the source went away'));
    await settle();
    expect(observer.current()).toMatchObject({ status: 'failed', rowsSeen: 1, pause: null, cancel: null });
    expect(observer.current().error?.message).toBe('the source went away');
  });

  test('pause and resume reach the query and are null when not possible', async () => {
    const query = scriptedQuery();
    const observer = observeQuery(query);
    observer.subscribe(() => {});
    expect(observer.current().resume).toBeNull();
    observer.current().pause?.();
    expect(observer.current()).toMatchObject({ status: 'paused', pause: null });
    observer.current().resume?.();
    expect(observer.current()).toMatchObject({ status: 'waiting', resume: null });
    expect(query.calls).toEqual(['pause', 'resume']);
  });

  test('cancelling is an end, not a failure', async () => {
    const query = scriptedQuery();
    const observer = observeQuery(query);
    observer.subscribe(() => {});
    observer.current().cancel?.();
    expect(observer.current().cancel).toBeNull();
    await settle();
    expect(observer.current()).toMatchObject({ status: 'done', error: undefined });
  });

  test('columns come from the first row while the schema is not known', async () => {
    const query = scriptedQuery([]);
    const observer = observeQuery(query);
    observer.subscribe(() => {});
    query.push({ a: 1, b: 2 });
    query.end();
    await settle();
    expect(observer.current().columns.map(({ name }) => name)).toEqual(['a', 'b']);
  });

  test('a row limit below one is refused', () => {
    expect(() => observeQuery(scriptedQuery(), { rowsMax: 0 })).toThrow(RangeError);
  });
});
