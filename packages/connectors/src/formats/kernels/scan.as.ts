// Numbers, times and booleans. Each scan stores its value and returns the byte behind it, or 0 when the complete reader must look.
// The JavaScript twins are `decode/scan-number.ts` and `decode/scan-time.ts`.
import { BOOLEAN, DATE, DECIMAL, FLOAT, INTEGER, INTEGER_POWERS, KIND, POWERS, PRECISION, SCALE, setValue, TIMESTAMP } from './layout.as.ts';

const SAFE_MAX: u64 = 9007199254740991;
/** So many digits always fit 64 bits. */
const DIGITS_MAX: usize = 18;
/** Times of so many digits are within the calendar. */
const EPOCH_DIGITS_MAX: usize = 15;

@inline function digit(p: usize): u32 {
  return <u32>load<u8>(p) - 48;
}

/** Eight digits at once: Daniel Lemire, "Quickly parsing eight digits". The first digit stands in the lowest byte. */
@inline function eightDigits(text: u64): u64 {
  let w = text - 0x3030303030303030;
  w = w * 10 + (w >> 8);
  return (((w & 0x000000ff000000ff) * 0x000f424000000064 + ((w >> 16) & 0x000000ff000000ff) * 0x0000271000000001) >> 32) & 0xffffffff;
}

/** The high bit of every byte that is no digit; exact up to the first one. */
@inline function nonDigits(w: u64): u64 {
  return ((w + 0x4646464646464646) | (w - 0x3030303030303030)) & 0x8080808080808080;
}

/** Value of the first `n` bytes, 1 to 7 digits: no loop, so nothing for the processor to guess wrong. */
@inline function leadingDigits(w: u64, n: usize): u64 {
  const bits = <u64>n << 3;
  return eightDigits((w << (64 - bits)) | (<u64>0x3030303030303030 >> bits));
}

@inline function integerPower(n: usize): u64 {
  return load<u64>(INTEGER_POWERS + (n << 3));
}

function scanInteger(column: usize, row: i32, start: usize, digitsMax: usize): usize {
  let p = start;
  const negative = load<u8>(p) == 0x2d;
  if (negative) p++;
  const first = p;
  let w = load<u64>(p);
  let others = nonDigits(w);
  let v: u64 = 0;
  if (others != 0) {
    const n = <usize>ctz(others) >> 3;
    if (n == 0) return 0;
    v = leadingDigits(w, n);
    p += n;
  } else {
    v = eightDigits(w);
    p += 8;
    w = load<u64>(p);
    others = nonDigits(w);
    const n = <usize>ctz(others) >> 3;
    if (others == 0) {
      v = v * 100000000 + eightDigits(w);
      p += 8;
      let d = digit(p);
      while (d <= 9) {
        v = v * 10 + d;
        d = digit(++p);
      }
    } else if (n != 0) {
      v = v * integerPower(n) + leadingDigits(w, n);
      p += n;
    }
  }
  const digits = p - first;
  if (digits > digitsMax || v > SAFE_MAX || (digits > 1 && load<u8>(first) == 48)) return 0;
  const value = <f64>(<i64>v);
  setValue(column, row, negative ? 0 - value : value);
  return p;
}

/** Digits before and behind the point of the number read last. */
let whole: usize = 0;
let fraction: usize = 0;
let unscaled: u64 = 0;

/** A number with or without a point and without an exponent; returns the byte behind it, or 0 when there is none. */
@inline function scanPoint(first: usize): usize {
  const w = load<u64>(first);
  const others = nonDigits(w);
  if (others == 0) return scanLongPoint(first);
  const n = <usize>ctz(others) >> 3;
  if (n == 0) return 0;
  const v = leadingDigits(w, n);
  whole = n;
  let p = first + n;
  if (load<u8>(p) != 0x2e) {
    fraction = 0;
    unscaled = v;
    return p;
  }
  const rest = load<u64>(++p);
  const ends = nonDigits(rest);
  if (ends == 0) return scanLongPoint(first);
  const m = <usize>ctz(ends) >> 3;
  if (m == 0) return 0;
  fraction = m;
  unscaled = v * integerPower(m) + leadingDigits(rest, m);
  return p + m;
}

/** The same for eight or more digits in a row. */
function scanLongPoint(first: usize): usize {
  let p = first;
  let v: u64 = 0;
  let d = digit(p);
  while (d <= 9) {
    v = v * 10 + d;
    d = digit(++p);
  }
  whole = p - first;
  fraction = 0;
  if (d == <u32>-2) {
    const point = p;
    d = digit(++p);
    while (d <= 9) {
      v = v * 10 + d;
      d = digit(++p);
    }
    fraction = p - point - 1;
    if (fraction == 0) return 0;
  }
  unscaled = v;
  return whole == 0 || whole + fraction > DIGITS_MAX || v > SAFE_MAX ? 0 : p;
}

function scanFloat(column: usize, row: i32, start: usize): usize {
  const negative = load<u8>(start) == 0x2d;
  const first = negative ? start + 1 : start;
  const p = scanPoint(first);
  if (p == 0 || (whole > 1 && load<u8>(first) == 48)) return 0;
  let value = <f64>(<i64>unscaled);
  if (fraction > 0) value /= load<f64>(POWERS + (fraction << 3));
  setValue(column, row, negative ? -value : value);
  return p;
}

function scanDecimal(column: usize, row: i32, start: usize): usize {
  const negative = load<u8>(start) == 0x2d;
  const first = negative ? start + 1 : start;
  const p = scanPoint(first);
  const scale = load<usize>(column, SCALE);
  // At most 15 digits in all: the product below is exact.
  if (p == 0 || fraction > scale || whole + scale > load<usize>(column, PRECISION) || (whole > 1 && load<u8>(first) == 48)) return 0;
  const value = <f64>(<i64>unscaled) * load<f64>(POWERS + ((scale - fraction) << 3));
  setValue(column, row, negative ? 0 - value : value);
  return p;
}

/** Two digits, or a number above 99. */
@inline function two(p: usize): i32 {
  const high = digit(p);
  const low = digit(p + 1);
  return high <= 9 && low <= 9 ? <i32>(high * 10 + low) : 100;
}

@inline function daysFromCivil(year: i32, month: i32, day: i32): i32 {
  const y = month <= 2 ? year - 1 : year;
  const era = (y >= 0 ? y : y - 399) / 400;
  const ofEra = y - era * 400;
  const ofYear = (153 * (month + (month > 2 ? -3 : 9)) + 2) / 5 + day - 1;
  return era * 146097 + ofEra * 365 + ofEra / 4 - ofEra / 100 + ofYear - 719468;
}

/** Days since 1970-01-01 of `YYYY-MM-DD`, or `i32.MIN_VALUE`. The 29th of February is left to the complete reader. */
function dateAt(p: usize): i32 {
  const century = two(p);
  const ofCentury = two(p + 2);
  const month = two(p + 5);
  const day = two(p + 8);
  if (century > 99 || ofCentury > 99 || load<u8>(p, 4) != 0x2d || load<u8>(p, 7) != 0x2d) return i32.MIN_VALUE;
  if (month < 1 || month > 12 || day < 1 || day > 31) return i32.MIN_VALUE;
  // Bit n is set when month n has 31 days.
  if (day > 28 && !((day <= 30 && month != 2) || (0x15aa >> month) & 1)) return i32.MIN_VALUE;
  return daysFromCivil(century * 100 + ofCentury, month, day);
}

export function scanDate(column: usize, row: i32, p: usize): usize {
  const days = dateAt(p);
  if (days == i32.MIN_VALUE) return 0;
  setValue(column, row, <f64>days * 86400000);
  return p + 10;
}

export function scanTimestamp(column: usize, row: i32, start: usize): usize {
  const days = dateAt(start);
  if (days == i32.MIN_VALUE) return 0;
  let p = start + 10;
  let value = <f64>days * 86400000;
  const separator = load<u8>(p);
  if (separator == 0x54 || separator == 0x20) {
    const hour = two(p + 1);
    const minute = two(p + 4);
    const second = two(p + 7);
    if (hour > 23 || minute > 59 || second > 59 || load<u8>(p, 3) != 0x3a || load<u8>(p, 6) != 0x3a) return 0;
    p += 9;
    let ofDay = <f64>(hour * 3600000 + minute * 60000 + second * 1000);
    if (load<u8>(p) == 0x2e) {
      let micros: u32 = 0;
      let digits = 0;
      let d = digit(++p);
      while (d <= 9 && digits < 7) {
        micros = micros * 10 + d;
        digits++;
        d = digit(++p);
      }
      if (digits == 0 || digits > 6) return 0;
      for (; digits < 6; digits++) micros *= 10;
      ofDay += <f64>micros / 1000;
    }
    if (load<u8>(p) == 0x5a) p++;
    value += ofDay;
  }
  setValue(column, row, value);
  return p;
}

function scanBoolean(column: usize, row: i32, p: usize): usize {
  const head = load<u32>(p);
  if (head == 0x65757274) {
    setValue(column, row, 1);
    return p + 4;
  }
  if (head == 0x736c6166 && load<u8>(p, 4) == 0x65) {
    setValue(column, row, 0);
    return p + 5;
  }
  return 0;
}

/** A value that is neither text nor an ISO time, by the column's kind. */
export function scanPlain(column: usize, row: i32, p: usize): usize {
  switch (load<i32>(column, KIND)) {
    case FLOAT:
      return scanFloat(column, row, p);
    case INTEGER:
      return scanInteger(column, row, p, DIGITS_MAX);
    case DECIMAL:
      return scanDecimal(column, row, p);
    case BOOLEAN:
      return scanBoolean(column, row, p);
    case TIMESTAMP:
      return scanInteger(column, row, p, EPOCH_DIGITS_MAX);
    default:
      return 0;
  }
}

/** A value of a field without quotes. */
export function scanField(column: usize, row: i32, p: usize): usize {
  switch (load<i32>(column, KIND)) {
    case FLOAT:
      return scanFloat(column, row, p);
    case INTEGER:
      return scanInteger(column, row, p, DIGITS_MAX);
    case DECIMAL:
      return scanDecimal(column, row, p);
    case BOOLEAN:
      return scanBoolean(column, row, p);
    case TIMESTAMP:
      return load<u8>(p, 4) == 0x2d ? scanTimestamp(column, row, p) : scanInteger(column, row, p, EPOCH_DIGITS_MAX);
    case DATE:
      return scanDate(column, row, p);
    default:
      return 0;
  }
}

/** Value of the `n` bytes before `end`, 1 to 8 digits, as a word with zeros in front. */
@inline function lastDigits(end: usize, n: usize): u64 {
  const bits = <u64>n << 3;
  return ((load<u64>(end - 8) >> (64 - bits)) << (64 - bits)) | ((<u64>0x3030303030303030 >> (bits - 8)) >> 8);
}

/** A whole number of at most 16 digits that ends at `end`; NaN for everything else. */
@inline export function integerOf(start: usize, end: usize): f64 {
  const negative = load<u8>(start) == 0x2d;
  const first = negative ? start + 1 : start;
  const n = end - first;
  let v: u64;
  if (n - 1 < 8) {
    const w = lastDigits(end, n);
    if (nonDigits(w) != 0) return NaN;
    v = eightDigits(w);
  } else {
    if (n - 1 >= 16) return NaN;
    const high = lastDigits(end - 8, n - 8);
    const low = load<u64>(end - 8);
    if ((nonDigits(high) | nonDigits(low)) != 0) return NaN;
    v = eightDigits(high) * 100000000 + eightDigits(low);
    if (v > SAFE_MAX) return NaN;
  }
  if (load<u8>(first) == 48 && n > 1) return NaN;
  const value = <f64>(<i64>v);
  return negative ? 0 - value : value;
}

/** `whole`, `fraction` and `unscaled` of a number of at most 16 bytes with or without a point; false for everything else. */
@inline function fieldPoint(first: usize, end: usize): bool {
  const n = end - first;
  if (n - 1 >= 16) return false;
  const points = i8x16.bitmask(i8x16.eq(v128.load(end - 16), i8x16.splat(0x2e))) & (0xffff << (16 - <i32>n));
  if (points == 0) {
    if (n > 8) return false;
    const w = lastDigits(end, n);
    if (nonDigits(w) != 0) return false;
    whole = n;
    fraction = 0;
    unscaled = eightDigits(w);
    return true;
  }
  const point = end - 16 + <usize>ctz(points);
  const before = point - first;
  const behind = end - point - 1;
  if (before - 1 >= 8 || behind - 1 >= 8) return false;
  const high = lastDigits(point, before);
  const low = lastDigits(end, behind);
  if ((nonDigits(high) | nonDigits(low)) != 0) return false;
  whole = before;
  fraction = behind;
  unscaled = eightDigits(high) * integerPower(behind) + eightDigits(low);
  return unscaled <= SAFE_MAX;
}

/** A number with or without a point that ends at `end`; NaN for what only `scanField` or the complete reader knows. */
@inline export function floatOf(start: usize, end: usize): f64 {
  const negative = load<u8>(start) == 0x2d;
  const first = negative ? start + 1 : start;
  const n = end - first;
  if (n - 1 >= 16) return NaN;
  const points = i8x16.bitmask(i8x16.eq(v128.load(end - 16), i8x16.splat(0x2e))) & (0xffff << (16 - <i32>n));
  if (points == 0) {
    const value = integerOf(first, end);
    return negative ? -value : value;
  }
  const point = end - 16 + <usize>ctz(points);
  const before = point - first;
  const behind = end - point - 1;
  if (before - 1 >= 8 || behind - 1 >= 8) return NaN;
  const high = lastDigits(point, before);
  const low = lastDigits(end, behind);
  if ((nonDigits(high) | nonDigits(low)) != 0 || (load<u8>(first) == 48 && before > 1)) return NaN;
  const v = eightDigits(high) * integerPower(behind) + eightDigits(low);
  if (v > SAFE_MAX) return NaN;
  const value = <f64>(<i64>v) / load<f64>(POWERS + (behind << 3));
  return negative ? -value : value;
}

function fieldDecimal(column: usize, row: i32, start: usize, end: usize): bool {
  const negative = load<u8>(start) == 0x2d;
  const first = negative ? start + 1 : start;
  if (!fieldPoint(first, end)) return false;
  const scale = load<usize>(column, SCALE);
  if (fraction > scale || whole + scale > load<usize>(column, PRECISION) || (whole > 1 && load<u8>(first) == 48)) return false;
  const value = <f64>(<i64>unscaled) * load<f64>(POWERS + ((scale - fraction) << 3));
  setValue(column, row, negative ? 0 - value : value);
  return true;
}

/** A value of a field whose end is known; false for the complete reader. */
export function fieldValue(column: usize, row: i32, start: usize, end: usize): bool {
  const kind = load<i32>(column, KIND);
  if (kind == DECIMAL) {
    if (fieldDecimal(column, row, start, end)) return true;
  } else if (kind == TIMESTAMP && end - start <= EPOCH_DIGITS_MAX) {
    const value = integerOf(start, end);
    if (value == value) {
      setValue(column, row, value);
      return true;
    }
  }
  return scanField(column, row, start) == end;
}
