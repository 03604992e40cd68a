import { compactText } from '../text/quantity-text.ts';
import { exactTime } from '../text/time-text.ts';

const DAY_MS = 86_400_000;

/** Colours of the theme, given as props: newer versions of Recharts write theirs into `style`, which no layer of a style sheet overrules. */
export const TICK = { fill: 'var(--_muted)', fontSize: 11 } as const;
export const AXIS_LINE = { stroke: 'var(--_border)' } as const;
export const GRID_STROKE = 'var(--_border)';

const dayTick = (ms: number): string => exactTime(ms).slice(5, 10);
const minuteTick = (ms: number): string => exactTime(ms).slice(11, 16);
const secondTick = (ms: number): string => exactTime(ms).slice(11);

/** Times of an axis as short as its span allows: hours of one day, or days. The same function for the same kind of span, so that an axis stays. */
export function timeTick(span: number): (ms: number) => string {
  if (span > 2 * DAY_MS) return dayTick;
  return span > 5 * 60_000 ? minuteTick : secondTick;
}

const SECOND = 1_000;
const MINUTE = 60 * SECOND;
const HOUR = 60 * MINUTE;
const STEPS: readonly number[] = [
  ...[1, 2, 5, 10, 20, 50, 100, 200, 500],
  ...[1, 2, 5, 10, 15, 30].map((n) => n * SECOND),
  ...[1, 2, 5, 10, 15, 30].map((n) => n * MINUTE),
  ...[1, 2, 3, 6, 12].map((n) => n * HOUR),
  ...[1, 2, 7, 14, 30, 90, 365].map((n) => n * DAY_MS),
];
const TICKS_MAX = 7;

/** Round times between two: full minutes rather than every seventh and a half. One moment is its own tick. */
export function timeTicks(from: number, to: number): readonly number[] {
  if (!(to > from)) return [from];
  const step = STEPS.find((each) => (to - from) / each <= TICKS_MAX) ?? (to - from) / TICKS_MAX;
  const first = Math.ceil(from / step);
  return Array.from({ length: Math.floor(to / step) - first + 1 }, (_, i) => (first + i) * step);
}

/** Values of an axis: short where they are large, to two digits where they are small. */
export const valueTick = (value: number): string =>
  value !== 0 && Math.abs(value) < 1 ? String(Number(value.toPrecision(2))) : compactText(value);
