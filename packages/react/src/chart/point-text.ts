import { countText } from '../text/quantity-text.ts';
import { exactTime } from '../text/time-text.ts';

/** A number of a chart in words: two decimals, and four figures of what is smaller than one. */
export const numberText = (value: number): string =>
  value !== 0 && Math.abs(value) < 1 ? String(Number(value.toPrecision(4))) : countText(value);

/** A place of the axis. Where rows have none, it is their number: stretches of many rows begin between two. */
export function placeText(
  x: number | string,
  { isTime, column }: { readonly isTime: boolean; readonly column: string | undefined },
): string {
  if (typeof x === 'string') return x;
  if (isTime) return exactTime(x);
  return column === undefined ? countText(Math.round(x)) : numberText(x);
}
