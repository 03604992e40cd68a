import { describe, expect, test } from 'vitest';
import { asked } from './asked.fixture.ts';

describe('one of many in an alert', () => {
  test.each([
    ['network', 'alert me when the average latency of a router goes above 50 ms within 5 minutes', 'GROUP BY router'],
    ['network', 'warn us if p95 latency on any router exceeds 100 ms', 'GROUP BY router'],
    ['clinic', 'let me know once the mean wait of any doctor climbs over 40 minutes', 'GROUP BY doctorName'],
    ['bakery', 'notify me if an oven has more than 20 burnt bakes in an hour', 'GROUP BY oven'],
  ] as const)('%s: %s', (field, prompt, group) => {
    expect(asked(field, prompt)).toContain(group);
  });

  test('is each row by itself where nothing is aggregated', () => {
    expect(asked('network', 'alert when cpu of a router is above 90')).not.toContain('GROUP BY');
  });
});

test('"any" groups an aggregate outside of alerts too', () => {
  expect(asked('bakery', 'average weight of any product per hour')).toBe(
    "SELECT product, AVG(weight_kg) AS avg_weight_kg FROM bakes GROUP BY product WINDOW TUMBLING(INTERVAL '1' HOUR)",
  );
});
