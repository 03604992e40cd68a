import { describe, expect, test } from 'vitest';
import { asked } from './asked.fixture.ts';

const BURNT = 'SUM(CASE WHEN burnt = TRUE THEN 1 ELSE 0 END) / COUNT(*)';

describe('a share of rows, however it is said', () => {
  test.each([
    ['bakery', 'burnt bakes as a fraction of all bakes per oven', `1.0 * ${BURNT}`],
    ['bakery', 'what part of the bakes from each oven is burnt', `1.0 * ${BURNT}`],
    ['bakery', 'burnt bakes out of all bakes by product', `1.0 * ${BURNT}`],
    ['bakery', 'burnt bakes relative to all bakes per baker', `1.0 * ${BURNT}`],
    [
      'network',
      'fraction of flows with latency of 80 ms or above, per router',
      'SUM(CASE WHEN latency_ms >= 80 THEN 1 ELSE 0 END) / COUNT(*)',
    ],
    [
      'clinic',
      'what percent of visits got marked as no show, for every doctor',
      '100.0 * SUM(CASE WHEN noShow = TRUE THEN 1 ELSE 0 END) / COUNT(*)',
    ],
  ] as const)('%s: %s', (field, prompt, share) => {
    const sql = asked(field, prompt);
    expect(sql).toContain(share);
    expect(sql).not.toContain('WHERE');
  });
});

describe('a share of what adds up', () => {
  test.each([
    ['bakery', 'share of loaves that is cake per oven', "SUM(CASE WHEN product = 'cake' THEN loaves ELSE 0 END) / NULLIF(SUM(loaves), 0)"],
    [
      'network',
      'what proportion of bytes sent comes from udp, by router',
      "SUM(CASE WHEN protocol = 'udp' THEN bytes_sent ELSE 0 END) / NULLIF(SUM(bytes_sent), 0)",
    ],
  ] as const)('%s: %s', (field, prompt, share) => {
    expect(asked(field, prompt)).toContain(share);
  });

  test('counts rows where the number is only compared', () => {
    expect(asked('bakery', 'share of bakes with more than 20 minutes baked per oven')).toContain('/ COUNT(*)');
  });
});

test('rows of the whole are counted, whatever number they resemble', () => {
  expect(asked('bakery', 'burnt bakes as a percentage of all bakes, per day')).toContain(`100.0 * ${BURNT}`);
  expect(asked('network', 'part of the flows with more than 90 cpu, per router')).toContain(
    'SUM(CASE WHEN cpu_pct > 90 THEN 1 ELSE 0 END) / COUNT(*)',
  );
});

test('a share without a part is asked about', () => {
  expect(asked('network', 'what share of the flows, by router')).toMatch(/^\? A share needs a part/);
});

test('the rows of a relation stand for themselves behind "per"', () => {
  expect(asked('network', 'bytes sent per flow by router')).toContain('SUM(bytes_sent) / COUNT(*)');
  expect(asked('clinic', 'visits per patient for each doctor')).toContain('COUNT(*) / COUNT(DISTINCT patientId)');
});

test('the one condition is the part, whatever its verb', () => {
  expect(asked('clinic', 'what percentage of visits end in a surgery, doctor by doctor')).toContain(
    "100.0 * SUM(CASE WHEN visitKind = 'surgery' THEN 1 ELSE 0 END) / COUNT(*)",
  );
  expect(asked('network', 'what percentage of them see drops, router by router')).toMatch(/^\?|100\.0/);
});
