import { expect, test } from 'vitest';
import { asked } from './asked.fixture.ts';
import { whole } from './where.fixture.ts';

test.each([
  [
    'each hour, the oven with the most bakes',
    "SELECT oven, COUNT(*) AS bake_count FROM bakes GROUP BY oven WINDOW TUMBLING(INTERVAL '1' HOUR) ORDER BY bake_count DESC LIMIT 1",
  ],
  ['how low did the weight get per oven', 'MIN(weight_kg)'],
  ['the three ovens that reach the highest weight each day', 'MAX(weight_kg)'],
  ['how much do the ovens use, by product? 10 minutes at a time', "TUMBLING(INTERVAL '10' MINUTE)"],
  ['average weight for the different ovens', 'AVG(weight_kg) AS avg_weight_kg FROM bakes GROUP BY oven'],
  [
    'how many bakes are there each day, and with which product',
    "COUNT(*) AS bake_count FROM bakes GROUP BY product WINDOW TUMBLING(INTERVAL '1' DAY)",
  ],
  ['what does a cake cost on average', 'AVG(cost_eur)'],
])('%s', (said, sql) => {
  expect(asked('bakery', said)).toContain(sql);
});

test.each([
  ['shows', 'how many times did each gate refuse', 'COUNT(*)'],
  ['buses', 'late trips per depot', 'COUNT(*) AS trip_count FROM busTrips WHERE delayMinutes > 0 GROUP BY depotName'],
  ['buses', 'how many trips were late on each line', 'COUNT(*) AS trip_count FROM busTrips WHERE delayMinutes > 0 GROUP BY line'],
  ['wells', 'the region with the lowest minutes running', 'ORDER BY'],
  ['shows', 'admissions by type of guest', 'GROUP BY guest_type'],
  ['shows', 'how many remarks by method of entry', 'GROUP BY entry_method'],
] as const)('%s: %s', (field, said, sql) => {
  expect(whole(field, said)).toContain(sql);
});
