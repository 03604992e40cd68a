import { scanned } from './scan-number.ts';

const DAY_MS = 86_400_000;

/** Two digits, or a number above 99 that no field of a date allows. */
const two = (b: Uint8Array, p: number): number => {
  const high = (b[p] as number) - 48;
  const low = (b[p + 1] as number) - 48;
  return high >= 0 && high <= 9 && low >= 0 && low <= 9 ? high * 10 + low : 100;
};

/** Days since 1970-01-01 of a proleptic Gregorian date; Howard Hinnant, "chrono-Compatible Low-Level Date Algorithms". */
export function daysFromCivil(year: number, month: number, day: number): number {
  const y = month <= 2 ? year - 1 : year;
  const era = Math.floor(y / 400);
  const yoe = y - era * 400;
  const doy = Math.floor((153 * (month + (month > 2 ? -3 : 9)) + 2) / 5) + day - 1;
  return era * 146_097 + yoe * 365 + Math.floor(yoe / 4) - Math.floor(yoe / 100) + doy - 719_468;
}

/** `YYYY-MM-DD`, days up to the 28th of any month (later ones are left to the complete reader, which knows month lengths). */
export function scanDate(b: Uint8Array, p: number): number {
  const century = two(b, p);
  const ofCentury = two(b, p + 2);
  const month = two(b, p + 5);
  const day = two(b, p + 8);
  scanned.good =
    century <= 99 &&
    ofCentury <= 99 &&
    b[p + 4] === 0x2d &&
    b[p + 7] === 0x2d &&
    month >= 1 &&
    month <= 12 &&
    day >= 1 &&
    (day <= 28 || (day <= 30 && month !== 2) || (day === 31 && isLong(month)));
  if (scanned.good) scanned.value = daysFromCivil(century * 100 + ofCentury, month, day) * DAY_MS;
  return scanned.good ? p + 10 : p;
}

const isLong = (month: number): boolean =>
  month === 1 || month === 3 || month === 5 || month === 7 || month === 8 || month === 10 || month === 12;

/** `YYYY-MM-DD`, alone or with `[T ]HH:MM:SS`, at most six digits of a second, and `Z`. */
export function scanTimestamp(b: Uint8Array, start: number): number {
  let p = scanDate(b, start);
  if (!scanned.good || (b[p] !== 0x54 && b[p] !== 0x20)) return p;
  const hour = two(b, p + 1);
  const minute = two(b, p + 4);
  const second = two(b, p + 7);
  scanned.good = hour <= 23 && minute <= 59 && second <= 59 && b[p + 3] === 0x3a && b[p + 6] === 0x3a;
  if (!scanned.good) return p;
  p += 9;
  let ofDay = hour * 3_600_000 + minute * 60_000 + second * 1000;
  if (b[p] === 0x2e) {
    let micros = 0;
    let digits = 0;
    let d = (b[++p] as number) - 48;
    while (d >= 0 && d <= 9) {
      micros = micros * 10 + d;
      digits++;
      d = (b[++p] as number) - 48;
    }
    scanned.good = digits >= 1 && digits <= 6;
    if (!scanned.good) return p;
    for (; digits < 6; digits++) micros *= 10;
    ofDay += micros / 1000;
  }
  if (b[p] === 0x5a) p++;
  scanned.value += ofDay;
  return p;
}
