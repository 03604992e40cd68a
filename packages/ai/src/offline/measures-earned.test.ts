import { describe, expect, test } from 'vitest';
import { asked } from './asked.fixture.ts';

describe('what is earned is added up, also from a price', () => {
  test.each([
    ['bakery', 'how much did each oven earn per day'],
    ['clinic', 'revenue per doctor each week'],
    ['clinic', 'top 3 doctors by revenue'],
  ] as const)('%s: %s', (field, prompt) => {
    expect(asked(field, prompt)).toMatch(/SUM\((cost_eur|feeUsd)\)/);
  });
});

test('high and low are two figures', () => {
  const sql = asked('network', 'high and low latency per router');
  expect(sql).toContain('MAX(latency_ms)');
  expect(sql).toContain('MIN(latency_ms)');
});
