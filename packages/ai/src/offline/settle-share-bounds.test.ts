import { describe, expect, test } from 'vitest';
import { asked } from './asked.fixture.ts';

const share = (condition: string): string => `100.0 * SUM(CASE WHEN ${condition} THEN 1 ELSE 0 END) / COUNT(*)`;

describe('a percentage that no column holds bounds a share of rows', () => {
  test.each([
    ['bakery', 'ovens with more than 5% burnt bakes per day', 'burnt = TRUE', '> 5'],
    ['bakery', 'products where at least 10 percent of the bakes are burnt', 'burnt = TRUE', '>= 10'],
    ['network', 'routers in which less than half of the flows are udp', "protocol = 'udp'", '< 50'],
    ['clinic', 'doctors where emergencies make up more than a quarter of all visits', "visitKind = 'emergency'", '> 25'],
  ] as const)('%s: %s', (field, prompt, condition, bound) => {
    expect(asked(field, prompt)).toContain(`HAVING ${share(condition)} ${bound}`);
  });

  test('an alert on it compares the share', () => {
    const sql = asked('network', 'alert me when more than 2 % of the flows are dropped within 5 minutes');
    expect(sql).toContain('@alert: dropped_percent > 2');
    expect(sql).toContain(share('dropped = TRUE'));
  });

  test('a column that holds percentages and is named is compared itself', () => {
    expect(asked('network', 'dropped flows with cpu over 90%')).toContain('cpu_pct > 90');
  });
});
