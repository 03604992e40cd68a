import {
  civilOf,
  DAY_MS,
  dayOf,
  dayOfYearOf,
  daysFromCivil,
  daysOf,
  HOUR_MS,
  isoWeekOf,
  isoYearOf,
  MINUTE_MS,
  monthOf,
  SECOND_MS,
  timeOfDay,
  weekdayOf,
  yearOf,
} from './calendar.ts';
import { parseOffset } from './time-text.ts';
import { isCivil } from './time-unit.ts';

const MONTHS = ['January', 'February', 'March', 'April', 'May', 'June', 'July', 'August', 'September', 'October', 'November', 'December'];
const WEEKDAYS = ['Sunday', 'Monday', 'Tuesday', 'Wednesday', 'Thursday', 'Friday', 'Saturday'];

const padded = (value: number, length: number): string => String(value).padStart(length, '0');
const hourOf = (ms: number): number => Math.floor(timeOfDay(ms) / HOUR_MS);
const hour12Of = (ms: number): number => hourOf(ms) % 12 || 12;
const minuteOf = (ms: number): number => Math.floor(timeOfDay(ms) / MINUTE_MS) % 60;
const secondOf = (ms: number): number => Math.floor(timeOfDay(ms) / SECOND_MS) % 60;
/** Part below the second, ns. Rounded to µs: finer digits of a double are noise. */
const nanosOf = (ms: number): number => Math.round((ms - Math.floor(ms / SECOND_MS) * SECOND_MS) * 1000) * 1000;

type Print = (ms: number) => string;

/** Codes of strftime; `%i` and `%h` are minute and 12-hour clock as in MySQL (dialect §5.4). */
const PRINTERS: ReadonlyMap<string, Print> = new Map<string, Print>([
  ['Y', (ms) => padded(yearOf(civilOf(ms)), 4)],
  ['y', (ms) => padded(((yearOf(civilOf(ms)) % 100) + 100) % 100, 2)],
  ['m', (ms) => padded(monthOf(civilOf(ms)), 2)],
  ['d', (ms) => padded(dayOf(civilOf(ms)), 2)],
  ['e', (ms) => String(dayOf(civilOf(ms))).padStart(2)],
  ['H', (ms) => padded(hourOf(ms), 2)],
  ['I', (ms) => padded(hour12Of(ms), 2)],
  ['h', (ms) => padded(hour12Of(ms), 2)],
  ['M', (ms) => padded(minuteOf(ms), 2)],
  ['i', (ms) => padded(minuteOf(ms), 2)],
  ['S', (ms) => padded(secondOf(ms), 2)],
  ['f', (ms) => padded(nanosOf(ms), 9)],
  ['3f', (ms) => padded(Math.floor(nanosOf(ms) / 1e6), 3)],
  ['6f', (ms) => padded(Math.floor(nanosOf(ms) / 1e3), 6)],
  ['9f', (ms) => padded(nanosOf(ms), 9)],
  ['p', (ms) => (hourOf(ms) < 12 ? 'AM' : 'PM')],
  ['P', (ms) => (hourOf(ms) < 12 ? 'am' : 'pm')],
  ['a', (ms) => (WEEKDAYS[weekdayOf(daysOf(ms))] as string).slice(0, 3)],
  ['A', (ms) => WEEKDAYS[weekdayOf(daysOf(ms))] as string],
  ['b', (ms) => (MONTHS[monthOf(civilOf(ms)) - 1] as string).slice(0, 3)],
  ['B', (ms) => MONTHS[monthOf(civilOf(ms)) - 1] as string],
  ['j', (ms) => padded(dayOfYearOf(daysOf(ms)), 3)],
  ['U', (ms) => padded(Math.floor((dayOfYearOf(daysOf(ms)) + 6 - weekdayOf(daysOf(ms))) / 7), 2)],
  ['W', (ms) => padded(Math.floor((dayOfYearOf(daysOf(ms)) + 6 - ((weekdayOf(daysOf(ms)) + 6) % 7)) / 7), 2)],
  ['V', (ms) => padded(isoWeekOf(daysOf(ms)), 2)],
  ['G', (ms) => padded(isoYearOf(daysOf(ms)), 4)],
  ['u', (ms) => String(weekdayOf(daysOf(ms)) || 7)],
  ['w', (ms) => String(weekdayOf(daysOf(ms)))],
  ['Z', () => 'UTC'],
  ['z', () => '+0000'],
  ['s', (ms) => String(Math.floor(ms / SECOND_MS))],
  ['F', (ms) => `${print('Y', ms)}-${print('m', ms)}-${print('d', ms)}`],
  ['T', (ms) => `${print('H', ms)}:${print('M', ms)}:${print('S', ms)}`],
  ['R', (ms) => `${print('H', ms)}:${print('M', ms)}`],
  ['D', (ms) => `${print('m', ms)}/${print('d', ms)}/${print('y', ms)}`],
  ['n', () => '\n'],
  ['t', () => '\t'],
  ['%', () => '%'],
]);

const print = (code: string, ms: number): string => (PRINTERS.get(code) as Print)(ms);

/** Plain text and codes of a format, in order. */
const piecesOf = (format: string): string[] => format.match(/%[369]f|%\.\d?f|%.|[^%]+|%$/gsu) ?? [];

const codeOf = (piece: string): string | undefined => (piece.length > 1 && piece.startsWith('%') ? piece.slice(1) : undefined);

/** Codes of a format that are none of strftime's. */
export const unknownTimeCodes = (format: string): string[] =>
  piecesOf(format).filter((piece) => {
    const code = codeOf(piece);
    return code !== undefined && !PRINTERS.has(code);
  });

/** Codes that change within a day, by how long they stay the same; the fractions of seconds change always. */
const STAYS_MS: readonly (readonly [codes: readonly string[], ms: number])[] = [
  [['f', '3f', '6f', '9f'], 0],
  [['S', 's', 'T'], SECOND_MS],
  [['M', 'i', 'R'], MINUTE_MS],
  [['H', 'I', 'h', 'p', 'P'], HOUR_MS],
];

/** Printer of instants (ms, UTC) in a strftime format; unknown codes print as they stand. The last text serves while it stays the same. */
export function timePrinter(format: string): Print {
  const pieces = piecesOf(format);
  const prints = pieces.map((piece): Print => PRINTERS.get(codeOf(piece) ?? '') ?? (() => piece));
  const staysMs = STAYS_MS.find(([codes]) => pieces.some((piece) => codes.includes(codeOf(piece) ?? '')))?.[1] ?? DAY_MS;
  let last = Number.NaN;
  let text = '';
  return (ms) => {
    const stretch = Math.floor(ms / staysMs);
    if (stretch === last) return text;
    let printed = '';
    for (const part of prints) printed += part(ms);
    text = printed;
    last = staysMs === 0 ? Number.NaN : stretch;
    return printed;
  };
}

/** What a parser has read so far. */
interface Parts {
  year: number;
  month: number;
  day: number;
  dayOfYear: number;
  hour: number;
  minute: number;
  second: number;
  nanos: number;
  afternoon: boolean | undefined;
  offsetMs: number;
  epochMs: number | undefined;
}

type Store = (parts: Parts, text: string) => void;

const monthIndex = (text: string): number => MONTHS.findIndex((m) => m.slice(0, 3).toLowerCase() === text.slice(0, 3).toLowerCase()) + 1;

/** What each code matches when read, and what it means. */
const READERS: ReadonlyMap<string, readonly [pattern: string, store: Store]> = new Map<string, readonly [string, Store]>([
  ['Y', ['[+-]\\d{4,6}|\\d{4}', (p, t) => (p.year = Number(t))]],
  ['y', ['\\d{2}', (p, t) => (p.year = Number(t) + (Number(t) < 70 ? 2000 : 1900))]],
  ['m', ['\\d{1,2}', (p, t) => (p.month = Number(t))]],
  ['d', [' ?\\d{1,2}', (p, t) => (p.day = Number(t))]],
  ['e', [' ?\\d{1,2}', (p, t) => (p.day = Number(t))]],
  ['j', ['\\d{1,3}', (p, t) => (p.dayOfYear = Number(t))]],
  ['H', ['\\d{1,2}', (p, t) => (p.hour = Number(t))]],
  ['I', ['\\d{1,2}', (p, t) => (p.hour = Number(t) % 12)]],
  ['h', ['\\d{1,2}', (p, t) => (p.hour = Number(t) % 12)]],
  ['M', ['\\d{1,2}', (p, t) => (p.minute = Number(t))]],
  ['i', ['\\d{1,2}', (p, t) => (p.minute = Number(t))]],
  ['S', ['\\d{1,2}', (p, t) => (p.second = Number(t))]],
  ['f', ['\\d{1,9}', storeFraction]],
  ['3f', ['\\d{3}', storeFraction]],
  ['6f', ['\\d{6}', storeFraction]],
  ['9f', ['\\d{9}', storeFraction]],
  ['p', ['[AaPp][Mm]', (p, t) => (p.afternoon = t.toLowerCase() === 'pm')]],
  ['P', ['[AaPp][Mm]', (p, t) => (p.afternoon = t.toLowerCase() === 'pm')]],
  ['a', ['[A-Za-z]{3}', () => undefined]],
  ['A', ['[A-Za-z]+', () => undefined]],
  ['b', ['[A-Za-z]{3}', (p, t) => (p.month = monthIndex(t))]],
  ['B', ['[A-Za-z]+', (p, t) => (p.month = monthIndex(t))]],
  ['Z', ['[A-Za-z]+', () => undefined]],
  ['z', ['[zZ]|[+-]\\d{2}:?(?:\\d{2})?', (p, t) => (p.offsetMs = parseOffset(t) ?? 0)]],
  ['s', ['-?\\d{1,13}', (p, t) => (p.epochMs = Number(t) * SECOND_MS)]],
  ['%', ['%', () => undefined]],
]);

function storeFraction(parts: Parts, text: string): void {
  parts.nanos = Number(text.padEnd(9, '0'));
}

const COMBINED: ReadonlyMap<string, string> = new Map([
  ['%F', '%Y-%m-%d'],
  ['%T', '%H:%M:%S'],
  ['%R', '%H:%M'],
  ['%D', '%m/%d/%y'],
]);

const literal = (text: string): string => text.replace(/[\\^$.*+?()[\]{}|/-]/g, '\\$&').replace(/\s+/g, '\\s+');

/**
 * Reader of text in a strftime format: ms since the epoch, undefined when the text does not fit; the whole text is read.
 * Undefined when the format has a code that cannot be read. The expression it builds has bounded pieces only.
 */
export function timeReader(format: string): ((text: string) => number | undefined) | undefined {
  const pieces = piecesOf(format.replace(/%[FTRD]/g, (code) => COMBINED.get(code) as string));
  const stores: Store[] = [];
  let pattern = '';
  for (const piece of pieces) {
    const code = codeOf(piece);
    const reader = code === undefined ? undefined : READERS.get(code);
    if (code !== undefined && reader === undefined) return undefined;
    if (reader !== undefined) stores.push(reader[1]);
    pattern += reader === undefined ? literal(piece) : `(${reader[0]})`;
  }
  const expression = new RegExp(`^${pattern}$`);
  return (text) => {
    const match = expression.exec(text);
    if (match === null) return undefined;
    const parts: Parts = {
      year: 1970,
      month: 1,
      day: 1,
      dayOfYear: 0,
      hour: 0,
      minute: 0,
      second: 0,
      nanos: 0,
      afternoon: undefined,
      offsetMs: 0,
      epochMs: undefined,
    };
    stores.forEach((store, i) => {
      store(parts, match[i + 1] as string);
    });
    return instantOf(parts);
  };
}

function instantOf(p: Parts): number | undefined {
  if (p.epochMs !== undefined) return p.epochMs + Math.floor(p.nanos / 1000) / 1000;
  if (p.hour > 23 || p.minute > 59 || p.second > 60) return undefined;
  const hour = p.afternoon === undefined ? p.hour : (p.hour % 12) + (p.afternoon ? 12 : 0);
  if (p.dayOfYear === 0 && !isCivil(p.year, p.month, p.day)) return undefined;
  const days = p.dayOfYear > 0 ? daysFromCivil(p.year, 1, p.dayOfYear) : daysFromCivil(p.year, p.month, p.day);
  const ofDay = hour * HOUR_MS + p.minute * MINUTE_MS + p.second * SECOND_MS + Math.floor(p.nanos / 1000) / 1000;
  return days * DAY_MS + ofDay - p.offsetMs;
}
