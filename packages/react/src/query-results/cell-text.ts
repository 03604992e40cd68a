import type { LiveColumn } from '../query/live-query.ts';

/** Shown for NULL: quiet, and not to be taken for an empty text. */
export const NULL_TEXT = '∅';

/** Times in UTC; beyond what a Date can hold, the bare number of milliseconds. */
function timeText(ms: number): string {
  const date = new Date(ms);
  return Number.isNaN(date.getTime()) ? String(ms) : date.toISOString();
}

const withBigInts = (_key: string, value: unknown): unknown => (typeof value === 'bigint' ? value.toString() : value);

/** A value as plain text: exact, locale-free, one line. */
export function cellText(value: unknown, column: LiveColumn): string {
  if (value === null || value === undefined) return NULL_TEXT;
  if (typeof value === 'number' && column.type.toUpperCase().startsWith('TIMESTAMP')) return timeText(value);
  if (value instanceof Date) return timeText(value.getTime());
  if (typeof value === 'object') return JSON.stringify(value, withBigInts);
  return String(value);
}
