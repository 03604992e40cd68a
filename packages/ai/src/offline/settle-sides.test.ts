import { expect, test } from 'vitest';
import { asked } from './asked.fixture.ts';

test.each([
  [
    'burnt rate per oven: burnt bakes out of all',
    'SELECT oven, 1.0 * SUM(CASE WHEN burnt = TRUE THEN 1 ELSE 0 END) / COUNT(*) AS burnt_rate FROM bakes GROUP BY oven',
  ],
  [
    'in percent, how many bakes were burnt on each oven',
    'SELECT oven, 100.0 * SUM(CASE WHEN burnt = TRUE THEN 1 ELSE 0 END) / COUNT(*) AS burnt_percent FROM bakes GROUP BY oven',
  ],
  [
    'bread rate of the rolls by oven (0 to 1)',
    "SELECT oven, 1.0 * SUM(CASE WHEN product = 'bread' THEN 1 ELSE 0 END) / COUNT(*) AS bread_rate FROM bakes GROUP BY oven",
  ],
])('what says the part once more limits no whole: %s', (prompt, sql) => {
  expect(asked('bakery', prompt)).toBe(sql);
});

test.each([
  'cost as a percentage of the weight, by oven: total cost over total weight',
  'total cost divided by total weight per oven, in percent',
])('a quotient in percent: %s', (prompt) => {
  expect(asked('bakery', prompt)).toContain('100.0 * SUM(cost_eur) / NULLIF(SUM(weight_kg), 0)');
});

test('a condition on another column limits the whole as before', () => {
  expect(asked('bakery', 'burnt rate of rolls by oven')).toContain("WHERE product = 'roll'");
});
