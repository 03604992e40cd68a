import {
  civilOf,
  dayOf,
  dayOfYearOf,
  daysOf,
  HOUR_MS,
  isoWeekOf,
  MINUTE_MS,
  monthOf,
  SECOND_MS,
  timeOfDay,
  weekdayOf,
  yearOf,
} from '../../../values/calendar.ts';

/** Parts of a time that EXTRACT gives, in UTC. Those below the second count from the last full second. */
const PARTS = {
  year: (ms: number) => yearOf(civilOf(ms)),
  quarter: (ms: number) => Math.floor((monthOf(civilOf(ms)) + 2) / 3),
  month: (ms: number) => monthOf(civilOf(ms)),
  week: (ms: number) => isoWeekOf(daysOf(ms)),
  day: (ms: number) => dayOf(civilOf(ms)),
  dow: (ms: number) => weekdayOf(daysOf(ms)),
  doy: (ms: number) => dayOfYearOf(daysOf(ms)),
  hour: (ms: number) => Math.floor(timeOfDay(ms) / HOUR_MS),
  minute: (ms: number) => Math.floor(timeOfDay(ms) / MINUTE_MS) % 60,
  second: (ms: number) => Math.floor(timeOfDay(ms) / SECOND_MS) % 60,
  millisecond: (ms: number) => Math.floor(belowSecond(ms)),
  microsecond: (ms: number) => Math.round(belowSecond(ms) * 1000),
  nanosecond: (ms: number) => Math.round(belowSecond(ms) * 1000) * 1000,
  epoch: (ms: number) => Math.floor(ms / SECOND_MS),
};

const belowSecond = (ms: number): number => ms - Math.floor(ms / SECOND_MS) * SECOND_MS;

export type TimePart = keyof typeof PARTS;
export const TIME_PARTS = Object.keys(PARTS) as readonly TimePart[];

/** Part by name, any case, singular or plural. */
export function timePartNamed(name: string): TimePart | undefined {
  const lower = name.trim().toLowerCase();
  return TIME_PARTS.find((part) => part === lower || `${part}s` === lower);
}

export const timePart = (part: TimePart, ms: number): number => PARTS[part](ms);
