import { DAY_MS, daysOf, TIME_MAX_MS, timeOfDay } from './calendar.ts';
import type { Convert } from './cast.ts';
import { decimalToFloat } from './decimal-text.ts';
import type { Exact } from './exact.ts';
import { parseDate, parseInterval, parseTime, parseTimestamp } from './time-text.ts';
import type { SqlType } from './types.ts';

const dayStart = (ms: number): number => daysOf(ms) * DAY_MS;

/** Text may also carry a time, which is cut. */
export function toDate(from: SqlType): Convert | undefined {
  if (from.kind === 'timestamp') return (v) => dayStart(v as number);
  if (from.kind !== 'string') return undefined;
  return (v) => {
    const ms = parseDate(v as string) ?? parseTimestamp(v as string);
    return ms === undefined ? undefined : dayStart(ms);
  };
}

export function toTime(from: SqlType): Convert | undefined {
  if (from.kind === 'timestamp') return (v) => timeOfDay(v as number);
  return from.kind === 'string' ? (v) => parseTime(v as string) : undefined;
}

/** Numbers are epoch **seconds** here, unlike in functions, which take ms (dialect §4.10). */
export function toTimestamp(from: SqlType): Convert | undefined {
  switch (from.kind) {
    case 'date':
      return (v) => v;
    case 'string':
      return (v) => parseTimestamp(v as string);
    case 'integer':
    case 'float':
      return (v) => withinTime(Number(v) * 1000);
    case 'decimal':
      return (v) => withinTime(decimalToFloat(v as Exact, from.scale) * 1000);
    default:
      return undefined;
  }
}

/** Rounded to µs: seconds with a fraction are not exact as doubles. */
function withinTime(ms: number): number | undefined {
  const rounded = Number.isInteger(ms) ? ms : Math.round(ms * 1000) / 1000;
  return Math.abs(rounded) <= TIME_MAX_MS ? rounded : undefined;
}

/** Integers are ms. */
export function toInterval(from: SqlType): Convert | undefined {
  if (from.kind === 'integer') return (v) => Number(v);
  return from.kind === 'string' ? (v) => parseInterval(v as string) : undefined;
}
