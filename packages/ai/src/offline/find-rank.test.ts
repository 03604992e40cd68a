import { describe, expect, test } from 'vitest';
import { asked, granted } from './asked.fixture.ts';

describe('parts of the time that are ranked', () => {
  test.each([
    ['bakery', 'which hour of the day has the most bakes', "EXTRACT('HOUR', baked_at)", 'ORDER BY bake_count DESC LIMIT 1'],
    ['network', 'at what hour are flows busiest', "EXTRACT('HOUR', seen_at)", 'ORDER BY flow_count DESC LIMIT 1'],
    ['clinic', 'quietest weekday by number of visits', "EXTRACT('DOW', arrivedAt)", 'ORDER BY visit_count LIMIT 1'],
    ['clinic', 'which day of the week brings the highest total fee', "EXTRACT('DOW', arrivedAt)", 'ORDER BY total_feeusd DESC LIMIT 1'],
    ['network', 'top 3 hours of the day by bytes sent', "EXTRACT('HOUR', seen_at)", 'ORDER BY total_bytes_sent DESC LIMIT 3'],
  ] as const)('%s: %s', (field, prompt, part, order) => {
    const sql = asked(field, prompt);
    expect(sql).toContain(`GROUP BY ${part}`);
    expect(sql).toContain(order);
    expect(sql).not.toContain('WINDOW');
  });

  test('an hour that is not said to be of the day is told as taken for granted', () => {
    expect(granted('bakery', 'busiest hour for bakes')).toContain('"hour" is the hour of the day');
  });

  test('a hour that cuts the time stays a window', () => {
    expect(asked('bakery', 'busiest oven every hour')).toContain("WINDOW TUMBLING(INTERVAL '1' HOUR)");
  });

  test('one day or minute of all of them is asked about', () => {
    expect(asked('clinic', 'which day had the most visits')).toMatch(/^\? Which day/);
    expect(asked('network', 'busiest minute')).toMatch(/^\? Which minute/);
  });
});

describe('second and later places', () => {
  test.each([
    ['bakery', 'second busiest oven each day', 'ORDER BY bake_count DESC LIMIT 1 OFFSET 1'],
    ['network', 'which router sent the third most bytes per hour', 'ORDER BY total_bytes_sent DESC LIMIT 1 OFFSET 2'],
    ['clinic', 'the 2nd highest fee', 'ORDER BY feeUsd DESC LIMIT 1 OFFSET 1'],
  ] as const)('%s: %s', (field, prompt, order) => {
    expect(asked(field, prompt)).toContain(order);
  });

  test('inside each group they are asked about', () => {
    expect(asked('clinic', 'second highest fee per doctor')).toMatch(/^\? The second highest of each group/);
  });
});

test('a superlative behind "is" ranks without an article', () => {
  expect(asked('network', 'which router is slowest')).toContain('ORDER BY avg_latency_ms DESC LIMIT 1');
});

describe('so many of what is ranked', () => {
  test.each([
    ['network', 'which 3 routers are slowest per hour', 'GROUP BY router', 'DESC LIMIT 3'],
    ['network', 'which two clients sent the most bytes each day', 'GROUP BY client_id', 'DESC LIMIT 2'],
    ['bakery', 'the four hungriest ovens per day, by cost', 'GROUP BY oven', 'ORDER BY total_cost_eur DESC LIMIT 4'],
    ['network', 'the chattiest router by packets every hour', 'GROUP BY router', 'ORDER BY total_packets DESC LIMIT 1'],
    ['bakery', 'the oven that baked the fewest loaves per day', 'GROUP BY oven', 'ORDER BY total_loaves LIMIT 1'],
    ['bakery', 'which oven bakes the least loaves per day', 'GROUP BY oven', 'ORDER BY total_loaves LIMIT 1'],
  ] as const)('%s: %s', (field, prompt, group, order) => {
    const sql = asked(field, prompt);
    expect(sql).toContain(group);
    expect(sql).toContain(order);
  });
});

test('so many of them by a figure that is told', () => {
  expect(asked('clinic', 'the five dearest doctors by average fee, each week')).toBe(
    "SELECT doctorName, AVG(feeUsd) AS avg_feeusd FROM visits GROUP BY doctorName WINDOW TUMBLING(INTERVAL '7' DAY) ORDER BY avg_feeusd DESC LIMIT 5",
  );
});
