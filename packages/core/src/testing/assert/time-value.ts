import { parseTimestamp } from '../../values/time-text.ts';

/** A value of a time column as ms since the epoch; undefined where it is none. */
export function readTimeValue(value: unknown): number | undefined {
  if (typeof value === 'number') return value;
  if (typeof value === 'bigint') return Number(value);
  if (typeof value === 'string') return parseTimestamp(value);
  return value instanceof Date ? value.getTime() : undefined;
}
