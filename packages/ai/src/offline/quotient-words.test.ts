import { describe, expect, test } from 'vitest';
import { asked } from './asked.fixture.ts';

describe('one figure over another, wherever its groups are said', () => {
  test.each([
    ['bakery', 'for each oven: total cost divided by total weight', 'SUM(cost_eur) / NULLIF(SUM(weight_kg), 0)', 'GROUP BY oven'],
    ['bakery', 'burnt bakes over all bakes, per product and day', 'SUM(CASE WHEN burnt = TRUE THEN 1 ELSE 0 END) / COUNT(*)', "'1' DAY"],
    ['bakery', 'on every oven, sum of weight in kilos / sum of loaves', 'SUM(weight_kg) / NULLIF(SUM(loaves), 0)', 'GROUP BY oven'],
    ['network', 'hourly per router: flows over the number of distinct clients', 'COUNT(*) / COUNT(DISTINCT client_id)', "'1' HOUR"],
    [
      'network',
      'for each router, tcp flows divided by udp flows',
      "protocol = 'tcp' THEN 1 ELSE 0 END) / NULLIF(SUM(CASE WHEN protocol = 'udp'",
      'GROUP BY router',
    ],
    [
      'clinic',
      'in every room, visits divided by the number of different patients',
      'COUNT(*) / COUNT(DISTINCT patientId)',
      'GROUP BY roomNo',
    ],
  ] as const)('%s: %s', (field, prompt, figure, group) => {
    const sql = asked(field, prompt);
    expect(sql).toContain(figure);
    expect(sql).toContain(group);
    expect(sql).not.toContain('WHERE');
  });

  test.each([
    ['bakery', 'how many bakes does a baker make on average, per oven', 'COUNT(*) / COUNT(DISTINCT baker_id)'],
    ['clinic', 'for each doctor, how many visits does a patient have on average?', 'COUNT(*) / COUNT(DISTINCT patientId)'],
    ['bakery', 'how many loaves does a bake give on average, per oven', 'AVG(loaves)'],
  ] as const)('of each on average: %s: %s', (field, prompt, figure) => {
    expect(asked(field, prompt)).toContain(figure);
  });

  test('a number over a bound is no quotient', () => {
    expect(asked('network', 'flows with latency over 200 ms by router')).not.toContain(' / ');
  });
});
