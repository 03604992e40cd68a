import { compactText } from '../text/quantity-text.ts';
import { exactTime } from '../text/time-text.ts';

const DAY_MS = 86_400_000;

/** Times of an axis as short as its span allows: hours of one day, or days. */
export function timeTick(span: number): (ms: number) => string {
  return (ms) => {
    const text = exactTime(ms);
    if (span > 2 * DAY_MS) return text.slice(5, 10);
    return span > 5 * 60_000 ? text.slice(11, 16) : text.slice(11);
  };
}

/** Values of an axis: short where they are large, to two digits where they are small. */
export const valueTick = (value: number): string =>
  value !== 0 && Math.abs(value) < 1 ? String(Number(value.toPrecision(2))) : compactText(value);
