import { describe, expect, test } from 'vitest';
import { alertsOf, analyzeApp, metricsOf, topologyOf, updateApp } from '../../src/apps/index.ts';
import type { AppInput } from '../../src/protocol/studio/app.ts';

const VWAP = `-- @metric: vwap_per_symbol
-- @metric_type: gauge
-- @metric_labels: symbol
SELECT symbol, SUM(price * quantity) / SUM(quantity) AS vwap FROM trades GROUP BY symbol WINDOW TUMBLING(5m) EMIT CHANGES`;
const MOVES = `-- @metric: volatility
-- @metric_type: gauge
-- @metric_labels: symbol
-- @alert: volatility > 0.05
-- @alert: avg_price > 100
SELECT symbol, AVG(price) AS avg_price, STDDEV(price) / AVG(price) AS volatility FROM trades GROUP BY symbol WINDOW TUMBLING(5m)`;
const TOP = 'SELECT symbol, volatility FROM `price-movements` WHERE volatility > 0.02 ORDER BY volatility DESC LIMIT 10';

const trading: AppInput = {
  name: 'Trading Analytics',
  queries: [
    { name: 'VWAP', sql: VWAP, sink: 'trade-vwap' },
    { name: 'Moves', sql: MOVES, sink: 'kafka://b1:9092/price-movements' },
    { name: 'Top', sql: TOP, sink: 'top-movers' },
  ],
};
const app = analyzeApp(trading, { now: 1 });

describe('an application', () => {
  test('numbers its queries and names what each reads and writes', () => {
    expect(app.queries.map(({ id, sources, sink }) => [id, sources, sink])).toEqual([
      ['q1', ['trades'], 'trade-vwap'],
      ['q2', ['trades'], 'kafka://b1:9092/price-movements'],
      ['q3', ['price-movements'], 'top-movers'],
    ]);
    expect([app.id, app.slug, app.version, app.createdAt]).toEqual(['trading-analytics', 'trading-analytics', 1, 1]);
  });

  test('infers what a gauge measures, and adds one where an alert needs it', () => {
    expect(app.metrics.map(({ name, field, prometheusName, synthesised }) => [name, field, prometheusName, synthesised])).toEqual([
      ['vwap_per_symbol', 'vwap', 'velostream_vwap_per_symbol', undefined],
      ['volatility', 'volatility', 'velostream_volatility', undefined],
      ['moves_avg_price', 'avg_price', 'velostream_moves_avg_price', true],
    ]);
    expect(app.alerts.map(({ name, promql }) => [name, promql])).toEqual([
      ['high_volatility', 'velostream_volatility > 0.05'],
      ['high_avg_price', 'velostream_moves_avg_price > 100'],
    ]);
  });

  test('makes one node of a topic that is written and read', () => {
    const { nodes, edges } = app.topology;
    expect(nodes.map(({ id, type, verb }) => [id, type, verb])).toEqual([
      ['trades', 'source', undefined],
      ['query:q1', 'transform', '5-min tumble by symbol'],
      ['trade-vwap', 'sink', undefined],
      ['query:q2', 'transform', '5-min tumble by symbol'],
      ['price-movements', 'sink', undefined],
      ['query:q3', 'transform', 'top 10'],
      ['top-movers', 'sink', undefined],
    ]);
    expect(edges).toContainEqual({ from: 'price-movements', to: 'query:q3' });
  });

  test('follows columns through expressions, aggregates and queries', () => {
    expect(app.topology.lineage).toEqual(
      expect.arrayContaining([
        { from: 'trades.price', to: 'trade-vwap.vwap' },
        { from: 'trades.quantity', to: 'trade-vwap.vwap' },
        { from: 'trades.price', to: 'price-movements.volatility' },
        { from: 'price-movements.volatility', to: 'top-movers.volatility' },
      ]),
    );
    expect(app.topology.lineage).not.toContainEqual({ from: 'trades.quantity', to: 'price-movements.volatility' });
  });

  test('reports mistakes at their place in their query, also across queries', () => {
    const broken = analyzeApp(
      {
        name: 'x',
        queries: [
          { name: 'a', sql: 'SELECT symbol AS s FROM trades', sink: 'out-a' },
          { name: 'b', sql: 'SELECT symbol FROM `out-a`' },
        ],
      },
      { now: 0, schemas: { trades: { columns: [{ name: 'symbol', type: 'STRING' }] } } },
    );
    expect(broken.diagnostics.map(({ queryId, code, start, severity }) => [queryId, code, start, severity])).toEqual([
      ['q2', 'VS2004', 7, 'error'],
    ]);
  });

  test('with broken SQL is still shown', () => {
    const broken = analyzeApp({ name: 'x', queries: [{ name: 'a', sql: 'SELEC a FRM' }] }, { now: 0 });
    expect(broken.queries).toHaveLength(1);
    expect(broken.diagnostics.some((d) => d.severity === 'error')).toBe(true);
  });

  test('refuses two queries of one id', () => {
    const queries = [
      { id: 'a', name: 'a', sql: 'SELECT 1 AS x FROM t' },
      { id: 'a', name: 'b', sql: 'SELECT 1 AS x FROM t' },
    ];
    expect(() => analyzeApp({ name: 'x', queries }, { now: 0 })).toThrow(expect.objectContaining({ reason: 'duplicate-query' }));
  });
});

describe('an update', () => {
  const join = {
    name: 'Enrichment',
    sql: `-- @metric: enriched\nSELECT t.symbol, o.side FROM trades t JOIN orders o ON t.order_id = o.id WITHIN 10m`,
    sink: 'enriched-trades',
  };

  test('adds a query with its panels and edges', () => {
    const before = analyzeApp(
      { ...trading, panels: [{ title: 'VWAP', type: 'timeseries', metric: 'vwap_per_symbol', position: { x: 0, y: 0, w: 12, h: 8 } }] },
      { now: 1 },
    );
    const { app: after, changes } = updateApp(before, { action: 'add_query', query: join }, { now: 2 });
    expect(changes).toEqual({ added: ['q4'], modified: [], removed: [], dashboardPanelsAdded: 1, topologyEdgesAdded: 3 });
    expect([after.version, after.createdAt, after.updatedAt]).toEqual([2, 1, 2]);
    expect(after.dashboard?.panels.map((p) => [p.id, p.metric, p.position.y])).toEqual([
      [1, 'vwap_per_symbol', 0],
      [2, 'enriched', 8],
    ]);
  });

  test('changes and removes queries under their ids', () => {
    const changed = updateApp(app, { action: 'modify_query', queryId: 'q3', query: { sql: TOP.replace('10', '5') } }, { now: 2 });
    expect(changed.changes.modified).toEqual(['q3']);
    const { app: after, changes } = updateApp(changed.app, { action: 'remove_query', queryId: 'q1' }, { now: 3 });
    expect(changes.removed).toEqual(['q1']);
    expect(after.queries.map((q) => q.id)).toEqual(['q2', 'q3']);
    expect(() => updateApp(after, { action: 'remove_query', queryId: 'q1' }, { now: 4 })).toThrow(
      expect.objectContaining({ reason: 'unknown-query-id' }),
    );
  });
});

describe('single scripts', () => {
  test('have a graph of their statements', () => {
    const sql =
      'CREATE STREAM big AS SELECT id, total FROM orders WHERE total > 100;\nSELECT id FROM big INTO kafka://h:1/out EMIT CHANGES;';
    const { nodes, lineage } = topologyOf(sql);
    expect(nodes.map((n) => n.label)).toEqual(['orders', 'big', 'big', 'query 2', 'out']);
    expect(lineage).toContainEqual({ from: 'orders.id', to: 'big.id' });
    expect(lineage).toContainEqual({ from: 'big.id', to: 'out.id' });
  });

  test('list their metrics and alerts', () => {
    expect(metricsOf(VWAP)).toMatchObject([{ name: 'vwap_per_symbol', field: 'vwap', help: 'Latest vwap of query' }]);
    expect(alertsOf(MOVES).map((a) => a.promql)).toEqual(['velostream_volatility > 0.05', 'velostream_query_avg_price > 100']);
  });
});
