import type { Expression, IntervalUnit } from '../ast/index.ts';

export type IntervalLiteral = Expression & { readonly kind: 'interval' };

const NAMES: readonly IntervalUnit[] = [
  'NANOSECOND',
  'MICROSECOND',
  'MILLISECOND',
  'SECOND',
  'MINUTE',
  'HOUR',
  'DAY',
  'WEEK',
  'MONTH',
  'YEAR',
];
const UNIT_BY_NAME: ReadonlyMap<string, IntervalUnit> = new Map(
  NAMES.flatMap((unit) => [[unit, unit] as const, [`${unit}S`, unit] as const]),
);
const UNIT_BY_SUFFIX: ReadonlyMap<string, IntervalUnit> = new Map([
  ['ns', 'NANOSECOND'],
  ['us', 'MICROSECOND'],
  ['μs', 'MICROSECOND'],
  ['µs', 'MICROSECOND'],
  ['ms', 'MILLISECOND'],
  ['s', 'SECOND'],
  ['m', 'MINUTE'],
  ['h', 'HOUR'],
  ['d', 'DAY'],
  ['w', 'WEEK'],
]);
const SUFFIX_BY_UNIT: ReadonlyMap<IntervalUnit, string> = new Map([
  ['NANOSECOND', 'ns'],
  ['MICROSECOND', 'us'],
  ['MILLISECOND', 'ms'],
  ['SECOND', 's'],
  ['MINUTE', 'm'],
  ['HOUR', 'h'],
  ['DAY', 'd'],
  ['WEEK', 'w'],
]);

/** Unit by its name, singular or plural, in any case. */
export const unitByName = (text: string): IntervalUnit | undefined => UNIT_BY_NAME.get(text.toUpperCase());
/** Unit by a duration suffix (`ms`, `m`, …; `m` is always minutes) or by its name. */
export const unitBySuffix = (text: string): IntervalUnit | undefined => UNIT_BY_SUFFIX.get(text.toLowerCase()) ?? unitByName(text);
export const unitNames = (): readonly IntervalUnit[] => NAMES;

/** `5m`, `5 minutes`, `5`: value and unit of a duration in text, a bare number being seconds; undefined when it is none. */
export function parseDuration(text: string): { readonly value: number; readonly unit: IntervalUnit } | undefined {
  const match = /^\s*(-?\d{1,15})\s*(\p{L}*)\s*$/u.exec(text);
  if (!match) return undefined;
  const unit = match[2] === '' ? 'SECOND' : unitBySuffix(match[2] as string);
  return unit && { value: Number(match[1]), unit };
}

/** Short form for a duration, e.g. `5m`; months and years, which have none, in days as they are counted (30 and 365). */
export function shortDuration(value: number, unit: IntervalUnit): string {
  if (unit === 'MONTH') return `${value * 30}d`;
  if (unit === 'YEAR') return `${value * 365}d`;
  return `${value}${SUFFIX_BY_UNIT.get(unit)}`;
}
