import type { LiveColumn, LiveRow } from '../query/live-query.ts';
import { cellText, isTimeColumn, isWindowBound } from '../query-results/cell-text.ts';
import type { ChartSpec } from '../renderers/renderers.ts';
import { type RowReader, type RowReadings, readRows } from './row-readings.ts';
import { OTHER, SERIES_MAX } from './series-colors.ts';

/** A number out of a query: decimals come as text, big integers as bigint. `null` for what is no number. */
export function numberOf(value: unknown): number | null {
  if (typeof value === 'number') return Number.isFinite(value) ? value : null;
  if (typeof value === 'bigint') return Number(value);
  if (typeof value !== 'string' || value.trim() === '') return null;
  const number = Number(value);
  return Number.isFinite(number) ? number : null;
}

/** One place of the axis with the value of each series there. */
export interface ChartPoint {
  readonly x: number | string;
  readonly values: readonly (number | null)[];
}

export interface ChartData {
  readonly series: readonly string[];
  readonly points: readonly ChartPoint[];
  readonly isTime: boolean;
  /** Points before they were thinned out for drawing. */
  readonly pointsTotal: number;
  /** From this place on, windows are not closed yet: their values still grow. */
  readonly openFrom?: number;
}

/** More than a screen has pixels to tell apart. */
const POINTS_MAX = 300;
const CATEGORIES_MAX = 24;
/** Up to here every point is placed by itself; beyond it, rows go straight into stretches of the axis. */
const ROWS_EXACT = 1_200;

const nameOf = (value: unknown, column: LiveColumn): string => cellText(value, column);
const columnOf = (columns: readonly LiveColumn[], name: string | undefined): LiveColumn | undefined =>
  columns.find((column) => column.name === name);

/** What one drawing leaves to the next: numbers of rows that are still there. Opaque; any memory gives the same chart. */
export interface ChartMemory {
  readings?: RowReadings;
}

/** Series of a chart over time (or over any number), in the order of x; beyond eight series the smallest are added up as "other". */
export function timeSeries(
  chart: ChartSpec,
  columns: readonly LiveColumn[],
  rows: readonly LiveRow[],
  memory: ChartMemory = {},
): ChartData {
  const xColumn = columnOf(columns, chart.x);
  // A window comes again with each change of it: only its last row counts, so that such rows are few places however many there are.
  if (rows.length > ROWS_EXACT && !(xColumn && isWindowBound(xColumn))) return stretchedSeries(chart, columns, rows, memory);
  const seriesColumn = columnOf(columns, chart.series);
  const isTime = xColumn !== undefined && isTimeColumn(xColumn);
  const byX = new Map<number, Map<string, number>>();
  const weights = new Map<string, number>();
  rows.forEach((row, i) => {
    const x = xColumn ? numberOf(row[xColumn.name]) : i;
    if (x === null) return;
    const at = byX.get(x) ?? new Map<string, number>();
    byX.set(x, at);
    for (const y of chart.y) {
      const value = numberOf(row[y]);
      if (value === null) continue;
      const label = seriesColumn ? nameOf(row[seriesColumn.name], seriesColumn) : undefined;
      const name = label === undefined ? y : chart.y.length > 1 ? `${label} ${y}` : label;
      at.set(name, value);
      weights.set(name, (weights.get(name) ?? 0) + Math.abs(value));
    }
  });
  const { shown, isOther } = topSeries(weights);
  const points = [...byX].sort(([a], [b]) => a - b).map(([x, at]): ChartPoint => ({ x, values: valuesOf(at, shown, isOther) }));
  return { series: isOther ? [...shown, OTHER] : shown, points: thinned(points), isTime, pointsTotal: points.length };
}

/** What one series did in each stretch: its extremes, and whether the low one came first. */
interface Stretches {
  readonly low: Float64Array;
  readonly high: Float64Array;
  readonly isLowLast: Uint8Array;
  weight: number;
}

const STRETCHES = POINTS_MAX / 2;

/** Many rows in one pass over their numbers: of each stretch the smallest and the largest value of every series stay. */
function stretchedSeries(chart: ChartSpec, columns: readonly LiveColumn[], rows: readonly LiveRow[], memory: ChartMemory): ChartData {
  const xColumn = columnOf(columns, chart.x);
  const hasSeries = columnOf(columns, chart.series) !== undefined;
  const readings = readRows(rows, readerOf(chart, columns), memory.readings);
  memory.readings = readings;
  const { ys, labelIds, labels } = readings;
  const xs = xColumn ? readings.xs : Float64Array.from(rows, (_, i) => i);
  let first = Number.POSITIVE_INFINITY;
  let last = Number.NEGATIVE_INFINITY;
  let pointsTotal = 0;
  for (let i = 0; i < xs.length; i++) {
    const x = xs[i] as number;
    if (Number.isNaN(x)) continue;
    pointsTotal++;
    if (x < first) first = x;
    if (x > last) last = x;
  }
  const scale = last > first ? (STRETCHES - 1e-9) / (last - first) : 0;
  const bySeries = new Map<string, Stretches>();
  const byPlace: (Stretches | undefined)[] = [];
  for (let i = 0; i < xs.length; i++) {
    const x = xs[i] as number;
    if (Number.isNaN(x)) continue;
    const at = Math.floor((x - first) * scale);
    for (let y = 0; y < ys.length; y++) {
      const value = (ys[y] as Float64Array)[i] as number;
      if (Number.isNaN(value)) continue;
      const place = (labelIds[i] as number) * ys.length + y;
      let series = byPlace[place];
      if (!series) {
        series = seriesOf(bySeries, seriesName(chart.y, hasSeries ? (labels[labelIds[i] as number] as string) : undefined, y));
        byPlace[place] = series;
      }
      put(series, at, value);
    }
  }
  const weights = new Map([...bySeries].map(([name, { weight }]) => [name, weight]));
  const { shown, isOther } = topSeries(weights);
  const points = Array.from({ length: STRETCHES }, (_, at) => stretchPoints(bySeries, at, { shown, isOther, first, scale })).flat();
  return {
    series: isOther ? [...shown, OTHER] : shown,
    points: points.filter(({ values }) => values.some((value) => value !== null)),
    isTime: xColumn !== undefined && isTimeColumn(xColumn),
    pointsTotal,
  };
}

function readerOf(chart: ChartSpec, columns: readonly LiveColumn[]): RowReader {
  const series = columnOf(columns, chart.series);
  const x = columnOf(columns, chart.x)?.name;
  return {
    key: JSON.stringify([x, chart.y, series]),
    x: x === undefined ? () => null : (row) => numberOf(row[x]),
    ys: chart.y.map((name) => (row) => numberOf(row[name])),
    label: series === undefined ? () => '' : (row) => nameOf(row[series.name], series),
  };
}

function seriesName(ys: readonly string[], label: string | undefined, y: number): string {
  const name = ys[y] as string;
  if (label === undefined) return name;
  return ys.length > 1 ? `${label} ${name}` : label;
}

function seriesOf(bySeries: Map<string, Stretches>, name: string): Stretches {
  let series = bySeries.get(name);
  if (!series) {
    series = {
      low: new Float64Array(STRETCHES).fill(Number.POSITIVE_INFINITY),
      high: new Float64Array(STRETCHES).fill(Number.NEGATIVE_INFINITY),
      isLowLast: new Uint8Array(STRETCHES),
      weight: 0,
    };
    bySeries.set(name, series);
  }
  return series;
}

function put(series: Stretches, at: number, value: number): void {
  series.weight += Math.abs(value);
  if (value < (series.low[at] as number)) {
    series.low[at] = value;
    series.isLowLast[at] = 1;
  }
  if (value > (series.high[at] as number)) {
    series.high[at] = value;
    series.isLowLast[at] = 0;
  }
}

interface Stretching {
  readonly shown: readonly string[];
  readonly isOther: boolean;
  readonly first: number;
  readonly scale: number;
}

/** The two points of a stretch: extremes in the order in which they came. */
function stretchPoints(
  bySeries: ReadonlyMap<string, Stretches>,
  at: number,
  { shown, isOther, first, scale }: Stretching,
): readonly ChartPoint[] {
  const ends = [0, 1].map((end): ChartPoint => {
    const extremeOf = (series: Stretches | undefined): number | null => {
      if (!series || (series.low[at] as number) === Number.POSITIVE_INFINITY) return null;
      const isLow = (end === 1) === (series.isLowLast[at] === 1);
      return (isLow ? series.low[at] : series.high[at]) as number;
    };
    const values = shown.map((name) => extremeOf(bySeries.get(name)));
    const x = scale === 0 ? first : first + (at + 0.25 + end / 2) / scale;
    if (!isOther) return { x, values };
    let other: number | null = null;
    for (const [name, series] of bySeries) {
      const value = shown.includes(name) ? null : extremeOf(series);
      if (value !== null) other = (other ?? 0) + value;
    }
    return { x, values: [...values, other] };
  });
  return ends;
}

/** Series in the order in which they first came, so that legends do not jump; the heaviest seven where there are more than eight. */
function topSeries(weights: ReadonlyMap<string, number>): { readonly shown: readonly string[]; readonly isOther: boolean } {
  const names = [...weights.keys()];
  if (names.length <= SERIES_MAX) return { shown: names, isOther: false };
  const heaviest = new Set(
    [...weights]
      .sort(([, a], [, b]) => b - a)
      .slice(0, SERIES_MAX - 1)
      .map(([name]) => name),
  );
  return { shown: names.filter((name) => heaviest.has(name)), isOther: true };
}

function valuesOf(at: ReadonlyMap<string, number>, shown: readonly string[], isOther: boolean): readonly (number | null)[] {
  const values = shown.map((name) => at.get(name) ?? null);
  if (!isOther) return values;
  let other: number | null = null;
  for (const [name, value] of at) if (!shown.includes(name)) other = (other ?? 0) + value;
  return [...values, other];
}

/** At most `POINTS_MAX` points; of each stretch the smallest and the largest value of every series stay, so that no peak is lost. */
function thinned(points: readonly ChartPoint[]): readonly ChartPoint[] {
  if (points.length <= POINTS_MAX) return points;
  const stretches = POINTS_MAX / 2;
  const kept: ChartPoint[] = [];
  for (let i = 0; i < stretches; i++) {
    const some = points.slice(Math.floor((i * points.length) / stretches), Math.floor(((i + 1) * points.length) / stretches));
    const first = some[0];
    const last = some.at(-1);
    if (!first || !last) continue;
    const extremes = first.values.map((_, series) => extremesOf(some, series));
    kept.push({ x: first.x, values: extremes.map(([value]) => value) }, { x: last.x, values: extremes.map(([, value]) => value) });
  }
  return kept;
}

/** The smallest and the largest value of a series, in the order in which they came. */
function extremesOf(points: readonly ChartPoint[], series: number): readonly [number | null, number | null] {
  let low: number | null = null;
  let high: number | null = null;
  let isLowFirst = true;
  for (const { values } of points) {
    const value = values[series] ?? null;
    if (value === null) continue;
    if (low === null || value < low) {
      low = value;
      isLowFirst = false;
    }
    if (high === null || value > high) {
      high = value;
      isLowFirst = true;
    }
  }
  return isLowFirst ? [low, high] : [high, low];
}

/** One bar or slice per category, with the last value of each; beyond the limit the rest is added up. */
export function categories(
  chart: ChartSpec,
  columns: readonly LiveColumn[],
  rows: readonly LiveRow[],
  max: number = CATEGORIES_MAX,
): ChartData {
  const xColumn = columnOf(columns, chart.x);
  const byX = new Map<string, readonly (number | null)[]>();
  for (const row of rows) {
    const name = xColumn ? nameOf(row[xColumn.name], xColumn) : '';
    byX.set(
      name,
      chart.y.map((y) => numberOf(row[y])),
    );
  }
  const all = [...byX].map(([x, values]): ChartPoint => ({ x, values }));
  const isTime = xColumn !== undefined && isTimeColumn(xColumn);
  if (isTime || all.length <= max) return { series: chart.y, points: isTime ? all.slice(-max) : all, isTime, pointsTotal: all.length };
  const largest = all.toSorted((a, b) => (b.values[0] ?? 0) - (a.values[0] ?? 0));
  const rest = largest.slice(max - 1);
  const sums = chart.y.map((_, i) => rest.reduce((sum, { values }) => sum + (values[i] ?? 0), 0));
  return { series: chart.y, points: [...largest.slice(0, max - 1), { x: OTHER, values: sums }], isTime, pointsTotal: all.length };
}
