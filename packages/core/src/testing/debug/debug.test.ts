import { describe, expect, it } from 'vitest';
import type { Change } from '../../protocol/query.ts';
import { compareQueries } from '../compare-queries.ts';
import { tableSnapshot } from '../table-snapshot.ts';
import { createDebugSession } from './debug-session.ts';

const SQL =
  'CREATE STREAM big AS SELECT symbol, price FROM trades WHERE price > 100; CREATE TABLE counts AS SELECT symbol, COUNT(*) AS n FROM big GROUP BY symbol EMIT FINAL; SELECT symbol, n FROM counts';

describe('debug sessions', () => {
  it('run statement by statement and keep the rows of each', async () => {
    const session = createDebugSession(SQL, { seed: 1, records: 100 });
    expect(session.state).toEqual({ kind: 'not-started' });
    expect(session.statements.map((s) => [s.name, s.kind])).toEqual([
      ['big', 'CREATE STREAM'],
      ['counts', 'CREATE TABLE'],
      ['stmt_2', 'SELECT'],
    ]);
    const first = await session.step();
    expect(first).toMatchObject({ name: 'big', success: true });
    expect(session.state).toEqual({ kind: 'paused', at: 1 });
    await session.run();
    expect(session.state).toEqual({ kind: 'completed' });
    expect(session.history).toHaveLength(3);
    const total = session.head('counts', 100).reduce((n, row) => n + Number(row['n']), 0);
    expect(total).toBe(first!.rows.length);
  });

  it('stop in front of breakpoints', async () => {
    const session = createDebugSession(SQL, { seed: 1, breakpoints: ['counts'] });
    expect((await session.continue()).map((r) => r.name)).toEqual(['big']);
    expect((await session.continue()).map((r) => [r.name, r.hitBreakpoint])).toEqual([
      ['counts', true],
      ['stmt_2', false],
    ]);
    session.clearBreakpoints();
    expect(session.statements.some((s) => s.hasBreakpoint)).toBe(false);
    expect(() => session.break('nobody')).toThrow('there is no statement "nobody"');
  });

  it('show, filter and count rows', async () => {
    const session = createDebugSession(SQL, { seed: 1 });
    await session.step();
    expect(session.head(1, 2)).toHaveLength(2);
    expect(session.tail('big', 3)).toHaveLength(3);
    const found = session.filter('big', "price > 400 and symbol != 'AAPL'");
    expect(found.every((row) => Number(row['price']) > 400 && row['symbol'] !== 'AAPL')).toBe(true);
    expect(session.filter('big', 'symbol ~ SFT').every((row) => row['symbol'] === 'MSFT')).toBe(true);
  });

  it('end at the first statement that fails', async () => {
    const session = createDebugSession('CREATE STREAM a AS SELECT x FROM s; CREATE STREAM b AS SELECT nobody FROM a', { seed: 1 });
    await session.run();
    expect(session.state).toMatchObject({ kind: 'error', at: 1, message: expect.stringContaining('nobody') });
    expect(await session.step()).toBeUndefined();
  });
});

describe('versions of a query', () => {
  it('are the same where they give the same rows', async () => {
    const same = await compareQueries(
      'SELECT id, amount FROM orders WHERE amount > 100',
      'SELECT amount, id FROM orders WHERE NOT (amount <= 100)',
    );
    expect([same.same, same.text]).toEqual([true, '']);
    expect(same.before.length).toBeGreaterThan(0);
  });

  it('differ in rows, cells and columns', async () => {
    const inputs = {
      t: [
        { id: 1, v: 5 },
        { id: 2, v: 10 },
      ],
    };
    const rows = await compareQueries('SELECT id, v FROM t WHERE v >= 10', 'SELECT id, v FROM t', { inputs });
    expect([rows.same, rows.extra]).toEqual([false, [{ id: 1, v: 5 }]]);
    const cells = await compareQueries('SELECT id, v FROM t', 'SELECT id, v + 1 AS v FROM t', { inputs });
    expect(cells.cells).toContainEqual({ row: 0, column: 'v', expected: 5, actual: 6 });
    const columns = await compareQueries('SELECT id, v FROM t', 'SELECT id, v AS w FROM t', { inputs });
    expect([columns.same, columns.columnsAdded, columns.columnsRemoved]).toEqual([false, ['w'], ['v']]);
  });
});

describe('snapshots of tables', () => {
  const change = (op: Change['op'], k: string, v: number): Change => ({ op, key: [k], row: { k, v }, final: false });
  it('hold the state, its numbers and how it came about', () => {
    const first = tableSnapshot([change('insert', 'a', 1), change('insert', 'b', 1), change('update', 'a', 2), change('delete', 'b', 1)], {
      name: 't',
      keyFields: ['k'],
      at: 5,
    });
    expect(first).toMatchObject({
      records: [{ k: 'a', v: 2 }],
      stats: { recordCount: 1, inserts: 2, updates: 1, deletes: 1, peak: 2 },
      snapshotTime: 5,
    });
    expect(first.changelog[2]).toMatchObject({ op: 'update', previous: { v: 1 } });
    const next = tableSnapshot(
      [change('insert', 'c', 1)],
      { name: 't', at: 6, maxChangelogEntries: 2 },
      JSON.parse(JSON.stringify(first)) as typeof first,
    );
    expect(next.stats).toMatchObject({ recordCount: 2, inserts: 3, peak: 2 });
    expect(next.changelog).toHaveLength(2);
  });
});
