import type { Value } from '../../protocol/query.ts';
import { decimalText, parseDecimalTo } from '../../values/decimal-text.ts';
import type { Exact } from '../../values/exact.ts';
import { sin } from './exact-math.ts';
import type { FieldContext, Maker } from './field-maker.ts';
import { numberSampler } from './sampling.ts';

const TAU = 6.283185307179586;
const HOUR_MS = 3_600_000;

/** Limits of a numeric field; one missing side is 1000 away from the other, or at zero. */
export function limitsOf(of: FieldContext, defaults: readonly [number, number]): readonly [min: number, max: number] {
  const { range } = of.field.constraints ?? {};
  const given = (x: number | string | undefined): number | undefined => (x === undefined ? undefined : Number(x));
  const min = given(range?.min);
  const max = given(range?.max);
  if (min === undefined && max === undefined) return defaults;
  const low = min ?? Math.min(0, (max as number) - 1000);
  return [low, max ?? Math.max(low + 1000, defaults[1])];
}

/** What a season and a slope add to a value at a time. */
function seasonOf(of: FieldContext): ((time: number) => number) | null {
  const season = of.field.constraints?.season;
  if (!season) return null;
  const { period_ms, amplitude, slope_per_hour = 0 } = season;
  return (time) => {
    const t = Number.isNaN(time) ? 0 : time - of.now;
    return amplitude * sin((TAU * t) / period_ms) + (slope_per_hour * t) / HOUR_MS;
  };
}

export function integerMaker(of: FieldContext): Maker {
  const { field, random } = of;
  const c = field.constraints;
  // A field of this name without a range is the time of production (harness §1.3).
  if (field.name === 'timestamp' && !c?.range && !c?.distribution) return () => of.now;
  const [min, max] = limitsOf(of, [0, 999]);
  if (!Number.isSafeInteger(min) || !Number.isSafeInteger(max) || max - min >= 2 ** 53) return wideIntegerMaker(of, min, max);
  const season = seasonOf(of);
  if (!c?.distribution && !season) {
    const width = max - min + 1;
    return () => min + Math.floor(random.next() * width);
  }
  const draw = numberSampler(c?.distribution, min, max, random, true);
  return (_, place) => Math.round(draw() + (season ? season(place.time) : 0));
}

/** Whole numbers beyond 2^53, uniform. */
function wideIntegerMaker(of: FieldContext, min: number, max: number): Maker {
  const text = (x: number | string | undefined, otherwise: number): bigint =>
    typeof x === 'string' && /^[+-]?\d+$/.test(x) ? BigInt(x) : BigInt(Math.round(otherwise));
  const { range } = of.field.constraints ?? {};
  const low = text(range?.min, min);
  const width = text(range?.max, max) - low + 1n;
  return () => {
    const wide = (BigInt(Math.floor(of.random.next() * 2 ** 32)) << 32n) | BigInt(Math.floor(of.random.next() * 2 ** 32));
    const value = low + ((wide * width) >> 64n);
    return value >= -9007199254740991n && value <= 9007199254740991n ? Number(value) : value;
  };
}

export function floatMaker(of: FieldContext): Maker {
  const [min, max] = limitsOf(of, [0, 1000]);
  const draw = numberSampler(of.field.constraints?.distribution, min, max, of.random);
  const season = seasonOf(of);
  return season ? (_, place) => draw() + season(place.time) : draw;
}

/** Text of `unscaled / 10^scale`; fast while safe. */
export function decimalWriter(scale: number): (unscaled: number) => string {
  if (scale === 0) return (n) => String(n);
  if (scale > 4) return (n) => decimalText(n as Exact, scale);
  const factor = 10 ** scale;
  const fractions = Array.from({ length: factor }, (_, i) => `.${String(i).padStart(scale, '0')}`);
  return (n) => {
    const size = n < 0 ? -n : n;
    const whole = Math.floor(size / factor);
    const text = whole + (fractions[size - whole * factor] as string);
    return n < 0 ? `-${text}` : text;
  };
}

export function decimalMaker(of: FieldContext, scale = of.field.scale ?? 4): Maker {
  const [min, max] = limitsOf(of, [0, 1000]);
  const { range, distribution } = of.field.constraints ?? {};
  const low = Number(parseDecimalTo(String(range?.min ?? min), scale) ?? Math.round(min * 10 ** scale));
  const high = Number(parseDecimalTo(String(range?.max ?? max), scale) ?? Math.round(max * 10 ** scale));
  const write = decimalWriter(scale);
  const season = seasonOf(of);
  if (high - low >= 2 ** 53 || !Number.isSafeInteger(high) || !Number.isSafeInteger(low)) return wideDecimalMaker(of, scale, min, max);
  if (!distribution && !season) {
    const { random } = of;
    const width = high - low + 1;
    return () => write(low + Math.floor(random.next() * width));
  }
  const draw = numberSampler(distribution, min, max, of.random);
  const factor = 10 ** scale;
  return (_, place): Value => write(Math.round((draw() + (season ? season(place.time) : 0)) * factor) + 0);
}

function wideDecimalMaker(of: FieldContext, scale: number, min: number, max: number): Maker {
  const factor = 10n ** BigInt(scale);
  const low = BigInt(Math.ceil(min)) * factor;
  const width = BigInt(Math.floor(max)) * factor - low + 1n;
  return () => {
    const wide = (BigInt(Math.floor(of.random.next() * 2 ** 32)) << 32n) | BigInt(Math.floor(of.random.next() * 2 ** 32));
    return decimalText(low + ((wide * width) >> 64n), scale);
  };
}
