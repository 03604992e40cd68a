import { describe, expect, test } from 'vitest';
import { asked } from './asked.fixture.ts';

describe('what no single query can tell is asked', () => {
  test.each([
    ['network', 'routers whose latency is more than twice the average'],
    ['clinic', 'visits with a fee above the doctor’s own average'],
    ['bakery', 'flag ovens that cost more than the average'],
  ] as const)('beside the average of all, %s: %s', (field, prompt) => {
    expect(asked(field, prompt)).toMatch(/^\? /);
  });
  test.each([
    ['clinic', 'visits at night'],
    ['network', 'flows in the evening'],
  ] as const)('a time of the day without its hours, %s: %s', (field, prompt) => {
    expect(asked(field, prompt)).toMatch(/^\? From when to when/);
  });
  test('the share of each group in all of them', () => {
    expect(asked('network', 'share of each router in total flows')).toMatch(/^\? A share needs a part/);
  });
  test('an average that is compared with a number is answered', () => {
    expect(asked('network', 'routers with average latency over 50 ms per minute')).toContain('HAVING AVG(latency_ms) > 50');
  });
});
