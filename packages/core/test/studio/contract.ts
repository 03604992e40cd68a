import { expect } from 'vitest';
import type { Row } from '../../src/protocol/query.ts';
import type { Studio } from '../../src/protocol/studio/studio.ts';
import { openSnapshot } from '../../src/runtime/state/snapshot.ts';
import { scalarAt } from '../../src/values/column-read.ts';

/** One promise of the Studio interface, which every implementation keeps. */
export interface ContractCase {
  readonly name: string;
  run(studio: Studio): Promise<void>;
}

const WINDOWED = 'SELECT symbol, SUM(qty) AS v, COUNT(*) AS n FROM trades GROUP BY symbol WINDOW TUMBLING(1m) EMIT FINAL';
const plain = (rows: readonly Row[]) => rows.map((r) => ({ ...r }));
const reasonOf = (work: Promise<unknown>): Promise<string> =>
  work.then(
    () => 'no error',
    (e: unknown) => (e as { reason?: string }).reason ?? String(e),
  );

/** Cases over a studio that offers a bounded stream `trades` (six rows, `trader` tagged pii) and the datagen connector. */
export const CONTRACT: readonly ContractCase[] = [
  {
    name: 'validates with diagnostics, shape, columns and words',
    async run(studio) {
      const session = await studio.sessions.create({ name: 'v' });
      const report = await session.validate(WINDOWED);
      expect(report).toMatchObject({ valid: true, outline: { groupBy: ['symbol'], emit: 'final', window: { kind: 'tumbling' } } });
      expect(report.columns.map((c) => c.name)).toEqual(['symbol', 'v', 'n']);
      const bad = await session.validate('SELECT pirce FROM trades');
      expect(bad.valid).toBe(false);
      expect(bad.diagnostics[0]).toMatchObject({ line: 1, column: 8, hint: expect.stringContaining('price') });
    },
  },
  {
    name: 'serves editors: completion, hover, signature, format, plan, functions, topology',
    async run(studio) {
      const sql = 'SELECT pri FROM trades';
      expect((await studio.sql.complete(sql, 10)).map((c) => c.label)).toContain('price');
      expect((await studio.sql.hover('SELECT SUM(qty) FROM trades', 8))?.contents).toContain('SUM');
      expect((await studio.sql.signature('SELECT SUM(', 11))?.parameters.length).toBeGreaterThan(0);
      expect(await studio.sql.format('select  symbol from trades')).toBe('SELECT symbol\nFROM trades;\n');
      expect(await studio.sql.format('SELECT symbol FROM trades', { target: 'flink' })).toMatch(/^-- refused: Nothing says what "trades"/);
      const declared = `CREATE STREAM ticks (symbol STRING, ts TIMESTAMP) WITH ('ticks.type' = 'kafka_source',
        'ticks.bootstrap.servers' = 'b:9092', 'ticks.topic' = 'ticks'); SELECT symbol, COUNT(*) AS n FROM ticks GROUP BY symbol;`;
      const printed = await studio.sql.format(declared, { target: 'flink' });
      for (const part of ['CREATE TEMPORARY TABLE `ticks`', "'connector' = 'kafka'", 'GROUP BY']) expect(printed).toContain(part);
      expect(await studio.sql.explain(WINDOWED, { stage: 'physical' })).toContain('trades');
      expect((await studio.sql.functions()).length).toBeGreaterThan(100);
      expect((await studio.sql.topology('CREATE STREAM big AS SELECT * FROM trades WHERE qty > 1')).nodes.map((n) => n.type)).toContain(
        'source',
      );
    },
  },
  {
    name: 'runs a windowed query to its end',
    async run(studio) {
      const session = await studio.sessions.create();
      const execution = session.execute(WINDOWED);
      await execution.ready;
      expect(execution.schema.columns.map((c) => c.type)).toEqual(['STRING', 'INTEGER', 'INTEGER']);
      const rows = plain(await execution.rows());
      expect(rows).toEqual([
        { symbol: 'AAPL', v: 12, n: 2 },
        { symbol: 'MSFT', v: 4, n: 2 },
        { symbol: 'AAPL', v: 9, n: 1 },
        { symbol: 'NVDA', v: 2, n: 1 },
      ]);
    },
  },
  {
    name: 'gives changes with their keys, and the last row per key as a table',
    async run(studio) {
      const session = await studio.sessions.create();
      const sql = 'SELECT symbol, SUM(qty) AS v FROM trades GROUP BY symbol EMIT CHANGES';
      const ops: string[] = [];
      for await (const change of session.execute(sql).changes())
        ops.push(`${change.op} ${String(change.row['symbol'])} ${String(change.row['v'])}`);
      expect(ops).toEqual(['insert AAPL 5', 'update AAPL 12', 'insert MSFT 1', 'update MSFT 4', 'update AAPL 21', 'insert NVDA 2']);
      const table = plain(await session.execute(sql).table());
      expect(table.sort((a, b) => String(a['symbol']).localeCompare(String(b['symbol'])))).toEqual([
        { symbol: 'AAPL', v: 21 },
        { symbol: 'MSFT', v: 4 },
        { symbol: 'NVDA', v: 2 },
      ]);
    },
  },
  {
    name: 'keeps whole numbers beyond 2^53 and exact decimals',
    async run(studio) {
      const session = await studio.sessions.create();
      const rows = await session
        .execute("SELECT CAST('9007199254740993' AS INTEGER) AS big, CAST(12.3 AS DECIMAL(10,2)) AS d FROM trades LIMIT 1")
        .rows();
      expect(plain(rows)).toEqual([{ big: 9_007_199_254_740_993n, d: '12.30' }]);
    },
  },
  {
    name: 'says why nothing came out',
    async run(studio) {
      const session = await studio.sessions.create();
      const execution = session.execute('SELECT symbol FROM trades WHERE price > 1e9');
      expect(await execution.rows()).toEqual([]);
      const silence = execution.explainSilence();
      expect(silence).toMatchObject({ silent: true });
      expect(silence.reasons[0]?.reason).toBe('filtered');
    },
  },
  {
    name: 'says why nothing comes while a live query runs',
    async run(studio) {
      const session = await studio.sessions.create();
      await session.connect('datagen:trades?seed=1&rows_per_second=2000', { as: 'live' });
      const execution = session.execute('SELECT symbol FROM live WHERE price > 1e9 EMIT CHANGES');
      const first = execution[Symbol.asyncIterator]()
        .next()
        .catch(() => {});
      await expect.poll(() => execution.explainSilence().reasons.map(({ reason }) => reason), { timeout: 10_000 }).toContain('filtered');
      await execution.cancel();
      await first;
    },
  },
  {
    name: 'reports errors of a query with code and hint',
    async run(studio) {
      const session = await studio.sessions.create();
      const failed = session.execute('SELECT pirce FROM trades').rows();
      await expect(failed).rejects.toMatchObject({ code: 'VS2004', hint: expect.stringContaining('price') });
    },
  },
  {
    name: 'streams a live source, pauses, resumes and cancels',
    async run(studio) {
      const session = await studio.sessions.create();
      await session.connect('datagen:trades?seed=1&rows_per_second=2000', { as: 'live' });
      const execution = session.execute('SELECT symbol FROM live');
      let seen = 0;
      for await (const row of execution) {
        expect(typeof row['symbol']).toBe('string');
        if (++seen === 50) {
          execution.pause();
          execution.resume();
        }
        if (seen === 200) break;
      }
      expect(seen).toBe(200);
      await execution.cancel();
    },
  },
  {
    name: 'runs on generated rows where nothing is connected, and says so',
    async run(studio) {
      const session = await studio.sessions.create();
      const execution = session.execute("SELECT region, COUNT(*) AS n FROM visits WHERE region = 'north' GROUP BY region EMIT FINAL", {
        synthetic: true,
      });
      const rows = await execution.rows();
      expect(rows).toHaveLength(1);
      expect(Number(rows[0]?.['n'])).toBeGreaterThan(0);
      expect(execution.metrics().warnings['generated-rows']).toBe(1);
      await expect(session.execute('SELECT region FROM visits').rows()).rejects.toBeDefined();
    },
  },
  {
    name: 'connects, lists, inspects, peeks and masks',
    async run(studio) {
      const session = await studio.sessions.create();
      const connection = await session.connect('datagen:trades?rows=30&seed=3', { as: 'demo' });
      expect(connection).toMatchObject({ alias: 'demo', status: 'connected', type: 'datagen' });
      const sources = await studio.sources.list({ sessionId: session.id });
      expect(sources.map((s) => s.name)).toEqual(['trades', 'demo']);
      const schema = await studio.sources.inspect('demo', { sessionId: session.id });
      expect(schema.fields.find((f) => f.name === 'symbol')).toMatchObject({ type: 'STRING' });
      expect(schema.coverage.scanned).toBeGreaterThan(0);
      const peek = await studio.sources.peek('trades', { sessionId: session.id, limit: 2 });
      expect(peek.rows).toHaveLength(2);
      expect(peek.masked).toEqual(['trader']);
      expect(peek.rows[0]?.['trader']).toBe('••••');
      const all = (await studio.sources.peek('trades', { sessionId: session.id, limit: 100 })).rows;
      const last = await studio.sources.peek('trades', { sessionId: session.id, limit: 1, from: 'latest' });
      expect(last.rows).toEqual(all.slice(-1));
      expect(await studio.sources.stats('demo', { sessionId: session.id })).toMatchObject({ coverage: { partitions: [] } });
      expect(Object.keys(session.context.connections)).toEqual(['demo']);
      await session.disconnect(connection.id);
      expect(Object.keys(session.context.connections)).toEqual([]);
      expect(await reasonOf(studio.sources.peek('nothing', { sessionId: session.id }))).toBe('source-not-found');
    },
  },
  {
    name: 'follows a source as records come, and stops when nobody does',
    async run(studio) {
      const session = await studio.sessions.create();
      await session.connect('datagen:trades?seed=1&rows_per_second=2000', { as: 'live' });
      let seen = 0;
      for await (const peek of studio.sources.tail('live', { sessionId: session.id, limit: 10 })) {
        expect(peek.rows.length).toBeLessThanOrEqual(10);
        expect(typeof peek.rows[0]?.['symbol']).toBe('string');
        seen += peek.rows.length;
        if (seen >= 30) break;
      }
      for await (const peek of studio.sources.tail('live', { sessionId: session.id, limit: 0 })) {
        expect(peek.rows).toHaveLength(1);
        break;
      }
      const rows: Row[] = [];
      for await (const peek of studio.sources.tail('trades', { sessionId: session.id })) rows.push(...peek.rows);
      expect(rows.map((r) => r['trader'])).toEqual(Array(6).fill('••••'));
      const none = studio.sources.tail('nothing', { sessionId: session.id })[Symbol.asyncIterator]().next();
      expect(await reasonOf(Promise.resolve(none))).toBe('source-not-found');
    },
  },
  {
    name: 'gives batches of columns as the engine has them',
    async run(studio) {
      const session = await studio.sessions.create();
      const found: unknown[][] = [];
      const ops: number[] = [];
      const sql = 'SELECT symbol, SUM(qty) AS v, qty > 4 AS big FROM trades GROUP BY symbol, qty > 4 EMIT CHANGES';
      for await (const batch of session.execute(sql).batches())
        for (let i = 0; i < batch.length; i++) {
          found.push(batch.columns.map((column) => scalarAt(column, i)));
          ops.push(batch.ops?.[i] ?? 0);
        }
      expect(found.filter((_, i) => ops[i] !== 1)).toEqual([
        ['AAPL', 5, true],
        ['AAPL', 12, true],
        ['MSFT', 1, false],
        ['MSFT', 4, false],
        ['AAPL', 21, true],
        ['NVDA', 2, false],
      ]);
      const masked = session.execute('SELECT trader FROM trades').batches()[Symbol.asyncIterator]();
      expect(await reasonOf(Promise.resolve(masked.next()))).toBe('unsupported');
    },
  },
  {
    name: 'takes a checkpoint of a running query',
    async run(studio) {
      const session = await studio.sessions.create();
      await session.connect('datagen:trades?seed=1&rows_per_second=2000', { as: 'live' });
      const execution = session.execute('SELECT symbol, SUM(quantity) AS v FROM live GROUP BY symbol EMIT CHANGES');
      let seen = 0;
      for await (const _row of execution) {
        if (++seen < 20) continue;
        const checkpoint = await execution.checkpoint();
        expect(openSnapshot(checkpoint.bytes, checkpoint.fingerprint).length).toBeGreaterThan(0);
        break;
      }
      const hidden = session.execute('SELECT COUNT(*) AS n FROM trades EMIT CHANGES');
      expect(await reasonOf(hidden.checkpoint())).toBe('unsupported');
      await hidden.cancel();
    },
  },
  {
    name: 'keeps notebooks: cells, messages, artifacts, context',
    async run(studio) {
      const session = await studio.sessions.create({ name: 'first' });
      const made = await session.notebook.addCell({
        type: 'sql',
        name: 'big',
        sql: 'CREATE STREAM big AS SELECT symbol, qty FROM trades WHERE qty > 4',
      });
      const note = await session.notebook.addCell({ type: 'markdown', text: 'why' });
      await session.notebook.moveCell(note.id, 0);
      await session.notebook.updateCell(made.id, { nlPrompt: 'large trades' });
      await session.notebook.addMessage({ role: 'user', text: 'large trades', artifacts: [] });
      expect(session.notebook.cells.map((c) => c.type)).toEqual(['markdown', 'sql']);
      expect(session.notebook.cells[1]).toMatchObject({ nlPrompt: 'large trades', sql: expect.stringContaining('big') });
      expect(session.context).toMatchObject({ sources: { trades: 'host:trades' }, dependencies: [made.id] });
      expect(plain(await session.execute('SELECT COUNT(*) AS n FROM big EMIT FINAL').rows())).toEqual([{ n: 3 }]);
      await session.notebook.removeCell(made.id);
      expect(session.context.sources).toEqual({});
      await studio.sessions.rename(session.id, 'second');
      expect((await studio.sessions.list()).find((n) => n.id === session.id)).toMatchObject({ name: 'second', cellCount: 1 });
      const copy = await studio.sessions.import(await session.notebook.export());
      expect(copy.notebook.cells.map((c) => c.text)).toEqual(['why']);
      expect(copy.id).not.toBe(session.id);
      expect(await studio.sessions.delete(session.id)).toBe(true);
      expect(await reasonOf(studio.sessions.open(session.id))).toBe('notebook-not-found');
    },
  },
  {
    name: 'brings a notebook back that was deleted, under its id, from what it was exported to before',
    async run(studio) {
      const session = await studio.sessions.create({ name: 'gone by mistake' });
      await session.notebook.addCell({ type: 'markdown', text: 'why' });
      await session.notebook.addMessage({ role: 'user', text: 'volume by symbol', artifacts: [] });
      const document = await session.notebook.export();
      await studio.sessions.delete(session.id);
      const back = await studio.sessions.import(document);
      expect([back.id, back.name]).toEqual([session.id, 'gone by mistake']);
      const { notebook } = await studio.sessions.open(session.id);
      expect([notebook.cells.map((c) => c.text), notebook.messages.map((m) => m.text)]).toEqual([['why'], ['volume by symbol']]);
      expect((await studio.sessions.list()).filter(({ id }) => id === session.id)).toHaveLength(1);
    },
  },
  {
    name: 'refuses a change of a cell that was changed elsewhere in the meantime',
    async run(studio) {
      const here = await studio.sessions.create({ name: 'two tabs' });
      const { id } = await here.notebook.addCell({ type: 'sql', sql: 'SELECT 1' });
      const there = await studio.sessions.open(here.id);
      // Of one tab, changes come one after the other, however fast.
      await Promise.all(['SELECT 2', 'SELECT 3'].map((sql) => here.notebook.updateCell(id, { sql })));
      const stale = there.notebook.updateCell(id, { sql: 'SELECT 4' }, { ifRevision: 1 });
      expect(await reasonOf(stale)).toBe('conflict');
      expect(await reasonOf(there.notebook.removeCell(id, { ifRevision: 1 }))).toBe('conflict');
      expect(there.notebook.cells[0]).toMatchObject({ sql: 'SELECT 3', revision: 3 });
      expect((await there.notebook.updateCell(id, { sql: 'SELECT 4' })).revision).toBe(4);
      await there.notebook.removeCell(id);
      await studio.sessions.delete(here.id);
    },
  },
  {
    name: 'makes applications and derives metrics, alerts, topology and dashboard',
    async run(studio) {
      const sql =
        '-- @metric: volume\n-- @metric_type: counter\n-- @metric_field: v\n-- @metric_labels: symbol\nCREATE STREAM volumes AS SELECT symbol, SUM(qty) AS v FROM trades GROUP BY symbol WINDOW TUMBLING(1m) EMIT FINAL';
      const app = await studio.apps.create({ name: 'Trading', queries: [{ name: 'Volume', sql }] });
      expect(app.metrics).toMatchObject([{ name: 'volume', labels: ['symbol'] }]);
      expect(app.topology.nodes.length).toBeGreaterThanOrEqual(3);
      expect(app.dashboard?.panels.length).toBeGreaterThan(0);
      const { app: bigger, changes } = await studio.apps.update(app.id, {
        action: 'add_query',
        query: { name: 'Top', sql: 'SELECT symbol, v FROM volumes WHERE v > 3' },
      });
      expect(bigger.queries.map((q) => q.name)).toEqual(['Volume', 'Top']);
      expect(changes.added).toHaveLength(1);
      expect((await studio.apps.list()).map((a) => a.id)).toContain(app.id);
      expect(await studio.apps.delete(app.id)).toBe(true);
      expect(await reasonOf(studio.apps.get(app.id))).toBe('app-not-found');
    },
  },
  {
    name: 'tests a query on generated rows, and reports what failed',
    async run(studio) {
      const session = await studio.sessions.create();
      const good = await session.test(WINDOWED, {
        records: 300,
        seed: 7,
        assertions: [
          { type: 'record_count', greater_than: 0 },
          { type: 'no_nulls', fields: ['symbol'] },
        ],
      });
      expect(good).toMatchObject({ passed: true, seed: 7, inputs: { trades: 300 } });
      expect(good.output.columns.map((c) => c.name)).toEqual(['symbol', 'v', 'n']);
      const bad = await session.test('SELECT symbol FROM trades', {
        records: 50,
        seed: 7,
        assertions: [{ type: 'record_count', greater_than: 1_000 }],
      });
      expect(bad.passed).toBe(false);
      expect(bad.assertions.some((a) => !a.passed)).toBe(true);
    },
  },
  {
    name: 'tests a whole notebook and a whole application',
    async run(studio) {
      const session = await studio.sessions.create({ name: 'suite' });
      const sql = 'CREATE STREAM big AS SELECT symbol, qty, ts FROM trades WHERE qty > 4';
      await session.notebook.addCell({ type: 'sql', name: 'big', sql });
      await session.notebook.addCell({
        type: 'sql',
        name: 'count',
        sql: 'SELECT symbol, COUNT(*) AS n FROM big GROUP BY symbol EMIT FINAL',
      });
      const suite = await session.notebook.test({ records: 200, seed: 3 });
      expect(suite.queries.map((q) => [q.name, q.passed])).toEqual([
        ['big', true],
        ['count', true],
      ]);
      const app = await studio.apps.create({
        name: 'Pair',
        queries: [
          { name: 'Big', sql: 'SELECT symbol, qty, ts FROM trades WHERE qty > 4', sink: 'big' },
          { name: 'Count', sql: 'SELECT symbol, COUNT(*) AS n FROM big GROUP BY symbol EMIT FINAL', sink: 'counts' },
        ],
      });
      const report = await studio.apps.test(app.id, { records: 200, seed: 3, sessionId: session.id });
      expect(report.queries.map((q) => [q.name, q.status])).toEqual([
        ['Big', 'passed'],
        ['Count', 'passed'],
      ]);
    },
  },
  {
    name: 'generates the same rows for the same seed',
    async run(studio) {
      const session = await studio.sessions.create();
      const schema = {
        name: 'orders',
        fields: [
          { name: 'id', type: 'integer' as const },
          { name: 'amount', type: 'decimal' as const, scale: 2 },
        ],
      };
      const first = await session.generateData({ schema, records: 5, seed: 9 });
      const second = await session.generateData({ schema, records: 5, seed: 9 });
      expect(first.records['orders']).toHaveLength(5);
      expect(second.records).toEqual(first.records);
      expect(first.schemaUsed[0]?.name).toBe('orders');
    },
  },
  {
    name: 'lists templates, shows one, and puts it on a real source',
    async run(studio) {
      const { templates, categories } = await studio.templates.list();
      expect(templates.length).toBeGreaterThan(0);
      expect(categories.length).toBeGreaterThan(0);
      const template = await studio.templates.get('trading-analytics');
      expect(template.queries.length).toBe(4);
      const session = await studio.sessions.create();
      const { mapping } = await studio.templates.preview('trading-analytics', { source: 'trades', sessionId: session.id });
      expect(mapping.matches.find((m) => m.template === 'symbol')?.actual).toBe('symbol');
      const made = await studio.templates.customize('trading-analytics', { mappings: {}, autoDiscover: true, sessionId: session.id });
      expect(made.app.queries.length).toBeGreaterThan(0);
      expect((await studio.apps.get(made.app.id)).templateId).toBe('trading-analytics');
      expect(await reasonOf(studio.templates.get('no-such-template'))).toBe('template-not-found');
    },
  },
  {
    name: 'makes a dashboard of the metrics of a notebook',
    async run(studio) {
      const session = await studio.sessions.create({ name: 'dash' });
      await session.notebook.addCell({
        type: 'sql',
        sql: `-- @metric: volume\n-- @metric_type: counter\n-- @metric_field: v\n${WINDOWED}`,
      });
      const dashboard = await session.dashboard();
      expect(dashboard.panels.map((p) => p.metric)).toEqual(['volume']);
      expect(dashboard.grafanaJson).toMatchObject({ panels: [{ type: 'timeseries' }] });
    },
  },
  {
    name: 'calls the jobs of a notebook as its editors are called',
    async run(studio) {
      const session = await studio.sessions.create({ name: 'titles' });
      await session.connect('datagen:trades?seed=1&rows=10', { as: 'live' });
      const cell = await session.notebook.addCell({ type: 'sql', sql: 'SELECT symbol FROM live' });
      await session.notebook.addCell({ type: 'sql', sql: 'SELECT price FROM live', name: 'prices' });
      await session.notebook.putArtifact({
        kind: 'sql-editor',
        id: 'editor',
        version: 1,
        title: 'Symbols of live',
        state: 'done',
        actions: [],
        provenance: { sources: ['live'], by: 'test' },
        createdAt: 0,
        data: { sql: 'SELECT symbol FROM live', diagnostics: [], metrics: [], alerts: [], cellId: cell.id },
      });
      const { jobs } = await session.plan({ name: 'titles', notebookId: session.id });
      expect(jobs.map(({ name, title }) => [name, title])).toEqual([
        ['titles_q1', 'Symbols of live'],
        ['titles_q2', 'prices'],
      ]);
    },
  },
  {
    name: 'plans, deploys with the approved plan, watches, pauses, stops and deletes',
    async run(studio) {
      const session = await studio.sessions.create({ name: 'ops' });
      await session.connect('datagen:trades?seed=1&rows_per_second=500&history=500', { as: 'live' });
      const sql = `-- @metric: volume\n-- @metric_type: counter\n-- @metric_field: v\n-- @metric_labels: symbol\n-- @alert: v > 100\nSELECT symbol, SUM(quantity) AS v FROM live GROUP BY symbol WINDOW TUMBLING(ts, INTERVAL '5' SECOND) EMIT CHANGES`;
      const app = await studio.apps.create({ name: 'Live Volume', queries: [{ name: 'Volume', sql, sink: 'volumes' }] });
      const plan = await studio.apps.plan(app.id, { sessionId: session.id });
      expect(plan.blockers).toEqual([]);
      expect(plan.jobs).toHaveLength(1);
      expect(await reasonOf(studio.apps.deploy(app.id, { sessionId: session.id }))).not.toBe('no error');
      expect(await reasonOf(studio.apps.deploy(app.id, { sessionId: session.id, planHash: 'another' }))).not.toBe('no error');
      const deployment = await studio.apps.deploy(app.id, { sessionId: session.id, planHash: plan.hash });
      expect(deployment).toMatchObject({ status: 'running', metrics: [{ name: 'volume' }], planHash: plan.hash });
      expect(deployment.jobs).toMatchObject([{ name: 'live-volume_q1', title: 'Volume' }]);
      expect(deployment.steps).toContainEqual(expect.objectContaining({ kind: 'dashboard', title: 'Dashboard of Live Volume' }));
      const told = expect.poll(() => studio.deployments.metricsText(), { timeout: 20_000, interval: 50 });
      await told.toMatch(/velostream_volume_total\{[^}]*symbol="AAPL"/);
      expect(Object.values(await studio.deployments.metrics(deployment.id))[0]?.recordsIn).toBeGreaterThan(0);
      const shadow = await studio.deployments.startShadow(
        deployment.id,
        {
          name: app.name,
          queries: app.queries.map(({ id, name, sql }) => ({ id, name, sql })),
        },
        { share: 50 },
      );
      expect(shadow).toMatchObject({ deploymentId: deployment.id, plan: { jobs: [{ action: 'replace' }] } });
      expect((await studio.deployments.shadow(deployment.id)).startedAt).toBe(shadow.startedAt);
      expect(await reasonOf(studio.deployments.promote(deployment.id, 'another'))).toBe('plan-not-approved');
      expect(await studio.deployments.endShadow(deployment.id)).toBe(true);
      expect((await studio.deployments.pause(deployment.id)).status).toBe('paused');
      expect((await studio.deployments.resume(deployment.id)).status).toBe('running');
      expect((await studio.deployments.stop(deployment.id)).status).toBe('stopped');
      expect((await studio.deployments.logs(deployment.id)).length).toBeGreaterThan(0);
      expect((await studio.deployments.list()).map((d) => d.id)).toContain(deployment.id);
      expect(await studio.deployments.delete(deployment.id)).toBe(true);
      expect(await reasonOf(studio.deployments.get(deployment.id))).toBe('deployment-not-found');
    },
  },
];
