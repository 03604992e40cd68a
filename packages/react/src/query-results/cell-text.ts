import type { LiveColumn } from '../query/live-query.ts';
import { exactTime } from '../text/time-text.ts';

/** Shown for NULL: quiet, and not to be taken for an empty text. */
export const NULL_TEXT = '∅';

/** Times in UTC; beyond what a Date can hold, the bare number of milliseconds. */
function timeText(ms: number): string {
  const date = new Date(ms);
  return Number.isNaN(date.getTime()) ? String(ms) : date.toISOString();
}

/** Decimals that a table shows of a column at most: what is finer stands in the detail of a row. */
const DECIMALS_MAX = 6;
const decimalsIn = (value: unknown): number =>
  typeof value === 'number' && Number.isFinite(value) ? (/\.(\d+)$/.exec(String(value))?.[1]?.length ?? 0) : 0;

/** Decimals that stand below each other in a column of fractions: those of the longest value. `undefined` for other columns. */
export function decimalsOf(rows: readonly Readonly<Record<string, unknown>>[], { name, type }: LiveColumn): number | undefined {
  if (!/^(FLOAT|DOUBLE|REAL)/i.test(type)) return undefined;
  return Math.min(DECIMALS_MAX, Math.max(0, ...rows.map((row) => decimalsIn(row[name]))));
}

/** Start or end of a window: as the engine marks it, and by its name where a source tells no more than names. */
export const isWindowBound = ({ name, windowBound, format }: LiveColumn): boolean =>
  windowBound === true || (format === undefined && /^_?window_(start|end)$/i.test(name));

/** Milliseconds since the epoch, though the dialect types them INTEGER. Sources that tell no format are known by the name. */
const isInstant = (column: LiveColumn): boolean => column.format === 'epoch-ms' || isWindowBound(column);

/** Points in time, whatever their type. */
export const isTimeColumn = (column: LiveColumn): boolean => /^TIMESTAMP/i.test(column.type) || isInstant(column);

/** A value as a table shows it: times without the letters of ISO, fractions with the decimals of their column or four. */
export function shownText(value: unknown, column: LiveColumn, decimals?: number): string {
  if (typeof value === 'number' && Number.isFinite(value)) {
    if (isInstant(column)) return exactTime(value);
    if (decimals !== undefined) return value.toFixed(decimals);
    if (!Number.isInteger(value)) return String(Math.abs(value) < 1 ? Number(value.toPrecision(4)) : Number(value.toFixed(4)));
  }
  const text = cellText(value, column);
  return /^\d{4}-\d\d-\d\dT[\d:.]+Z$/.test(text) && typeof value !== 'string' ? text.replace('T', ' ').replace(/(\.000)?Z$/, '') : text;
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
