import type { ChartRecommendation } from '@velostream/ai';
import type { DataRow } from '../../engine/messages.ts';
import { OTHER_COLOR, seriesColors } from './palette.ts';

export interface Point {
  readonly x: number;
  readonly y: number;
}

export interface Series {
  readonly name: string;
  readonly color: string;
  /** In the order of x. */
  readonly points: readonly Point[];
}

/** A number to draw, from any value that is one: decimals come as text, large integers as bigint. */
export function numberOf(value: unknown): number | undefined {
  if (typeof value === 'number') return Number.isFinite(value) ? value : undefined;
  if (typeof value === 'bigint' || (typeof value === 'string' && value.trim() !== '')) {
    const number = Number(value);
    return Number.isFinite(number) ? number : undefined;
  }
  return undefined;
}

export const labelOf = (value: unknown): string => (value === null || value === undefined ? '∅' : String(value));

/** The lines of a chart: one for each value of the series column, or one for each measure. */
export function seriesOf(rows: readonly DataRow[], chart: ChartRecommendation): Series[] {
  const { x, series: split } = chart;
  if (x === undefined) return [];
  const points = new Map<string, Point[]>();
  for (const row of rows) {
    const at = numberOf(row[x]);
    if (at === undefined) continue;
    for (const measure of split === undefined ? chart.y : chart.y.slice(0, 1)) {
      const y = numberOf(row[measure]);
      if (y === undefined) continue;
      const name = split === undefined ? measure : labelOf(row[split]);
      const list = points.get(name);
      if (list) list.push({ x: at, y });
      else points.set(name, [{ x: at, y }]);
    }
  }
  // Measures keep the order of the SELECT list.
  const names = split === undefined ? [...points.keys()] : [...points.keys()].sort();
  const colors = seriesColors(split ?? 'measure', names);
  return names.map((name) => ({
    name,
    color: colors.get(name) ?? OTHER_COLOR,
    points: (points.get(name) ?? []).sort((a, b) => a.x - b.x),
  }));
}

export interface Extent {
  readonly min: number;
  readonly max: number;
}

/** Smallest and largest value; a single value gets some room on both sides. */
export function extentOf(values: Iterable<number>): Extent | undefined {
  let min = Number.POSITIVE_INFINITY;
  let max = Number.NEGATIVE_INFINITY;
  for (const value of values) {
    if (value < min) min = value;
    if (value > max) max = value;
  }
  if (min > max) return undefined;
  if (min < max) return { min, max };
  const room = Math.abs(min) * 0.05 || 1;
  return { min: min - room, max: max + room };
}

/** The point of a line that is nearest to a place on the x axis. */
export function nearest(points: readonly Point[], x: number): Point | undefined {
  let low = 0;
  let high = points.length - 1;
  while (low < high) {
    const middle = (low + high) >> 1;
    if ((points[middle] as Point).x < x) low = middle + 1;
    else high = middle;
  }
  const after = points[low];
  const before = points[low - 1];
  if (!after || !before) return after;
  return x - before.x <= after.x - x ? before : after;
}
