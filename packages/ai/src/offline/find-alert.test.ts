import { describe, expect, test } from 'vitest';
import { asked } from './asked.fixture.ts';

describe('somebody is told when something happens', () => {
  test.each([
    'let the technicians know when the average latency of a router exceeds 50 ms over 5 minutes',
    'wake the engineer if the mean latency of any router goes over 50 ms over 5 minutes',
    'inform operations as soon as the average latency on a router is above 50 ms in 5 minutes',
    'drop me a line once the average latency of a router is above 50 ms within 5 minutes',
    'the network team must be told when the average latency of a router is higher than 50 ms over 5 minutes',
    'our engineers need an alarm if the average latency of any router exceeds 50 ms over 5 minutes',
    'give support a heads-up when the average latency of a router exceeds 50 ms over 5 minutes',
  ])('%s', (prompt) => {
    const sql = asked('network', prompt);
    expect(sql).toMatch(/^-- @alert: avg_latency_ms > 50/);
    expect(sql).toContain("GROUP BY router WINDOW TUMBLING(INTERVAL '5' MINUTE)");
    expect(sql).not.toContain('HAVING');
  });
});

test('an alert without a bound is asked about', () => {
  expect(asked('bakery', 'tell me when the weight looks off')).toMatch(/^\? At what value/);
});

test('a question that only says "tell me" is no alert', () => {
  expect(asked('bakery', 'tell me the average weight per product')).toBe(
    'SELECT product, AVG(weight_kg) AS avg_weight_kg FROM bakes GROUP BY product',
  );
});
