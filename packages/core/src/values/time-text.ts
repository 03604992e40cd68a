import {
  civilFromDays,
  DAY_MS,
  dayOf,
  daysFromCivil,
  daysOf,
  HOUR_MS,
  MINUTE_MS,
  monthOf,
  TIME_MAX_MS,
  timeOfDay,
  yearOf,
} from './calendar.ts';
import { isCivil, nominalMs, timeUnit } from './time-unit.ts';

const two = (n: number): string => (n < 10 ? `0${n}` : String(n));

/** `YYYY-MM-DD`; years outside 0 … 9999 with sign and at least six digits. */
export function dateText(ms: number): string {
  const civil = civilFromDays(daysOf(ms));
  return `${yearText(yearOf(civil))}-${two(monthOf(civil))}-${two(dayOf(civil))}`;
}

function yearText(year: number): string {
  if (year >= 0 && year <= 9999) return String(year).padStart(4, '0');
  return `${year < 0 ? '-' : '+'}${String(Math.abs(year)).padStart(6, '0')}`;
}

/** Whole ms and the µs above them. Rounded to µs: finer digits of a double are noise, far from the epoch µs too. */
function splitMicros(ms: number): { readonly whole: number; readonly micros: number } {
  const whole = Math.floor(ms);
  const micros = Math.round((ms - whole) * 1000);
  return micros === 1000 ? { whole: whole + 1, micros: 0 } : { whole, micros };
}

function clockText(wholeMs: number, micros: number): string {
  const seconds = Math.floor(wholeMs / 1000);
  const text = `${two(Math.floor(seconds / 3600))}:${two(Math.floor(seconds / 60) % 60)}:${two(seconds % 60)}`;
  const rest = wholeMs % 1000;
  if (micros !== 0) return `${text}.${String(rest * 1000 + micros).padStart(6, '0')}`;
  return rest === 0 ? text : `${text}.${String(rest).padStart(3, '0')}`;
}

/** `HH:MM:SS`, with three digits more when there are ms and six when there are µs. */
export function timeText(msOfDay: number): string {
  const { whole, micros } = splitMicros(msOfDay);
  return clockText(whole, micros);
}

/** `YYYY-MM-DD HH:MM:SS[.f]`. */
export function timestampText(ms: number): string {
  const { whole, micros } = splitMicros(ms);
  return `${dateText(whole)} ${clockText(timeOfDay(whole), micros)}`;
}

/** `[-][N days ]HH:MM:SS[.f]`. */
export function intervalText(ms: number): string {
  const { whole, micros } = splitMicros(Math.abs(ms));
  const days = Math.floor(whole / DAY_MS);
  const clock = clockText(whole - days * DAY_MS, micros);
  return `${ms < 0 ? '-' : ''}${days === 0 ? '' : `${days} ${days === 1 ? 'day' : 'days'} `}${clock}`;
}

const DATE_PART = /^(?:([+-]\d{6}|\d{4})([-/])(\d{1,2})\2(\d{1,2})|(\d{1,2})\/(\d{1,2})\/(\d{4})|(\d{1,2})-(\d{1,2})-(\d{4}))/;
const TIME_PART = /^(\d{1,2}):(\d{2})(?::(\d{2})(?:[.,](\d{1,9}))?)?/;
const ZONE_PART = /^ ?(?:[zZ]|(?:UTC|GMT)|([+-])(\d{2}):?(\d{2})?)$/;

/** Days since 1970-01-01, and how much of the text was read. */
interface DatePart {
  readonly days: number;
  readonly length: number;
}

function readDate(text: string): DatePart | undefined {
  const m = DATE_PART.exec(text);
  if (m === null) return undefined;
  const year = Number(m[1] ?? m[7] ?? m[10]);
  const month = Number(m[3] ?? m[5] ?? m[9]);
  const day = Number(m[4] ?? m[6] ?? m[8]);
  return isCivil(year, month, day) ? { days: daysFromCivil(year, month, day), length: m[0].length } : undefined;
}

/** ms of the day from the groups of `TIME_PART`; a leap second counts as the next second. */
function msOfTime(m: RegExpExecArray): number | undefined {
  const hour = Number(m[1]);
  const minute = Number(m[2]);
  const second = Number(m[3] ?? 0);
  if (hour > 23 || minute > 59 || second > 60) return undefined;
  const fraction = m[4] === undefined ? 0 : Math.trunc(Number(m[4].padEnd(9, '0')) / 1000) / 1000;
  return hour * HOUR_MS + minute * MINUTE_MS + second * 1000 + fraction;
}

/** `Y-m-d`, `Y/m/d`, `m/d/Y`, `d-m-Y`: ms at midnight UTC; undefined when the text is no such day. */
export function parseDate(text: string): number | undefined {
  const date = readDate(text);
  return date !== undefined && date.length === text.length ? date.days * DAY_MS : undefined;
}

/** `HH:MM[:SS[.f]]`: ms of the day. */
export function parseTime(text: string): number | undefined {
  const m = TIME_PART.exec(text);
  return m !== null && m[0].length === text.length ? msOfTime(m) : undefined;
}

/**
 * A day as `parseDate` takes it, alone or with a time behind a space or `T`, and with an offset as in RFC 3339.
 * ms since the epoch, with a fraction for µs (finer digits are cut); undefined when the text is no such instant.
 */
export function parseTimestamp(text: string): number | undefined {
  const usual = parseUsualTimestamp(text);
  if (usual !== undefined) return usual;
  const date = readDate(text);
  if (date === undefined) return undefined;
  const midnight = date.days * DAY_MS;
  if (date.length === text.length) return midnight;
  const separator = text.charCodeAt(date.length);
  if (separator !== 0x20 && separator !== 0x54 && separator !== 0x74) return undefined;
  const rest = text.slice(date.length + 1);
  const time = TIME_PART.exec(rest);
  const ofDay = time === null ? undefined : msOfTime(time);
  if (time === null || ofDay === undefined) return undefined;
  const offset = time[0].length === rest.length ? 0 : parseOffset(rest.slice(time[0].length));
  if (offset === undefined) return undefined;
  const ms = midnight + ofDay - offset;
  return Math.abs(ms) <= TIME_MAX_MS ? ms : undefined;
}

/** Two digits at a place, or NaN. */
function twoDigits(text: string, at: number): number {
  const tens = text.charCodeAt(at) - 48;
  const ones = text.charCodeAt(at + 1) - 48;
  return tens >= 0 && tens <= 9 && ones >= 0 && ones <= 9 ? tens * 10 + ones : Number.NaN;
}

/** `YYYY-MM-DD?HH:MM:SS[.mmm][Z]`, which is nearly all there is, without regular expressions; undefined for the rest. */
function parseUsualTimestamp(text: string): number | undefined {
  const end = text.length - (text.charCodeAt(text.length - 1) === Z ? 1 : 0);
  if (end !== 19 && (end !== 23 || text.charCodeAt(19) !== POINT)) return undefined;
  if (text.charCodeAt(4) !== DASH || text.charCodeAt(7) !== DASH) return undefined;
  if (text.charCodeAt(13) !== COLON || text.charCodeAt(16) !== COLON) return undefined;
  if (text.charCodeAt(10) !== T && text.charCodeAt(10) !== SPACE) return undefined;
  const year = twoDigits(text, 0) * 100 + twoDigits(text, 2);
  const month = twoDigits(text, 5);
  const day = twoDigits(text, 8);
  const hour = twoDigits(text, 11);
  const minute = twoDigits(text, 14);
  const second = twoDigits(text, 17);
  const ms = end === 19 ? 0 : (text.charCodeAt(20) - 48) * 100 + twoDigits(text, 21);
  // A comparison with NaN is false, so anything that is no digit fails one of these.
  if (!(hour <= 23 && minute <= 59 && second <= 59 && ms >= 0 && ms <= 999 && isCivil(year, month, day))) return undefined;
  return daysFromCivil(year, month, day) * DAY_MS + hour * HOUR_MS + minute * MINUTE_MS + second * 1000 + ms;
}

const [SPACE, DASH, POINT, COLON, T, Z] = [0x20, 0x2d, 0x2e, 0x3a, 0x54, 0x5a];

/** `Z`, `UTC`, `+02:00`, `+0200`, `+02`: ms east of UTC. */
export function parseOffset(text: string): number | undefined {
  const m = ZONE_PART.exec(text);
  if (m === null) return undefined;
  if (m[1] === undefined) return 0;
  const ms = Number(m[2]) * HOUR_MS + Number(m[3] ?? 0) * MINUTE_MS;
  return m[1] === '-' ? -ms : ms;
}

const INTERVAL_PART = /\s*([+-]?\d{1,15})\s*([a-zA-Z]+)\s*/y;

/** `5 minutes`, `1 day 2 hours`, `30s`: ms; undefined when the text is no interval. Months count 30 days, years 365. */
export function parseInterval(text: string): number | undefined {
  INTERVAL_PART.lastIndex = 0;
  let total = 0;
  let at = 0;
  while (at < text.length) {
    const m = INTERVAL_PART.exec(text);
    const unit = m === null ? undefined : timeUnit(m[2] as string);
    if (m === null || unit === undefined) return undefined;
    total += Number(m[1]) * nominalMs(unit);
    at = INTERVAL_PART.lastIndex;
  }
  return at === 0 ? undefined : total;
}
