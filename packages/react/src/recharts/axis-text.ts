import { compactText } from '../text/quantity-text.ts';
import { exactTime } from '../text/time-text.ts';

const DAY_MS = 86_400_000;

const dayTick = (ms: number): string => exactTime(ms).slice(5, 10);
const minuteTick = (ms: number): string => exactTime(ms).slice(11, 16);
const secondTick = (ms: number): string => exactTime(ms).slice(11);

/** Times of an axis as short as its span allows: hours of one day, or days. The same function for the same kind of span, so that an axis stays. */
export function timeTick(span: number): (ms: number) => string {
  if (span > 2 * DAY_MS) return dayTick;
  return span > 5 * 60_000 ? minuteTick : secondTick;
}

/** Values of an axis: short where they are large, to two digits where they are small. */
export const valueTick = (value: number): string =>
  value !== 0 && Math.abs(value) < 1 ? String(Number(value.toPrecision(2))) : compactText(value);
