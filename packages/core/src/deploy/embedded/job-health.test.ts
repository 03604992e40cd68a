import { describe, expect, test } from 'vitest';
import { bindApp } from '../../apps/bind-app.ts';
import type { JobMetrics } from '../../protocol/studio/deployment.ts';
import { expectationOf, healthOf } from './job-health.ts';

const MINUTE = 60_000;
const NOW = Date.UTC(2026, 0, 1);
const ORDERS = {
  columns: [
    { name: 'id', type: 'INTEGER' },
    { name: 'total', type: 'INTEGER' },
    { name: 'ts', type: 'TIMESTAMP' },
  ],
  eventTime: 'ts',
};
const REGIONS = { ...ORDERS, kind: 'table' as const };
const busy: JobMetrics = {
  recordsIn: 1000,
  recordsProcessed: 0,
  recordsPerSecond: 10,
  errors: 0,
  lateDropped: 0,
  stateBytes: 0,
  stateEntries: 0,
  restarts: 0,
  uptimeSeconds: 3600,
  watermark: null,
  lastInputAt: NOW,
};

const expected = (sql: string, inside: readonly string[] = []) => {
  const app = bindApp([{ name: 'q', sql }], { orders: ORDERS, regions: REGIONS });
  expect(app.queries.flatMap(({ diagnostics }) => diagnostics.filter((d) => d.severity === 'error'))).toEqual([]);
  return expectationOf(app.queries, new Set(inside));
};
const healthAfter = (sql: string, minutes: number, metrics: Partial<JobMetrics> = {}, inside: readonly string[] = []) =>
  healthOf({ status: 'running', metrics: { ...busy, lastOutputAt: NOW - minutes * MINUTE, ...metrics }, ...expected(sql, inside) }, NOW);

describe('a job that puts nothing out while rows come in', () => {
  test.each([
    ['every row is put out', 'SELECT id FROM orders'],
    ['every row changes a group', 'SELECT id, COUNT(*) AS n FROM orders GROUP BY id EMIT CHANGES'],
    ['windows close each minute', 'SELECT id, COUNT(*) AS n FROM orders GROUP BY id WINDOW TUMBLING(1m)'],
    ['rows keep their place without a partner', 'SELECT o.id FROM orders o LEFT JOIN regions r ON o.id = r.id'],
  ])('is not well where %s', (_, sql) => {
    expect(healthAfter(sql, 20)).toEqual({ health: 'critical', reasons: ['nothing came out for 20 minutes while records come in'] });
  });

  test.each([
    ['rows are chosen', 'SELECT id FROM orders WHERE total > 1000000'],
    ['rows are chosen below', 'SELECT id FROM (SELECT id FROM orders WHERE total > 1000000) d'],
    ['groups are chosen', 'SELECT id, COUNT(*) AS n FROM orders GROUP BY id WINDOW TUMBLING(1m) HAVING COUNT(*) > 500'],
    ['a partner is needed', 'SELECT o.id FROM orders o JOIN regions r ON o.id = r.id'],
    ['windows are long', 'SELECT id, COUNT(*) AS n FROM orders GROUP BY id WINDOW TUMBLING(1h)'],
    ['sessions stay open', 'SELECT id, COUNT(*) AS n FROM orders GROUP BY id WINDOW SESSION(5m)'],
  ])('is well where %s', (_, sql) => {
    expect(healthAfter(sql, 100)).toEqual({ health: 'healthy', reasons: [] });
  });

  test('is not well when its windows have had time to close twice', () => {
    const sql = 'SELECT id, COUNT(*) AS n FROM orders GROUP BY id WINDOW TUMBLING(1h)';
    expect(healthAfter(sql, 130).health).toBe('warning');
  });
});

describe('a job into which nothing comes', () => {
  const SILENT = { lastInputAt: NOW - 12 * MINUTE, recordsPerSecond: 0 };

  test('says so, whether its query may be silent or not', () => {
    for (const sql of ['SELECT id FROM orders', 'SELECT id FROM orders WHERE total > 1000000'])
      expect(healthAfter(sql, 12, SILENT)).toEqual({ health: 'warning', reasons: ['nothing has come in for 12 minutes'] });
  });

  test('is well where only another job feeds it: that one may be silent rightly', () => {
    expect(healthAfter('SELECT o.id FROM orders o LEFT JOIN regions r ON o.id = r.id', 12, SILENT, ['orders', 'regions'])).toEqual({
      health: 'healthy',
      reasons: [],
    });
  });
});
