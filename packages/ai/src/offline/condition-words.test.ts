import { describe, expect, test } from 'vitest';
import { asked } from './asked.fixture.ts';
import { conditions } from './where.fixture.ts';

describe('conditions told by way of a denial or an exception', () => {
  test.each([
    ['trips whose delay did not reach 10 minutes', 'delayMinutes < 10'],
    ['trips where the delay never went above 10 minutes', 'delayMinutes <= 10'],
    ['trips unless air conditioned', 'airConditioned = FALSE'],
    ['trips, but not if the speed is over 80', 'speedKmh <= 80'],
    ['trips except when the status is diverted', "tripStatus != 'diverted'"],
    ['trips whose status is anything but cancelled', "tripStatus != 'cancelled'"],
    ['trips that were marked as diverted', "tripStatus = 'diverted'"],
    ['trips of line L7, or else with more than 50 passengers', "line = 'L7' OR passengers > 50"],
    ['trips, line: L7', "line = 'L7'"],
    ['need trips with the door open asap', 'doorOpen = TRUE'],
  ])('%s', (prompt, where) => {
    expect(conditions('buses', prompt)).toBe(where);
  });

  test.each([
    ['admissions where the remark was left blank', 'remark IS NULL'],
    ['admissions lacking a remark', 'remark IS NULL'],
    ['admissions with the word refund in the remark', "remark LIKE '%refund%'"],
  ])('%s', (prompt, where) => {
    expect(conditions('shows', prompt)).toBe(where);
  });
});

describe('shares and flags told around their names', () => {
  test('a share that is named last', () => {
    expect(asked('bakery', 'bakes that took under 20 minutes, in percent of all bakes')).toBe(
      'SELECT 100.0 * SUM(CASE WHEN minutes_baked < 20 THEN 1 ELSE 0 END) / COUNT(*) AS minutes_baked_percent FROM bakes',
    );
  });
  test('how large a part', () => {
    expect(asked('bakery', 'how large a part of the bakes is burnt, per oven')).toBe(
      'SELECT oven, 1.0 * SUM(CASE WHEN burnt = TRUE THEN 1 ELSE 0 END) / COUNT(*) AS burnt_share FROM bakes GROUP BY oven',
    );
  });
  test('whether something holds is a group', () => {
    expect(asked('clinic', 'number of visits split by whether the doctor is senior')).toContain('GROUP BY d.senior');
  });
});
