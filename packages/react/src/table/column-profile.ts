import { numberOf } from '../chart/chart-data.ts';
import type { LiveColumn, LiveRow } from '../query/live-query.ts';

/** How the values of a column spread, as heights from 0 to 1. */
export interface ColumnProfile {
  readonly bars: readonly number[];
  readonly text: string;
}

const BINS = 12;
const SAMPLE_MAX = 2_000;

/** A histogram of numbers, or the shares of the most frequent texts, from an even sample of the rows. */
export function columnProfile({ name }: LiveColumn, rows: readonly LiveRow[], isNumeric: boolean): ColumnProfile {
  const step = Math.max(1, Math.floor(rows.length / SAMPLE_MAX));
  const values: unknown[] = [];
  for (let i = 0; i < rows.length; i += step) values.push(rows[i]?.[name]);
  const counts = isNumeric ? bins(values) : frequencies(values);
  const highest = Math.max(1, ...counts);
  const missing = values.filter((value) => value === null || value === undefined).length;
  const distinct = new Set(values.map(String)).size;
  return {
    bars: counts.map((count) => count / highest),
    text: `${distinct} distinct, ${missing} without a value, in ${values.length} rows`,
  };
}

function bins(values: readonly unknown[]): readonly number[] {
  const numbers = values.flatMap((value) => numberOf(value) ?? []);
  if (numbers.length === 0) return [];
  const low = numbers.reduce((a, b) => Math.min(a, b));
  const high = numbers.reduce((a, b) => Math.max(a, b));
  const counts = Array.from({ length: BINS }, () => 0);
  for (const number of numbers) {
    const bin = high > low ? Math.min(BINS - 1, Math.floor(((number - low) / (high - low)) * BINS)) : 0;
    counts[bin] = (counts[bin] ?? 0) + 1;
  }
  return counts;
}

function frequencies(values: readonly unknown[]): readonly number[] {
  const counts = new Map<string, number>();
  for (const value of values) if (value !== null && value !== undefined) counts.set(String(value), (counts.get(String(value)) ?? 0) + 1);
  return [...counts.values()].sort((a, b) => b - a).slice(0, BINS);
}
