import type { ColumnRef } from './column-facts.ts';
import type { Token } from './token.ts';

const MS: Readonly<Record<string, number>> = { us: 0.001, ns: 0.000001, ms: 1, s: 1000, min: 60_000, h: 3_600_000, d: 86_400_000 };
const BYTES: Readonly<Record<string, number>> = { b: 1, kb: 1e3, mb: 1e6, gb: 1e9 };
const GRAMS: Readonly<Record<string, number>> = { mg: 0.001, g: 1, kg: 1e3, t: 1e6 };
const METERS: Readonly<Record<string, number>> = { meter: 1, km: 1e3, mi: 1609.344, ft: 0.3048, mm: 0.001, cm: 0.01 };
const WATT_HOURS: Readonly<Record<string, number>> = { wh: 1, kwh: 1e3, mwh: 1e6 };
const WATTS: Readonly<Record<string, number>> = { w: 1, kw: 1e3, mw: 1e6 };
const KMH: Readonly<Record<string, number>> = { kmh: 1, mph: 1.609344, kn: 1.852 };
const SCALES = [BYTES, GRAMS, METERS, WATT_HOURS, WATTS, KMH];

const tidy = (value: number): number => Number(value.toPrecision(12));

/** Unit of a column as far as its name or words tell; durations without one are taken as ms. */
function unitOf(ref: ColumnRef): string | undefined {
  if (ref.unit !== undefined) return ref.unit;
  const text = ref.schema.description?.toLowerCase() ?? '';
  const told = /\b(ms|milliseconds|seconds|minutes|hours|percent|celsius|fahrenheit|bytes|cents|kwh|kg|km)\b/.exec(text)?.[1];
  const short: Readonly<Record<string, string>> = {
    milliseconds: 'ms',
    ms: 'ms',
    seconds: 's',
    minutes: 'min',
    hours: 'h',
    percent: '%',
    celsius: 'c',
    fahrenheit: 'f',
    bytes: 'b',
    cents: 'cent',
    kwh: 'kwh',
    kg: 'kg',
    km: 'km',
  };
  if (told !== undefined) return short[told];
  return ref.words.some((w) => /^(latency|duration|elapsed)$/.test(w)) ? 'ms' : undefined;
}

const isShare = (ref: ColumnRef): boolean =>
  ref.words.some((w) => /^(ratio|fraction|share|probability|confidence|rate)$/.test(w)) && ref.unit === undefined;

/** A stated value in the unit that the column holds, with what was converted. */
export function inUnitOf(ref: ColumnRef, token: Token): { value: number; note?: string } | undefined {
  const own = unitOf(ref);
  // "12 m" of a length are no minutes.
  if (isLength(ref, token)) return { value: (token as { count: number }).count };
  if (token.t === 'duration') {
    // "overtime between 1 and 3 hours": a time of which nothing says the unit is in the one that people speak of.
    if (own === undefined && ref.words.includes('overtime')) return { value: token.count };
    const scale = MS[own ?? ''];
    const value = tidy(token.ms / (scale ?? TIME_DEFAULT));
    return { value, ...(scale === 1 && token.unit.startsWith('m') && token.unit.length < 3 ? {} : note(token.raw, value, ref)) };
  }
  if (token.t !== 'number') return undefined;
  const { value, unit } = token;
  if (unit === undefined || unit === own) return { value };
  if (unit === '%' && isShare(ref)) return { value: tidy(value / 100), ...note(token.raw, tidy(value / 100), ref) };
  if (unit === 'cent' && own === '$') return { value: tidy(value / 100), ...note(token.raw, tidy(value / 100), ref) };
  if (unit === '$' && own === 'cent') return { value: tidy(value * 100), ...note(token.raw, tidy(value * 100), ref) };
  if (unit === 'f' && own === 'c') return { value: tidy(((value - 32) * 5) / 9), ...note(token.raw, tidy(((value - 32) * 5) / 9), ref) };
  if (unit === 'c' && own === 'f') return { value: tidy((value * 9) / 5 + 32), ...note(token.raw, tidy((value * 9) / 5 + 32), ref) };
  for (const scale of SCALES) {
    const from = scale[unit];
    const to = own === undefined ? undefined : scale[own];
    if (from === undefined || (to === undefined && scale !== BYTES)) continue;
    const converted = tidy((value * from) / (to ?? 1));
    return { value: converted, ...note(token.raw, converted, ref) };
  }
  return { value };
}

const isLength = (ref: ColumnRef, token: Token): boolean => token.t === 'duration' && token.unit === 'm' && ref.unit === 'meter';

const TIME_DEFAULT = 1;

const note = (said: string, value: number, ref: ColumnRef): { note?: string } => ({ note: `"${said}" is ${value} in ${ref.name}` });

/** How well a column holds values of a unit: 1 sure, 0 not at all. */
export function fitsUnit(ref: ColumnRef, token: Token | undefined): number {
  if (!token) return 0.5;
  const own = unitOf(ref);
  if (isLength(ref, token)) return 1;
  if (token.t === 'duration')
    return own !== undefined && own in MS
      ? 1
      : ref.words.some((w) => /^(time|overtime|latency|duration|elapsed|delay|wait|age|lag|eta)$/.test(w))
        ? 0.9
        : 0;
  if (token.t !== 'number' || token.unit === undefined) return 0.5;
  const { unit } = token;
  // "over 10 km" of a column km
  if (unit === own || (ref.words.length === 1 && ref.words[0] === unit)) return 1;
  if (unit === '$')
    return ref.words.some((w) => /^(coins?|tokens?|credits?|gems|points)$/.test(w)) ? 0 : ref.isMoney ? 0.9 : own === 'cent' ? 0.95 : 0;
  if (unit === 'cent') return ref.isMoney ? 0.9 : 0;
  if (unit === '%')
    return isShare(ref)
      ? 0.9
      : ref.words.some((w) => /^(cpu|humidity|battery|usage|utilization|utilisation|memory|level|soc|load|saturation|spo2|oxygen)$/.test(w))
        ? 0.8
        : 0.1;
  if (['deg', 'c', 'f'].includes(unit))
    return ref.words.some((w) => /^(temperature|temp|celsius|fahrenheit)$/.test(w)) || own === 'c' || own === 'f' ? 0.95 : 0;
  if (own !== undefined && SCALES.some((scale) => unit in scale && own in scale)) return 0.95;
  if (unit in BYTES) return ref.words.some((w) => /^(size|bytes|payload|length|memory|disk)$/.test(w)) ? 0.8 : 0;
  const hints: Readonly<Record<string, RegExp>> = {
    kg: /weight|mass/,
    g: /weight|mass/,
    km: /distance|mileage/,
    mi: /distance|mileage/,
    meter: /distance|height|length|altitude/,
    kmh: /speed|velocity/,
    mph: /speed|velocity/,
    kwh: /energy|consumption|kwh/,
    wh: /energy|consumption/,
    kw: /power|load|demand/,
    w: /power|load/,
    v: /volt/,
    l: /liter|litre|volume|water|fuel/,
    mm: /rain|length|width|thickness|precipitation/,
    ft: /height|length|altitude|size/,
    bpm: /heart|pulse|bpm/,
    rpm: /rpm|rotation|speed/,
    psi: /pressure/,
    bar: /pressure/,
    hpa: /pressure/,
    ppm: /co2|gas|ppm/,
  };
  return hints[unit]?.test(ref.words.join(' ')) ? 0.9 : 0.1;
}
