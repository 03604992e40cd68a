import * as fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import {
  addMonths,
  civilOf,
  DAY_MS,
  dayOf,
  dayOfYearOf,
  daysFromCivil,
  daysInMonth,
  daysOf,
  isoWeekOf,
  isoYearOf,
  mondayOf,
  monthOf,
  timeOfDay,
  weekdayOf,
  yearOf,
} from './calendar.ts';
import { addTime, differenceIn, isCivil, nominalMs, timeUnit, truncateTime } from './time-unit.ts';

/** Instants over 400 000 years, and close to day, month and epoch boundaries. */
const instant = fc.oneof(
  fc.integer({ min: -6_000_000_000_000, max: 6_000_000_000_000 }).map((s) => s * 1000),
  fc.integer({ min: -100_000, max: 100_000 }).chain((day) => fc.constantFrom(-1, 0, 1).map((d) => day * DAY_MS + d)),
  fc.integer({ min: -4e12, max: 4e12 }),
);

describe('calendar agrees with Date', () => {
  test('fields of an instant', () => {
    fc.assert(
      fc.property(instant, (ms) => {
        const date = new Date(ms);
        const civil = civilOf(ms);
        expect([yearOf(civil), monthOf(civil), dayOf(civil)]).toEqual([date.getUTCFullYear(), date.getUTCMonth() + 1, date.getUTCDate()]);
        expect(weekdayOf(daysOf(ms))).toBe(date.getUTCDay());
        expect(daysFromCivil(yearOf(civil), monthOf(civil), dayOf(civil))).toBe(daysOf(ms));
        expect(daysOf(ms) * DAY_MS + timeOfDay(ms)).toBe(ms);
        expect(dayOfYearOf(daysOf(ms))).toBe(
          Math.floor((ms - Date.UTC(2000, 0, 1) - (dateOfYear(date.getUTCFullYear()) - Date.UTC(2000, 0, 1))) / DAY_MS) + 1,
        );
      }),
      { numRuns: 10_000, seed: 31 },
    );
  });

  test('months and days outside their range carry over', () => {
    fc.assert(
      fc.property(fc.integer({ min: 1000, max: 3000 }), fc.integer({ min: -30, max: 30 }), fc.integer({ min: -60, max: 60 }), (y, m, d) => {
        expect(daysFromCivil(y, m, d)).toBe(Date.UTC(y, m - 1, d) / DAY_MS);
      }),
      { numRuns: 2000, seed: 32 },
    );
  });

  test('adding months keeps the day where it exists', () => {
    fc.assert(
      fc.property(fc.integer({ min: -4e12, max: 4e12 }), fc.integer({ min: -500, max: 500 }), (ms, months) => {
        const date = new Date(ms);
        const last = new Date(Date.UTC(date.getUTCFullYear(), date.getUTCMonth() + months + 1, 0)).getUTCDate();
        const expected = new Date(ms);
        expected.setUTCDate(1);
        expected.setUTCMonth(expected.getUTCMonth() + months);
        expected.setUTCDate(Math.min(date.getUTCDate(), last));
        expect(addMonths(ms, months)).toBe(expected.getTime());
      }),
      { numRuns: 3000, seed: 33 },
    );
  });
});

/** Midnight of the first of January, also for years that Date.UTC takes for two digits. */
function dateOfYear(year: number): number {
  const date = new Date(0);
  date.setUTCFullYear(year, 0, 1);
  return date.getTime();
}

describe('ISO weeks', () => {
  test.each([
    ['2021-01-03', 2020, 53],
    ['2021-01-04', 2021, 1],
    ['2024-12-30', 2025, 1],
    ['2026-12-31', 2026, 53],
    ['1969-12-29', 1970, 1],
    ['2000-01-01', 1999, 52],
  ])('%s lies in week %i-%i', (day, year, week) => {
    const days = Date.parse(day) / DAY_MS;
    expect([isoYearOf(days), isoWeekOf(days)]).toEqual([year, week]);
  });
  test('every week has seven days of one number', () => {
    for (let days = -3000; days < 30_000; days++) {
      expect(isoWeekOf(days)).toBe(isoWeekOf(mondayOf(days)));
      expect(weekdayOf(mondayOf(days))).toBe(1);
    }
  });
});

describe('units', () => {
  test.each([
    ['Days', 'day'],
    ['MONTHS', 'month'],
    ['ms', 'millisecond'],
    [' h ', 'hour'],
    ['quarters', 'quarter'],
    ['fortnight', undefined],
    ['s', 'second'],
  ])('%j is %s', (name, unit) => expect(timeUnit(name)).toBe(unit));

  const at = Date.UTC(2024, 4, 15, 13, 14, 15, 167);
  test.each([
    ['millisecond', at],
    ['second', Date.UTC(2024, 4, 15, 13, 14, 15)],
    ['minute', Date.UTC(2024, 4, 15, 13, 14)],
    ['hour', Date.UTC(2024, 4, 15, 13)],
    ['day', Date.UTC(2024, 4, 15)],
    ['week', Date.UTC(2024, 4, 13)],
    ['month', Date.UTC(2024, 4, 1)],
    ['quarter', Date.UTC(2024, 3, 1)],
    ['year', Date.UTC(2024, 0, 1)],
  ] as const)('a %s begins', (unit, expected) => expect(truncateTime(unit, at)).toBe(expected));

  test('moving by units', () => {
    expect(addTime('quarter', Date.UTC(2024, 10, 30), 1)).toBe(Date.UTC(2025, 1, 28));
    expect(addTime('year', Date.UTC(2024, 1, 29), 1)).toBe(Date.UTC(2025, 1, 28));
    expect(addTime('month', Date.UTC(2024, 0, 31), 1)).toBe(Date.UTC(2024, 1, 29));
    expect(addTime('week', 0, -2)).toBe(-14 * DAY_MS);
  });

  test.each([
    ['year', 1, -1],
    ['quarter', 1, -1],
    ['month', 1, -1],
    ['week', 0, -1],
    ['day', 1, -1],
    ['hour', 0, 0],
    ['second', 2, -2],
  ] as const)('from the last to the first second of a year there is a difference in %s', (unit, forth, back) => {
    const [before, after] = [Date.UTC(2023, 11, 31, 23, 59, 59), Date.UTC(2024, 0, 1, 0, 0, 1)];
    expect(differenceIn(unit, before, after)).toBe(forth);
    expect(differenceIn(unit, after, before)).toBe(back);
  });
  test('January 31 to March 1 is two months', () => {
    expect(differenceIn('month', 1706659200000, 1709251200000)).toBe(2);
  });
  test('interval arithmetic counts months as 30 days', () => {
    expect([nominalMs('month'), nominalMs('year')]).toEqual([30 * DAY_MS, 365 * DAY_MS]);
  });
  test('days that do not exist', () => {
    expect([isCivil(2023, 2, 29), isCivil(2024, 2, 29), isCivil(1900, 2, 29), isCivil(2024, 13, 1), isCivil(2024, 4, 31)]).toEqual([
      false,
      true,
      false,
      false,
      false,
    ]);
    expect([daysInMonth(2024, 2), daysInMonth(2023, 2), daysInMonth(2023, 4), daysInMonth(2023, 12)]).toEqual([29, 28, 30, 31]);
  });
});
