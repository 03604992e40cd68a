import {
  addMonths,
  civilOf,
  DAY_MS,
  daysFromCivil,
  daysInMonth,
  daysOf,
  HOUR_MS,
  MINUTE_MS,
  mondayOf,
  monthOf,
  SECOND_MS,
  yearOf,
} from './calendar.ts';

export type TimeUnit = 'millisecond' | 'second' | 'minute' | 'hour' | 'day' | 'week' | 'month' | 'quarter' | 'year';

const NAMES: ReadonlyMap<string, TimeUnit> = new Map<string, TimeUnit>([
  ['ms', 'millisecond'],
  ['s', 'second'],
  ['sec', 'second'],
  ['m', 'minute'],
  ['min', 'minute'],
  ['h', 'hour'],
  ['d', 'day'],
  ['w', 'week'],
  ...(['millisecond', 'second', 'minute', 'hour', 'day', 'week', 'month', 'quarter', 'year'] as const).map((u) => [u, u] as const),
]);

/** Names of units as users may write them, for messages. */
export const TIME_UNITS = 'millisecond, second, minute, hour, day, week, month, quarter, year';

/** Unit of a name in singular, plural or short form, any case. */
export function timeUnit(name: string): TimeUnit | undefined {
  const lower = name.trim().toLowerCase();
  return NAMES.get(lower) ?? (lower.endsWith('s') ? NAMES.get(lower.slice(0, -1)) : undefined);
}

/** Length of units that always have one, ms. */
const FIXED: { readonly [U in TimeUnit]?: number } = {
  millisecond: 1,
  second: SECOND_MS,
  minute: MINUTE_MS,
  hour: HOUR_MS,
  day: DAY_MS,
  week: 7 * DAY_MS,
};
/** Length in interval arithmetic, ms: a month counts 30 days, a year 365. */
const NOMINAL: { readonly [U in TimeUnit]?: number } = { ...FIXED, month: 30 * DAY_MS, quarter: 91 * DAY_MS, year: 365 * DAY_MS };

export const nominalMs = (unit: TimeUnit): number => NOMINAL[unit] as number;

/** Beginning of the unit in which an instant lies; weeks begin on Monday. */
export function truncateTime(unit: TimeUnit, ms: number): number {
  switch (unit) {
    case 'week':
      return mondayOf(daysOf(ms)) * DAY_MS;
    case 'month': {
      const civil = civilOf(ms);
      return daysFromCivil(yearOf(civil), monthOf(civil), 1) * DAY_MS;
    }
    case 'quarter': {
      const civil = civilOf(ms);
      return daysFromCivil(yearOf(civil), monthOf(civil) - ((monthOf(civil) - 1) % 3), 1) * DAY_MS;
    }
    case 'year':
      return daysFromCivil(yearOf(civilOf(ms)), 1, 1) * DAY_MS;
    default: {
      const length = FIXED[unit] as number;
      return Math.floor(ms / length) * length;
    }
  }
}

/** An instant `count` units later; months and years keep the day of the month where it exists. */
export function addTime(unit: TimeUnit, ms: number, count: number): number {
  switch (unit) {
    case 'month':
      return addMonths(ms, count);
    case 'quarter':
      return addMonths(ms, count * 3);
    case 'year':
      return addMonths(ms, count * 12);
    default:
      return ms + (FIXED[unit] as number) * count;
  }
}

/** Boundaries crossed from `start` to `end` for years to days (weeks: whole ones); whole units below. Negative when `end` is earlier. */
export function differenceIn(unit: TimeUnit, start: number, end: number): number {
  switch (unit) {
    case 'year':
      return yearOf(civilOf(end)) - yearOf(civilOf(start));
    case 'quarter':
      return Math.floor(monthNumber(end) / 3) - Math.floor(monthNumber(start) / 3);
    case 'month':
      return monthNumber(end) - monthNumber(start);
    case 'week':
      return Math.floor((daysOf(end) - daysOf(start)) / 7);
    case 'day':
      return daysOf(end) - daysOf(start);
    default:
      return Math.trunc((end - start) / (FIXED[unit] as number)) + 0;
  }
}

function monthNumber(ms: number): number {
  const civil = civilOf(ms);
  return yearOf(civil) * 12 + monthOf(civil) - 1;
}

/** Whether a calendar day exists. */
export const isCivil = (year: number, month: number, day: number): boolean =>
  month >= 1 && month <= 12 && day >= 1 && day <= daysInMonth(year, month);
