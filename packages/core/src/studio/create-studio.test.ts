import { describe, expect, test } from 'vitest';
import { datagen } from '../connect/datagen/datagen.ts';
import { VeloError } from '../diagnostics/velo-error.ts';
import type { TableSchema } from '../protocol/table-schema.ts';
import { memoryStore } from '../sessions/memory-store.ts';
import { createStudio } from './create-studio.ts';

const START = Date.UTC(2026, 0, 5, 9, 30);
const trades = [
  { symbol: 'AAPL', price: 100, qty: 5, trader: 'ann@example.org', ts: START + 10_000 },
  { symbol: 'AAPL', price: 102, qty: 7, trader: 'bob@example.org', ts: START + 50_000 },
  { symbol: 'MSFT', price: 400, qty: 1, trader: 'ann@example.org', ts: START + 80_000 },
];
const schema: TableSchema = {
  eventTime: 'ts',
  columns: [
    { name: 'symbol', type: 'STRING' },
    { name: 'price', type: 'FLOAT' },
    { name: 'qty', type: 'INTEGER' },
    { name: 'trader', type: 'STRING', tags: ['pii'] },
    { name: 'ts', type: 'TIMESTAMP' },
  ],
};
const clock = { now: () => START };
const counter = () => {
  let n = 0;
  return {
    next: () => {
      n = (n * 16_807 + 7) % 2_147_483_647;
      return n / 2_147_483_647;
    },
  };
};
const newStudio = (store = memoryStore()) =>
  createStudio({ connectors: [datagen()], sources: { trades: { input: () => trades, schema } }, store, clock, rng: counter() });
const reasonOf = (p: Promise<unknown>): Promise<string> =>
  p.then(
    () => 'no error',
    (e: unknown) => (VeloError.is(e) ? e.reason : String(e)),
  );

describe('a session', () => {
  test('runs a windowed query over what the host offers', async () => {
    const session = await newStudio().sessions.create({ name: 'look' });
    const execution = session.execute('SELECT symbol, SUM(qty) AS v FROM trades GROUP BY symbol WINDOW TUMBLING(1m) EMIT FINAL');
    expect((await execution.rows()).map((r) => [r['symbol'], r['v']])).toEqual([
      ['AAPL', 12],
      ['MSFT', 1],
    ]);
    expect(session.execution(execution.id)).toBe(execution);
  });

  test('connects a generator, lists it, and looks into it', async () => {
    const studio = newStudio();
    const session = await studio.sessions.create();
    const connection = await session.connect('datagen:trades?rows=50&seed=3', { as: 'demo' });
    expect(connection).toMatchObject({ type: 'datagen', alias: 'demo', status: 'connected', details: { sources: 1 } });
    const studioSources = await studio.sources.list({ sessionId: session.id });
    expect(studioSources.map((s) => s.name)).toEqual(['trades', 'demo']);
    const peek = await studio.sources.peek('demo', { limit: 3 });
    expect(peek.rows).toHaveLength(3);
    expect(peek.coverage.stoppedBy).toBe('limit');
    expect((await session.execute('SELECT COUNT(*) AS n FROM demo EMIT FINAL').rows())[0]?.['n']).toBe(50);
  });

  test('looks at the last rows of a source that ends, and at those from a record or a time on', async () => {
    const studio = newStudio();
    const session = await studio.sessions.create();
    await session.connect('datagen:trades?rows=50&seed=3', { as: 'demo' });
    const all = (await studio.sources.peek('demo', { limit: 100 })).rows;
    const last = await studio.sources.peek('demo', { limit: 3, from: 'latest' });
    expect(last.rows).toEqual(all.slice(-3));
    expect(last.coverage).toMatchObject({ scanned: 50, stoppedBy: 'end' });
    expect(last.warnings).toBeUndefined();
    expect((await studio.sources.peek('demo', { limit: 2, from: { offset: '40' } })).rows).toEqual(all.slice(40, 42));
    expect((await studio.sources.peek('trades', { from: { timestampMs: START + 50_000 } })).rows.map((r) => r['qty'])).toEqual([7, 1]);
    const cheap = await studio.sources.peek('trades', { from: 'latest', limit: 1, filter: 'price < 200' });
    expect(cheap.rows.map((r) => r['price'])).toEqual([102]);
    expect(await reasonOf(studio.sources.peek('trades', { from: { offset: 'x' } }))).toBe('unsupported');
    expect(await reasonOf(studio.sources.peek('trades', { from: { offset: '1' }, filter: 'qty > 1' }))).toBe('unsupported');
  });

  test('says in words that the last rows of an endless source are those read so far', async () => {
    const studio = newStudio();
    const session = await studio.sessions.create();
    await session.connect('datagen:trades?rows_per_second=1&history=500&seed=3', { as: 'live' });
    await session.connect('datagen:trades?rows=500&seed=3', { as: 'ended' });
    const first = (await studio.sources.peek('ended', { limit: 500 })).rows;
    const last = await studio.sources.peek('live', { from: 'latest', limit: 5 });
    const { scanned, stoppedBy } = last.coverage;
    expect(stoppedBy).toBe('time');
    const ids = (rows: typeof first) => rows.map((r) => r['trade_id']);
    expect(ids(last.rows)).toEqual(ids(first.slice(Math.max(0, scanned - 5), scanned)));
    expect(last.warnings).toEqual([expect.stringContaining(`"live" had not ended after ${scanned} records and 2 s`)]);
  });

  test('masks tagged columns in peeks, results and what is computed from them', async () => {
    const studio = newStudio();
    const session = await studio.sessions.create();
    const peek = await studio.sources.peek('trades');
    expect(peek.masked).toEqual(['trader']);
    expect(JSON.stringify(peek)).not.toContain('example.org');
    const rows = await session.execute('SELECT symbol, UPPER(trader) AS who FROM trades').rows();
    expect(rows.map((r) => r['who'])).toEqual(['••••', '••••', '••••']);
    expect(await reasonOf(studio.sources.peek('trades', { filter: "trader = 'ann@example.org'" }))).toBe('unsupported');
  });

  test('sees streams that other cells make', async () => {
    const session = await newStudio().sessions.create();
    await session.notebook.addCell({ type: 'sql', sql: 'CREATE STREAM big AS SELECT symbol, qty FROM trades WHERE qty > 4' });
    const rows = await session.execute('SELECT COUNT(*) AS n FROM big EMIT FINAL').rows();
    expect(rows).toMatchObject([{ n: 2 }]);
    expect((await session.validate('SELECT qti FROM big')).diagnostics[0]?.hint).toContain('qty');
    expect(session.context).toMatchObject({ sources: { trades: 'host:trades' }, sinks: { big: expect.any(String) } });
  });

  test('says what a query is: shape, columns, chart, metrics, words', async () => {
    const session = await newStudio().sessions.create();
    const report = await session.validate(
      '-- @metric: volume\n-- @metric_type: counter\nSELECT symbol, SUM(qty) AS v FROM trades GROUP BY symbol WINDOW TUMBLING(5m) EMIT CHANGES',
    );
    expect(report).toMatchObject({
      valid: true,
      outline: { type: 'select', sources: ['trades'], groupBy: ['symbol'], emit: 'changes' },
      columns: [{ name: 'symbol' }, { name: 'v', type: 'INTEGER' }],
      metrics: [{ name: 'volume', type: 'counter' }],
      chart: { kind: 'bar', x: 'symbol', y: ['v'] },
      summary: 'Computes v per symbol from trades, in windows of 5 minutes, with each change.',
    });
  });

  test('warns about a name that nothing is connected under', async () => {
    const session = await newStudio().sessions.create();
    const { valid, diagnostics } = await session.validate('SELECT id FROM nothing_here');
    expect(valid).toBe(true);
    expect(diagnostics).toMatchObject([{ code: 'VS7010', severity: 'warning', start: 15, end: 27 }]);
    expect(await reasonOf(session.execute('SELECT id FROM nothing_here').rows())).not.toBe('no error');
  });

  test('ends an execution after the rows that were asked for', async () => {
    const session = await newStudio().sessions.create();
    const seen: unknown[] = [];
    for await (const row of session.execute('SELECT symbol FROM trades', { maxRows: 2 })) seen.push(row['symbol']);
    expect(seen).toEqual(['AAPL', 'AAPL']);
  });
});

describe('notebooks', () => {
  test('outlive their session in the store, without secrets', async () => {
    const store = memoryStore();
    const first = newStudio(store);
    const session = await first.sessions.create({ name: 'volumes' });
    await session.connect('datagen:trades?rows=5', { as: 'demo', options: { password: 'hunter2' } });
    await session.notebook.addCell({ type: 'sql', sql: 'SELECT * FROM demo' });
    await session.notebook.addMessage({ role: 'user', text: 'show me demo', artifacts: [] });
    const again = await newStudio(store).sessions.open(session.id);
    expect(again.name).toBe('volumes');
    expect(again.notebook.cells.map((c) => c.sql)).toEqual(['SELECT * FROM demo']);
    expect(JSON.stringify(await store.get('notebooks', session.id))).not.toContain('hunter2');
    expect(await newStudio(store).sessions.list()).toMatchObject([{ name: 'volumes', cellCount: 1 }]);
  });

  test('can be exported and imported as one document', async () => {
    const studio = newStudio();
    const session = await studio.sessions.create({ name: 'a' });
    await session.notebook.addCell({ type: 'markdown', text: '# hello' });
    const copy = await studio.sessions.import(JSON.parse(JSON.stringify(await session.notebook.export())));
    expect(copy.id).not.toBe(session.id);
    expect(copy.notebook.cells).toMatchObject([{ text: '# hello' }]);
    expect(await reasonOf(studio.sessions.import({ version: 9 } as never))).toBe('invalid-request');
  });

  test('that two studios on one store write are merged, and a cell that both changed is refused', async () => {
    const store = memoryStore();
    const shared = { ...store, close: async () => {} };
    const [one, two] = [newStudio(shared), newStudio(shared)];
    const first = await one.sessions.create({ name: 'a' });
    const cell = await first.notebook.addCell({ type: 'sql', sql: 'SELECT 1' });
    const other = await first.notebook.addCell({ type: 'sql', sql: 'SELECT 2' });
    const second = await two.sessions.open(first.id);
    await first.notebook.updateCell(cell.id, { sql: 'SELECT 10' });
    await first.notebook.addMessage({ role: 'user', text: 'mine', artifacts: [] });
    await one.sessions.rename(first.id, 'b');
    await second.notebook.updateCell(other.id, { sql: 'SELECT 20' });
    expect(second.notebook.cells.map((c) => c.sql)).toEqual(['SELECT 10', 'SELECT 20']);
    expect([second.name, second.notebook.messages.length]).toEqual(['b', 1]);
    // The first has not seen that yet, and changes the same cell in another way.
    const refused = first.notebook.updateCell(other.id, { sql: 'SELECT 200' });
    await expect(refused).rejects.toMatchObject({ code: 'VS7011', reason: 'conflict', details: { cells: [other.id] } });
    expect(first.notebook.cells[1]?.sql).toBe('SELECT 20');
    await first.notebook.updateCell(other.id, { sql: 'SELECT 200' });
    expect(await store.get('notebooks', first.id)).toMatchObject({ cells: [{ sql: 'SELECT 10' }, { sql: 'SELECT 200' }], name: 'b' });
  });

  test('from before revisions are opened and written like others', async () => {
    const store = memoryStore();
    const made = newStudio();
    const old = await (await made.sessions.create({ name: 'old' })).notebook.export();
    const cells = [{ id: 'c1', type: 'sql' as const, sql: 'SELECT 1', createdAt: 1, updatedAt: 1 }];
    await store.put('notebooks', { id: 'nb-old', updatedAt: 1, summary: { name: 'old' }, document: { ...old, id: 'nb-old', cells } });
    const studio = newStudio(store);
    const session = await studio.sessions.open('nb-old');
    const updated = await session.notebook.updateCell('c1', { sql: 'SELECT 2' }, { ifRevision: 0 });
    expect(updated.revision).toBe(1);
    expect(await store.get('notebooks', 'nb-old')).toMatchObject({ revision: 1, cells: [{ sql: 'SELECT 2' }] });
  });

  test('that another studio has deleted are not written back', async () => {
    const shared = { ...memoryStore(), close: async () => {} };
    const [one, two] = [newStudio(shared), newStudio(shared)];
    const first = await one.sessions.create({ name: 'a' });
    await two.sessions.delete(first.id);
    expect(await reasonOf(first.notebook.addCell({ type: 'sql', sql: 'SELECT 1' }))).toBe('notebook-not-found');
    await one.close();
    expect(await shared.list('notebooks')).toEqual([]);
  });

  test('are renamed and deleted for good', async () => {
    const studio = newStudio();
    const session = await studio.sessions.create({ name: 'a' });
    await studio.sessions.rename(session.id, 'b');
    expect(await studio.sessions.list()).toMatchObject([{ name: 'b' }]);
    expect(await studio.sessions.delete(session.id)).toBe(true);
    await session.notebook.save();
    expect(await studio.sessions.list()).toEqual([]);
    expect(await reasonOf(studio.sessions.open(session.id))).toBe('notebook-not-found');
  });
});

test('a windowed query that shows its bounds is drawn over time', async () => {
  const session = await newStudio().sessions.create();
  const sql =
    'SELECT symbol, _WINDOW_START AS window_start, AVG(price) AS mean FROM trades GROUP BY symbol WINDOW TUMBLING(1m) EMIT CHANGES';
  expect((await session.validate(sql)).chart).toMatchObject({ kind: 'line', x: 'window_start', y: ['mean'], series: 'symbol' });
});
