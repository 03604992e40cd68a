// Numbers, times and booleans. Each scan stores its value and returns the byte behind it, or 0 when the complete reader must look.
// The JavaScript twins are `decode/scan-number.ts` and `decode/scan-time.ts`.
import {
  BOOLEAN,
  DATE,
  DECIMAL,
  FLOAT,
  INTEGER,
  IS_DEFERRED,
  IS_NULL,
  IS_VALUE,
  KIND,
  POWERS,
  PRECISION,
  SCALE,
  SQUEEZES,
  setMark,
  setRef,
  setValue,
  TAIL_MASKS,
  TEXT,
  TIMESTAMP,
} from './layout.as.ts';

const SAFE_MAX: u64 = 9007199254740991;
/** So many digits always fit 64 bits. */
const DIGITS_MAX: usize = 18;
/** Times of so many digits are within the calendar. */
const EPOCH_DIGITS_MAX: usize = 15;

@inline function digit(p: usize): u32 {
  return <u32>load<u8>(p) - 48;
}

function scanInteger(column: usize, row: i32, start: usize, digitsMax: usize): usize {
  let p = start;
  const negative = load<u8>(p) == 0x2d;
  if (negative) p++;
  const first = p;
  let v: u64 = 0;
  let d = digit(p);
  while (d <= 9) {
    v = v * 10 + d;
    d = digit(++p);
  }
  const digits = p - first;
  if (digits == 0 || digits > digitsMax || v > SAFE_MAX || (digits > 1 && load<u8>(first) == 48)) return 0;
  const value = <f64>v;
  setValue(column, row, negative ? 0 - value : value);
  return p;
}

function scanFloat(column: usize, row: i32, start: usize): usize {
  let p = start;
  const negative = load<u8>(p) == 0x2d;
  if (negative) p++;
  const first = p;
  let v: u64 = 0;
  let d = digit(p);
  while (d <= 9) {
    v = v * 10 + d;
    d = digit(++p);
  }
  const whole = p - first;
  let fraction: usize = 0;
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
  if (whole == 0 || whole + fraction > DIGITS_MAX || v > SAFE_MAX || (whole > 1 && load<u8>(first) == 48)) return 0;
  let value = <f64>v;
  if (fraction > 0) value /= load<f64>(POWERS + (fraction << 3));
  setValue(column, row, negative ? -value : value);
  return p;
}

function scanDecimal(column: usize, row: i32, start: usize): usize {
  let p = start;
  const negative = load<u8>(p) == 0x2d;
  if (negative) p++;
  const first = p;
  let v: u64 = 0;
  let d = digit(p);
  while (d <= 9) {
    v = v * 10 + d;
    d = digit(++p);
  }
  const whole = p - first;
  const scale = load<usize>(column, SCALE);
  let fraction: usize = 0;
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
  // At most 15 digits in all: the product below is exact.
  if (whole == 0 || fraction > scale || whole + scale > load<usize>(column, PRECISION) || (whole > 1 && load<u8>(first) == 48)) return 0;
  const value = <f64>v * load<f64>(POWERS + ((scale - fraction) << 3));
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
  const kind = load<i32>(column, KIND);
  if (kind == FLOAT || kind == INTEGER) {
    const end = numberEnd(p);
    const value = kind == FLOAT ? floatOf(p, end) : integerOf(p, end);
    if (value == value) {
      setValue(column, row, value);
      return end;
    }
  }
  switch (kind) {
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

/** Whether all of 16 bytes are numbers from 0 to 9. */
@inline function areDigits(d: v128): bool {
  return i8x16.bitmask(i8x16.add_sat_u(d, i8x16.splat(0x76))) == 0;
}

/** The number of 16 digits: neighbours are joined to pairs, fours and eights. */
@inline function joined(d: v128): u64 {
  const pairs = i16x8.add(i16x8.mul(v128.and(d, i16x8.splat(0xff)), i16x8.splat(10)), i16x8.shr_u(d, 8));
  const fours = i32x4.dot_i16x8_s(pairs, i16x8(100, 1, 100, 1, 100, 1, 100, 1));
  const eights = i64x2.extract_lane(i32x4.dot_i16x8_s(i16x8.narrow_i32x4_u(fours, fours), i16x8(10000, 1, 10000, 1, 10000, 1, 10000, 1)), 0);
  return (eights & 0xffffffff) * 100000000 + (eights >> 32);
}

/** A whole number that ends at `end`, of up to 16 digits; NaN for what only `scanField` or the complete reader knows. */
@inline export function integerOf(start: usize, end: usize): f64 {
  const negative = load<u8>(start) == 0x2d;
  const first = start + <usize>negative;
  const length = end - first;
  if (length - 1 >= 16) return NaN;
  // What stands before the number is blanked.
  const d = v128.and(i8x16.sub(v128.load(end - 16), i8x16.splat(0x30)), v128.load(TAIL_MASKS + length));
  if (!areDigits(d)) return NaN;
  const v = joined(d);
  if (v > SAFE_MAX || (load<u8>(first) == 48 && length > 1)) return NaN;
  const value = <f64>(<i64>v);
  return negative ? 0 - value : value;
}

/** A number with or without a point that ends at `end`, for decimals times the power of ten that the column's scale is; NaN as above. */
@inline function pointed(start: usize, end: usize, decimal: usize): f64 {
  const negative = <u64>(load<u8>(start) == 0x2d);
  const first = start + <usize>negative;
  const length = end - first;
  if (length - 1 >= 16) return NaN;
  const text = v128.load(end - 16);
  let d = i8x16.sub(text, i8x16.splat(0x30));
  let digits = length;
  let fraction: usize = 0;
  const points = i8x16.bitmask(i8x16.eq(text, i8x16.splat(0x2e))) & (0xffff << (16 - <i32>length));
  if (points != 0) {
    const at = <usize>ctz(points);
    d = i8x16.swizzle(d, v128.load(SQUEEZES + (at << 4)));
    fraction = 15 - at;
    digits--;
    // there are digits on both sides
    if (fraction == 0 || digits == fraction) return NaN;
  }
  d = v128.and(d, v128.load(TAIL_MASKS + digits));
  if (!areDigits(d)) return NaN;
  const v = joined(d);
  if (v > SAFE_MAX || (load<u8>(first) == 48 && digits != fraction + 1)) return NaN;
  if (decimal != 0) {
    const scale = load<usize>(decimal, SCALE);
    // At most 15 digits in all: the product below is exact.
    if (fraction > scale || digits - fraction + scale > load<usize>(decimal, PRECISION)) return NaN;
    const value = <f64>(<i64>v) * load<f64>(POWERS + ((scale - fraction) << 3));
    return negative ? 0 - value : value;
  }
  const value = <f64>(<i64>v) / load<f64>(POWERS + (fraction << 3));
  // Without a branch: signs often come by chance.
  return reinterpret<f64>(reinterpret<u64>(value) | (negative << 63));
}

@inline export function floatOf(start: usize, end: usize): f64 {
  return pointed(start, end, 0);
}

function decimalOf(column: usize, start: usize, end: usize): f64 {
  return pointed(start, end, column);
}

/** Byte behind the digits and points from `start` on, if that is within 16 bytes; a minus before them is passed over. */
@inline export function numberEnd(start: usize): usize {
  const first = load<u8>(start) == 0x2d ? start + 1 : start;
  const text = v128.load(first);
  const inside = v128.or(i8x16.le_u(i8x16.sub(text, i8x16.splat(0x30)), i8x16.splat(9)), i8x16.eq(text, i8x16.splat(0x2e)));
  return first + <usize>ctz(~i8x16.bitmask(inside));
}

/** A value of a field whose end is known; false for the complete reader. */
export function fieldValue(column: usize, row: i32, start: usize, end: usize): bool {
  const kind = load<i32>(column, KIND);
  if (kind == DECIMAL || (kind == TIMESTAMP && end - start <= EPOCH_DIGITS_MAX)) {
    const value = kind == DECIMAL ? decimalOf(column, start, end) : integerOf(start, end);
    if (value == value) {
      setValue(column, row, value);
      return true;
    }
  }
  return scanField(column, row, start) == end;
}

/** One field whose ends are known. */
export function takeField(column: usize, row: i32, s: usize, e: usize): void {
  if (s == e) setMark(column, row, IS_NULL);
  else if (load<i32>(column, KIND) == TEXT) setRef(column, row, IS_VALUE, s, e);
  else if (!fieldValue(column, row, s, e)) setRef(column, row, IS_DEFERRED, s, e);
}
