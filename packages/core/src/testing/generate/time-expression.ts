import { testingError } from '../../diagnostics/codes/testing.ts';
import { parseTimestamp } from '../../values/time-text.ts';

const UNITS: Readonly<Record<string, number>> = {
  ms: 1,
  s: 1000,
  sec: 1000,
  second: 1000,
  seconds: 1000,
  m: 60_000,
  min: 60_000,
  minute: 60_000,
  minutes: 60_000,
  h: 3_600_000,
  hour: 3_600_000,
  hours: 3_600_000,
  d: 86_400_000,
  day: 86_400_000,
  days: 86_400_000,
  w: 604_800_000,
  week: 604_800_000,
  weeks: 604_800_000,
};

/** From here on a plain number is a point in time and no distance: seconds of September 2001, ms of March 1973. */
const EPOCH_SECONDS_MIN = 1e9;
const EPOCH_MS_MIN = 1e11;

/** A time of a schema or spec in ms since the epoch; undefined where it cannot be read. Text without a zone is UTC. */
export function readTime(value: unknown, now: number): number | undefined {
  if (value instanceof Date) return value.getTime();
  const text = String(value)
    .trim()
    .replace(/^["']|["']$/g, '');
  if (/^[+-]?\d+(\.\d+)?$/.test(text)) {
    const n = Number(text);
    if (n >= EPOCH_MS_MIN) return n;
    return n >= EPOCH_SECONDS_MIN ? n * 1000 : now + n * 1000;
  }
  if (text.toLowerCase() === 'now') return now;
  const distance = readDuration(text);
  if (distance !== undefined) return now + distance;
  return parseTimestamp(text);
}

/** `-1h`, `30m`, `+90s` in ms; undefined for anything else. */
function readDuration(text: string): number | undefined {
  const match = /^(?:now\s*)?([+-]?\s*\d+(?:\.\d+)?)\s*([a-z]+)$/i.exec(text.trim());
  const unit = UNITS[(match?.[2] ?? '').toLowerCase()];
  return match === null || unit === undefined ? undefined : Number((match[1] as string).replace(/\s/g, '')) * unit;
}

/** As `readTime`, for places where a bad time ends the run. */
export function requireTime(value: unknown, now: number): number {
  const time = readTime(value, now);
  if (time === undefined) throw testingError('VS5403', { text: String(value) });
  return time;
}
