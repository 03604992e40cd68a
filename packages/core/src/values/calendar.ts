/**
 * Proleptic Gregorian calendar in UTC, in integer arithmetic: no `Date` objects where rows are many.
 * Algorithms: Howard Hinnant, "chrono-compatible low-level date algorithms".
 */
export const DAY_MS = 86_400_000;
export const HOUR_MS = 3_600_000;
export const MINUTE_MS = 60_000;
export const SECOND_MS = 1000;
/** Furthest instant on either side that times may have, ms: the range of ECMAScript. */
export const TIME_MAX_MS = 8.64e15;

/** Days since 1970-01-01 of a calendar day; months and days outside their range carry over. */
export function daysFromCivil(year: number, month: number, day: number): number {
  const carry = Math.floor((month - 1) / 12);
  const m = month - carry * 12;
  const y = year + carry - (m <= 2 ? 1 : 0);
  const era = Math.floor(y / 400);
  const yearOfEra = y - era * 400;
  const dayOfYear = Math.floor((153 * (m + (m > 2 ? -3 : 9)) + 2) / 5) + day - 1;
  return era * 146_097 + yearOfEra * 365 + Math.floor(yearOfEra / 4) - Math.floor(yearOfEra / 100) + dayOfYear - 719_468;
}

/** Calendar day of a number of days since 1970-01-01, packed as `year * 512 + month * 32 + day`: see `yearOf` and its kin. */
export function civilFromDays(days: number): number {
  const z = days + 719_468;
  const era = Math.floor(z / 146_097);
  const dayOfEra = z - era * 146_097;
  const yearOfEra = Math.floor(
    (dayOfEra - Math.floor(dayOfEra / 1460) + Math.floor(dayOfEra / 36_524) - Math.floor(dayOfEra / 146_096)) / 365,
  );
  const dayOfYear = dayOfEra - (365 * yearOfEra + Math.floor(yearOfEra / 4) - Math.floor(yearOfEra / 100));
  const shifted = Math.floor((5 * dayOfYear + 2) / 153);
  const day = dayOfYear - Math.floor((153 * shifted + 2) / 5) + 1;
  const month = shifted < 10 ? shifted + 3 : shifted - 9;
  const year = yearOfEra + era * 400 + (month <= 2 ? 1 : 0);
  return year * 512 + month * 32 + day;
}

export const yearOf = (civil: number): number => civil >> 9;
export const monthOf = (civil: number): number => (civil >> 5) & 15;
export const dayOf = (civil: number): number => civil & 31;

export const daysOf = (ms: number): number => Math.floor(ms / DAY_MS);
/** ms since midnight, with its fraction. */
export const timeOfDay = (ms: number): number => ms - Math.floor(ms / DAY_MS) * DAY_MS;
export const civilOf = (ms: number): number => civilFromDays(daysOf(ms));

/** 0 is Sunday. */
export const weekdayOf = (days: number): number => (((days + 4) % 7) + 7) % 7;
/** 1 … 366. */
export const dayOfYearOf = (days: number): number => days - daysFromCivil(yearOf(civilFromDays(days)), 1, 1) + 1;
/** Monday of the week in which a day lies, as days since 1970-01-01. */
export const mondayOf = (days: number): number => days - ((weekdayOf(days) + 6) % 7);

/** Year that the ISO week of a day belongs to: the year of its Thursday. */
export const isoYearOf = (days: number): number => yearOf(civilFromDays(mondayOf(days) + 3));
/** ISO 8601 week, 1 … 53. */
export function isoWeekOf(days: number): number {
  const thursday = mondayOf(days) + 3;
  return Math.floor((thursday - daysFromCivil(yearOf(civilFromDays(thursday)), 1, 1)) / 7) + 1;
}

export const isLeapYear = (year: number): boolean => (year % 4 === 0 && year % 100 !== 0) || year % 400 === 0;
export const daysInMonth = (year: number, month: number): number =>
  month === 2 ? (isLeapYear(year) ? 29 : 28) : month === 4 || month === 6 || month === 9 || month === 11 ? 30 : 31;

/** The same time of day `months` later, at the end of the month where the day does not exist. */
export function addMonths(ms: number, months: number): number {
  const civil = civilOf(ms);
  const total = yearOf(civil) * 12 + monthOf(civil) - 1 + months;
  const year = Math.floor(total / 12);
  const month = total - year * 12 + 1;
  return daysFromCivil(year, month, Math.min(dayOf(civil), daysInMonth(year, month))) * DAY_MS + timeOfDay(ms);
}
