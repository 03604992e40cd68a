import { describe, expect, test } from 'vitest';
import { asked } from './asked.fixture.ts';

describe('a list of its own for each group', () => {
  test.each([
    ['bakery', 'top 3 products per oven by loaves', 'oven'],
    ['network', 'the router with the most flows for every protocol', 'protocol'],
    ['clinic', 'the doctor with the most visits in each ward', 'ward'],
  ] as const)('%s: %s asks what would do instead', (field, prompt, group) => {
    expect(asked(field, prompt)).toBe(
      `? A list of its own for each ${group} is not something one query here can rank. What would do instead?`,
    );
  });

  test.each([
    ['bakery', 'top 3 products by loaves per day', 'GROUP BY product'],
    ['network', 'the router with the most flows each hour', 'GROUP BY router'],
    ['clinic', 'highest fee per doctor', 'GROUP BY doctorName'],
  ] as const)('%s: %s is one list', (field, prompt, groups) => {
    expect(asked(field, prompt)).toContain(groups);
  });
});
