import { describe, expect, test } from 'vitest';
import { asked, granted } from './asked.fixture.ts';

describe('one figure over another', () => {
  test.each([
    ['bakery', 'cost per kilo for each oven: total cost over total weight', 'SUM(cost_eur) / NULLIF(SUM(weight_kg), 0)', 'GROUP BY oven'],
    ['bakery', 'unit cost (total cost divided by total loaves) per product', 'SUM(cost_eur) / NULLIF(SUM(loaves), 0)', 'GROUP BY product'],
    ['network', 'total bytes over total packets by router', 'SUM(bytes_sent) / NULLIF(SUM(packets), 0)', 'GROUP BY router'],
  ] as const)('%s: %s', (field, prompt, figure, group) => {
    const sql = asked(field, prompt);
    expect(sql).toContain(figure);
    expect(sql).toContain(group);
    expect(sql.match(/SUM\(/g)).toHaveLength(2);
  });
});

describe('one figure minus another', () => {
  test.each([
    ['network', 'total bytes minus total packets by router', 'SUM(bytes_sent) - SUM(packets)'],
    ['network', 'max minus min latency per router', 'MAX(latency_ms) - MIN(latency_ms)'],
    ['network', 'latency spread (max minus min) per router', 'MAX(latency_ms) - MIN(latency_ms)'],
    ['clinic', 'how far apart are the highest and lowest fee per doctor', 'MAX(feeUsd) - MIN(feeUsd)'],
    ['bakery', 'margin: cost minus weight, by oven', 'SUM(cost_eur - weight_kg)'],
  ] as const)('%s: %s', (field, prompt, figure) => {
    expect(asked(field, prompt)).toContain(figure);
  });
});

describe('rows of one value for each row of another', () => {
  test.each([
    ['clinic', 'how many emergencies per checkup for each doctor', "'emergency'", "'checkup'"],
    ['network', 'how many udp flows are there for every tcp flow, by router', "'udp'", "'tcp'"],
    ['bakery', 'number of rolls per bread by oven', "'roll'", "'bread'"],
  ] as const)('%s: %s', (field, prompt, top, bottom) => {
    expect(asked(field, prompt)).toMatch(
      new RegExp(`1\\.0 \\* SUM\\(CASE WHEN \\w+ = ${top} .+ / NULLIF\\(SUM\\(CASE WHEN \\w+ = ${bottom}`),
    );
  });
});

describe('so much per 100 of something', () => {
  test.each([
    ['bakery', 'cost per 100 loaves by oven', '100.0 * SUM(cost_eur) / NULLIF(SUM(loaves), 0)'],
    ['network', 'bytes per 1000 packets by router', '1000.0 * SUM(bytes_sent) / NULLIF(SUM(packets), 0)'],
  ] as const)('%s: %s', (field, prompt, figure) => {
    expect(asked(field, prompt)).toContain(figure);
  });
});

test('a span that rows hold is divided by, and is no window', () => {
  expect(asked('bakery', 'cost per minute of baking by oven')).toBe(
    'SELECT oven, 1.0 * SUM(cost_eur) / NULLIF(SUM(minutes_baked), 0) AS total_cost_eur_per_total_minutes_baked FROM bakes GROUP BY oven',
  );
  expect(granted('bakery', 'cost per minute of baking by oven')).toContain('"per minute" is of minutes_baked');
});

test('per minute stays a window where nothing of the rows is called so', () => {
  expect(asked('network', 'bytes per minute by router')).toContain("WINDOW TUMBLING(INTERVAL '1' MINUTE)");
});

test('rows of a kind among all rows', () => {
  expect(asked('network', 'udp flows as % of all flows, hourly')).toBe(
    "SELECT 100.0 * SUM(CASE WHEN protocol = 'udp' THEN 1 ELSE 0 END) / COUNT(*) AS udp_percent FROM flows WINDOW TUMBLING(INTERVAL '1' HOUR)",
  );
});
