import { describe, expect, test } from 'vitest';
import { asked } from './asked.fixture.ts';

describe('shares that are asked for in other words', () => {
  test.each([
    ['bakery', 'how many percent of bakes are burnt, by oven', '100.0 * SUM(CASE WHEN burnt = TRUE', 'GROUP BY oven'],
    ['bakery', 'how large a share of bakes is burnt for each product', '1.0 * SUM(CASE WHEN burnt = TRUE', 'GROUP BY product'],
    ['bakery', 'burnt loaves out of all loaves, per oven', '1.0 * SUM(CASE WHEN burnt = TRUE', 'GROUP BY oven'],
    ['bakery', 'burnt rate of rolls by oven', '1.0 * SUM(CASE WHEN burnt = TRUE', "WHERE product = 'roll'"],
    ['network', 'what portion of flows does each router drop?', '1.0 * SUM(CASE WHEN dropped = TRUE', 'GROUP BY router'],
    ['network', 'how many percent of flows take longer than half a second, per router', 'CASE WHEN latency_ms > 500 ', 'GROUP BY router'],
    ['clinic', 'for checkups and for surgeries and for emergencies, how many no shows', 'noShow = TRUE', "'checkup'"],
    ['network', 'for tcp and for udp separately: what share of flows is dropped?', 'CASE WHEN dropped = TRUE', 'protocol'],
  ] as const)('%s: %s', (field, prompt, figure, group) => {
    const sql = asked(field, prompt);
    expect(sql).toContain(figure);
    expect(sql).toContain(group);
  });

  test.each([
    ['network', 'what fraction of the bytes goes into packets, by router', '1.0 * SUM(packets) / NULLIF(SUM(bytes_sent), 0)'],
    ['bakery', 'which percentage of the total weight is loaves, per oven', '100.0 * SUM(loaves) / NULLIF(SUM(weight_kg), 0)'],
  ] as const)('one number of another: %s: %s', (field, prompt, figure) => {
    expect(asked(field, prompt)).toContain(figure);
  });

  test('a late row is compared, and its number is no figure besides', () => {
    const sql = asked('clinic', 'what share of visits is over an hour late, by doctor');
    expect(sql).not.toContain('WINDOW');
    expect(sql.match(/SUM\(/g)).toHaveLength(1);
  });
});

describe('quotients that are told in other words', () => {
  test.each([
    ['bakery', 'divide the total cost by the number of loaves, for each oven', 'SUM(cost_eur) / NULLIF(SUM(loaves), 0)', 'GROUP BY oven'],
    [
      'bakery',
      'what does each oven spend on a kilo? sum of cost / sum of weight',
      'SUM(cost_eur) / NULLIF(SUM(weight_kg), 0)',
      'GROUP BY oven',
    ],
    [
      'bakery',
      'per product: total spent over the number of distinct bakers',
      'SUM(cost_eur) / COUNT(DISTINCT baker_id)',
      'GROUP BY product',
    ],
    [
      'clinic',
      'checkups over emergencies for each doctor',
      "'checkup' THEN 1 ELSE 0 END) / NULLIF(SUM(CASE WHEN visitKind = 'emergency'",
      'GROUP BY doctorName',
    ],
    [
      'clinic',
      'total fees divided by the number of unique patients per room',
      'SUM(feeUsd) / COUNT(DISTINCT patientId)',
      'GROUP BY roomNo',
    ],
  ] as const)('%s: %s', (field, prompt, figure, group) => {
    const sql = asked(field, prompt);
    expect(sql).toContain(figure);
    expect(sql).toContain(group);
  });
});

describe('rows beside each other in other words', () => {
  test.each([
    ['network', 'latency now less latency at the last flow, for each router', 'latency_ms - LAG(latency_ms, 1)'],
    [
      'bakery',
      'mean weight of the ten most recent bakes of each oven',
      'AVG(weight_kg) OVER (ROWS WINDOW BUFFER 10 ROWS PARTITION BY oven',
    ],
    ['clinic', 'hourly updated average wait over the past 8 hours for every doctor', 'WINDOW SLIDING(INTERVAL'],
    [
      'clinic',
      'fees per patient and session, a session being over once nothing was heard for an hour',
      "WINDOW SESSION(INTERVAL '1' HOUR)",
    ],
    ['network', 'per router: count and total bytes for sessions with a gap of 5 minutes', 'COUNT(*) AS flow_count, SUM(bytes_sent)'],
  ] as const)('%s: %s', (field, prompt, figure) => {
    expect(asked(field, prompt)).toContain(figure);
  });
});
