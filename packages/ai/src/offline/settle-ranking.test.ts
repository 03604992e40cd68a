import { expect, test } from 'vitest';
import { asked } from './asked.fixture.ts';

test.each([
  ['bakery', 'ovens ranked by cost', 'SELECT oven, SUM(cost_eur) AS total_cost_eur FROM bakes GROUP BY oven ORDER BY total_cost_eur DESC'],
  [
    'network',
    'routers sorted by latency',
    'SELECT router, AVG(latency_ms) AS avg_latency_ms FROM flows GROUP BY router ORDER BY avg_latency_ms DESC',
  ],
] as const)('things in an order have one figure each, %s: %s', (field, prompt, sql) => {
  expect(asked(field, prompt)).toBe(sql);
});

test('rows in an order stay rows', () => {
  expect(asked('network', 'flows sorted by latency')).toBe('SELECT * FROM flows ORDER BY latency_ms DESC');
});
