// Numbers of one column as they mostly are: the point at the same place from the end, few digits, no zeros in front. Two at a time.
import { DECIMAL, FLOAT, KIND, LEAST, POWERS, PRECISION, SCALE, SLOTS, SQUEEZES, TAIL_MASKS } from './layout.as.ts';
import { endAt, startAt } from './places.as.ts';
import { takeField } from './scan.as.ts';

/** So many digits are below 2^53. */
const DIGITS_MAX: usize = 15;
/** Pairs of a block that were not so before the rest of it is left to another way. */
const MISSES_MAX: i32 = 8;

/** How the numbers of a block look, by the first of them: its point, and what the column makes of it. */
let point: usize = 0;
let fraction: usize = 0;
/** So many digits may stand before the point. */
let wholeMax: usize = 0;
/** A value is the number of its digits times `factor`, by `power`. */
let factor: f64 = 1;
let power: f64 = 1;
/** The least number of digits, per number of them before the point, is `LEAST` times this. */
let least: f64 = 1;
let squeeze: v128 = i8x16.splat(0);
/** A point becomes zero by this, and digits their value. */
let zeros: v128 = i8x16.splat(0);
/** Added to that, 128 and more is reached by what does not belong there. */
let limits: v128 = i8x16.splat(0);

/** Looks at the first number; false where another way is better, as for a NULL or a number that only the complete reader knows. */
function look(column: usize, places: usize): bool {
  const kind = load<i32>(column, KIND);
  const points = <u32>i8x16.bitmask(i8x16.eq(v128.load(endAt(places) - 16), i8x16.splat(0x2e)));
  const at: usize = points == 0 ? 16 : <usize>(31 - clz(points));
  const isPointed = at < 16 && endAt(places) - startAt(places) > 16 - at;
  if (isPointed && kind != FLOAT && kind != DECIMAL) return false;
  point = isPointed ? 1 : 0;
  fraction = isPointed ? 15 - at : 0;
  wholeMax = DIGITS_MAX - fraction;
  factor = 1;
  power = load<f64>(POWERS + (fraction << 3));
  least = power;
  if (kind == DECIMAL) {
    const scale = load<usize>(column, SCALE);
    if (fraction > scale || load<usize>(column, PRECISION) < scale) return false;
    wholeMax = load<usize>(column, PRECISION) - scale;
    if (wholeMax > DIGITS_MAX - scale) wholeMax = DIGITS_MAX - scale;
    factor = load<f64>(POWERS + ((scale - fraction) << 3));
    power = 1;
  }
  const whole = endAt(places) - startAt(places) - <usize>(load<u8>(startAt(places)) == 0x2d) - point - fraction;
  if (whole - 1 >= wholeMax) return false;
  squeeze = v128.load(isPointed ? SQUEEZES + (at << 4) : SQUEEZES - 16);
  const here = isPointed ? v128.xor(v128.load(TAIL_MASKS + 16 - at), v128.load(TAIL_MASKS + 15 - at)) : i8x16.splat(0);
  zeros = v128.xor(i8x16.splat(0x30), v128.and(here, i8x16.splat(0x1e)));
  limits = v128.or(i8x16.splat(0x76), v128.and(here, i8x16.splat(0x09)));
  return true;
}

/** Digits of a number in 16 bytes, as four numbers of four digits. */
@inline function foursOf(digits: v128): v128 {
  const pairs = i16x8.add(i16x8.mul(v128.and(digits, i16x8.splat(0xff)), i16x8.splat(10)), i16x8.shr_u(digits, 8));
  return i32x4.dot_i16x8_s(pairs, i16x8(100, 1, 100, 1, 100, 1, 100, 1));
}

@inline function eightsOf(a: v128, b: v128): v128 {
  return i32x4.dot_i16x8_s(i16x8.narrow_i32x4_u(a, b), i16x8(10000, 1, 10000, 1, 10000, 1, 10000, 1));
}

/** The least values of two numbers with so many digits before the point. */
@inline function leastOf(w0: usize, w1: usize): v128 {
  return v128.load64_lane(LEAST + (w1 << 3), v128.load64_zero(LEAST + (w0 << 3)), 1);
}

/**
 * Numbers of rows `first … first + count` of a column whose fields begin and end at places `step` apart; returns how many rows were
 * taken before it became clear that another way is better.
 */
export function takeNumbers(column: usize, places: usize, step: usize, first: i32, count: i32): i32 {
  if (!look(column, places)) return 0;
  const length = endAt(places) - startAt(places);
  let taken = 0;
  if (length <= 8) taken = takeShort(column, places, step, first, count);
  else if (point == 0) taken = takeWhole(column, places, step, first, count);
  return taken + takeAny(column, places + <usize>taken * step, step, first + taken, count - taken);
}

/** Up to 8 bytes each, without a sign. */
function takeShort(column: usize, places: usize, step: usize, first: i32, count: i32): i32 {
  const factors = f64x2.splat(factor);
  const powers = f64x2.splat(power);
  const leasts = f64x2.splat(least);
  const dot = point;
  const before = fraction + dot;
  // The second half stands for both.
  const z = i64x2.splat(i64x2.extract_lane(zeros, 1));
  const l = i64x2.splat(i64x2.extract_lane(limits, 1));
  const low = i8x16.sub(squeeze, i8x16.splat(8));
  const q = v128.shuffle<u8>(low, v128.or(low, i8x16.splat(8)), 8, 9, 10, 11, 12, 13, 14, 15, 24, 25, 26, 27, 28, 29, 30, 31);
  const bound = wholeMax < 8 - before ? wholeMax : 8 - before;
  let slot = load<usize>(column, SLOTS) + (<usize>first << 3);
  let place = places;
  let misses = 0;
  let i = 0;
  for (; i + 2 <= count; i += 2, slot += 16, place += step << 1) {
    const s0 = startAt(place);
    const e0 = endAt(place);
    const s1 = startAt(place + step);
    const e1 = endAt(place + step);
    const w0 = e0 - s0 - before;
    const w1 = e1 - s1 - before;
    if (w0 - 1 < bound && w1 - 1 < bound) {
      const text = v128.load64_lane(e1 - 8, v128.load64_zero(e0 - 8), 1);
      const mask = v128.load64_lane(TAIL_MASKS + 8 + w1 + before, v128.load64_zero(TAIL_MASKS + 8 + w0 + before), 1);
      const t = v128.and(v128.xor(text, z), mask);
      const fours = foursOf(i8x16.swizzle(t, q));
      const v = f64x2.convert_low_i32x4_s(eightsOf(fours, fours));
      const small = f64x2.lt(v, f64x2.mul(leastOf(w0, w1), leasts));
      if (i8x16.bitmask(v128.or(i8x16.add_sat_u(t, l), small)) == 0) {
        v128.store(slot, f64x2.div(f64x2.mul(v, factors), powers));
        continue;
      }
    }
    if (++misses > MISSES_MAX) return i;
    takeField(column, first + i, s0, e0);
    takeField(column, first + i + 1, s1, e1);
  }
  return i;
}

/** Whole numbers without a sign. */
function takeWhole(column: usize, places: usize, step: usize, first: i32, count: i32): i32 {
  const factors = f64x2.splat(factor);
  const bound = wholeMax;
  let slot = load<usize>(column, SLOTS) + (<usize>first << 3);
  let place = places;
  let misses = 0;
  let i = 0;
  for (; i + 2 <= count; i += 2, slot += 16, place += step << 1) {
    const s0 = startAt(place);
    const e0 = endAt(place);
    const s1 = startAt(place + step);
    const e1 = endAt(place + step);
    const w0 = e0 - s0;
    const w1 = e1 - s1;
    if (w0 - 1 < bound && w1 - 1 < bound) {
      const t0 = v128.and(v128.xor(v128.load(e0 - 16), i8x16.splat(0x30)), v128.load(TAIL_MASKS + w0));
      const t1 = v128.and(v128.xor(v128.load(e1 - 16), i8x16.splat(0x30)), v128.load(TAIL_MASKS + w1));
      const odd = v128.or(i8x16.add_sat_u(t0, i8x16.splat(0x76)), i8x16.add_sat_u(t1, i8x16.splat(0x76)));
      const eights = eightsOf(foursOf(t0), foursOf(t1));
      const high = f64x2.convert_low_i32x4_s(v128.shuffle<i32>(eights, eights, 0, 2, 0, 2));
      const low = f64x2.convert_low_i32x4_s(v128.shuffle<i32>(eights, eights, 1, 3, 1, 3));
      const v = f64x2.add(f64x2.mul(high, f64x2.splat(100000000)), low);
      if (i8x16.bitmask(v128.or(odd, f64x2.lt(v, leastOf(w0, w1)))) == 0) {
        v128.store(slot, f64x2.mul(v, factors));
        continue;
      }
    }
    if (++misses > MISSES_MAX) return i;
    takeField(column, first + i, s0, e0);
    takeField(column, first + i + 1, s1, e1);
  }
  return i;
}

/** Any numbers of up to 15 digits with the point at the same place. */
function takeAny(column: usize, places: usize, step: usize, first: i32, count: i32): i32 {
  const factors = f64x2.splat(factor);
  const powers = f64x2.splat(power);
  const leasts = f64x2.splat(least);
  const dot = point;
  const after = fraction;
  const bound = wholeMax;
  const q = squeeze;
  const z = zeros;
  const l = limits;
  const noMinus = f64x2.splat(load<i32>(column, KIND) == FLOAT ? -0.0 : 0);
  let slot = load<usize>(column, SLOTS) + (<usize>first << 3);
  let place = places;
  let misses = 0;
  let i = 0;
  for (; i + 2 <= count; i += 2, slot += 16, place += step << 1) {
    const s0 = startAt(place);
    const e0 = endAt(place);
    const s1 = startAt(place + step);
    const e1 = endAt(place + step);
    const n0 = <usize>(load<u8>(s0) == 0x2d);
    const n1 = <usize>(load<u8>(s1) == 0x2d);
    const w0 = e0 - s0 - n0 - dot;
    const w1 = e1 - s1 - n1 - dot;
    if (w0 - after - 1 < bound && w1 - after - 1 < bound) {
      const t0 = v128.and(v128.xor(v128.load(e0 - 16), z), v128.load(TAIL_MASKS + w0 + dot));
      const t1 = v128.and(v128.xor(v128.load(e1 - 16), z), v128.load(TAIL_MASKS + w1 + dot));
      const odd = v128.or(i8x16.add_sat_u(t0, l), i8x16.add_sat_u(t1, l));
      const eights = eightsOf(foursOf(i8x16.swizzle(t0, q)), foursOf(i8x16.swizzle(t1, q)));
      const high = f64x2.convert_low_i32x4_s(v128.shuffle<i32>(eights, eights, 0, 2, 0, 2));
      const low = f64x2.convert_low_i32x4_s(v128.shuffle<i32>(eights, eights, 1, 3, 1, 3));
      const v = f64x2.add(f64x2.mul(high, f64x2.splat(100000000)), low);
      const small = f64x2.lt(v, f64x2.mul(leastOf(w0 - after, w1 - after), leasts));
      if (i8x16.bitmask(v128.or(odd, small)) == 0) {
        const sign = i64x2.replace_lane(i64x2.splat(<i64>n0 << 63), 1, <i64>n1 << 63);
        const value = v128.xor(f64x2.div(f64x2.mul(v, factors), powers), sign);
        v128.store(slot, f64x2.add(value, noMinus));
        continue;
      }
    }
    if (++misses > MISSES_MAX) return i;
    takeField(column, first + i, s0, e0);
    takeField(column, first + i + 1, s1, e1);
  }
  return i;
}
