import { describe, expect, test } from 'vitest';
import { asked } from './asked.fixture.ts';
import { conditions, whole } from './where.fixture.ts';

describe('conditions told by a verb or a participle', () => {
  test.each([
    ['trips with exactly 8 passengers', 'passengers = 8'],
    ['trips whose passengers amount to 30 or more', 'passengers >= 30'],
    ['trips with a number of passengers other than 40', 'passengers != 40'],
    ['trips with delay within 5-10', 'delayMinutes BETWEEN 5 AND 10'],
    ['trips whose speed is short of 20', 'speedKmh < 20'],
    ['trips, speed over 80', 'speedKmh > 80'],
    ['trips with the cancelled ones removed', "tripStatus != 'cancelled'"],
    ['every trip whose status differs from completed', "tripStatus != 'completed'"],
  ])('%s', (prompt, where) => {
    expect(conditions('buses', prompt)).toBe(where);
  });

  test.each([
    ['admissions with nothing in the remark', 'remark IS NULL'],
    ['admissions that had the remark filled in', 'remark IS NOT NULL'],
    ['admissions whose remark says something about rain', "remark LIKE '%rain%'"],
  ])('%s', (prompt, where) => {
    expect(conditions('shows', prompt)).toBe(where);
  });
});

describe('figures told by what they depend on', () => {
  test('what a figure depends on is its group', () => {
    expect(asked('clinic', "average fee depending on the doctor's ward")).toContain('GROUP BY d.ward');
  });
  test('a rate of what is so is a share', () => {
    expect(asked('bakery', 'rate of burnt bakes per oven')).toContain('SUM(CASE WHEN burnt = TRUE THEN 1 ELSE 0 END) / COUNT(*)');
  });
  test('a condition in short', () => {
    expect(whole('buses', 'count trips line=L7 by depot name 1h')).toContain("COUNT(*) AS trip_count FROM busTrips WHERE line = 'L7'");
  });
});
