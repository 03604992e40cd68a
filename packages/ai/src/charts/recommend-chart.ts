import type { ChartRecommendation, ChartSchema } from './chart.ts';
import { type ChartRow, type ColumnRoles, type Dimension, rolesOf } from './column-roles.ts';

/** More lines or bars than these are not told apart. */
const SERIES_MAX = 12;
const BARS_MAX = 30;
/** More numbers on one axis than this hide each other. */
const MEASURES_MAX = 4;
/** Fewer points than this show no relation between two numbers. */
const SCATTER_POINTS_MIN = 8;

const fits = (dimension: Dimension, max: number): boolean => dimension.cardinality === undefined || dimension.cardinality <= max;

/** The dimension with the fewest values: the one whose groups are told apart best. Unknown counts keep the order of the columns. */
function smallest(dimensions: readonly Dimension[], max: number): Dimension | undefined {
  const fitting = dimensions.filter((dimension) => fits(dimension, max));
  return fitting.toSorted((a, b) => (a.cardinality ?? 0) - (b.cardinality ?? 0))[0];
}

/** Lines are split by a dimension only where each keeps one number; a constant splits nothing. */
function seriesFor(dimensions: readonly Dimension[]): string | undefined {
  return smallest(
    dimensions.filter(({ cardinality }) => cardinality !== 1),
    SERIES_MAX,
  )?.name;
}

function line({ time, measures, dimensions }: ColumnRoles): ChartRecommendation | undefined {
  const [first] = measures;
  if (time === undefined || first === undefined) return undefined;
  const series = seriesFor(dimensions);
  if (series) return { kind: 'line', x: time, y: [first], series, score: 0.95, reason: `${first} over ${time}, one line per ${series}` };
  const y = measures.slice(0, MEASURES_MAX);
  // Points of too many groups on one line would jump between groups.
  const score = dimensions.some(({ cardinality }) => cardinality !== 1) ? 0.4 : 0.95;
  return { kind: 'line', x: time, y, score, reason: `${y.join(', ')} over ${time}` };
}

function bar({ time, measures, dimensions }: ColumnRoles): ChartRecommendation | undefined {
  const [first] = measures;
  const category = smallest(dimensions, BARS_MAX);
  if (first === undefined || !category) return undefined;
  const series = seriesFor(dimensions.filter((dimension) => dimension !== category));
  const y = series ? [first] : measures.slice(0, MEASURES_MAX);
  const split = series ? `, grouped by ${series}` : '';
  return {
    kind: 'bar',
    x: category.name,
    y,
    ...(series !== undefined && { series }),
    score: time === undefined ? 0.9 : 0.5,
    reason: `${y.join(', ')} for each ${category.name}${split}`,
  };
}

function scatter({ time, measures, dimensions }: ColumnRoles, rows: readonly ChartRow[] | undefined): ChartRecommendation | undefined {
  const [x, y] = measures;
  if (x === undefined || y === undefined || (rows && rows.length < SCATTER_POINTS_MIN)) return undefined;
  const series = seriesFor(dimensions);
  // Without a group each row is a point of its own; with few groups bars say more.
  const isBest = time === undefined && !smallest(dimensions, BARS_MAX);
  const shown = { kind: 'scatter', x, y: [y], score: isBest ? 0.85 : 0.35 } as const;
  return series === undefined
    ? { ...shown, reason: `how ${y} goes with ${x}, one point per row` }
    : { ...shown, series, reason: `how ${y} goes with ${x}, coloured by ${series}` };
}

function stat({ time, measures, dimensions }: ColumnRoles, rows: readonly ChartRow[] | undefined): ChartRecommendation | undefined {
  if (measures.length === 0) return undefined;
  const y = measures.slice(0, MEASURES_MAX);
  const isAlone = time === undefined && dimensions.length === 0;
  const isOneRow = rows?.length === 1;
  if (!isAlone && !isOneRow) return undefined;
  const isBest = isOneRow || measures.length === 1;
  return { kind: 'stat', y, score: isBest ? 0.97 : 0.6, reason: `${y.join(', ')} as the latest value` };
}

function table(schema: ChartSchema): ChartRecommendation {
  return { kind: 'table', y: schema.columns.map(({ name }) => name), score: 0.3, reason: 'every column and row as it is' };
}

/**
 * Ways to draw a result, best first; the last resort, a table, is always among them.
 *
 * Decided from column names and types: a window or time with numbers is a line, a category with numbers a bar, two numbers alone a scatter,
 * one number alone a stat. Rows refine it by counting how many values each category has. Pure: the same input gives the same answer.
 *
 * @param rows - A sample of the result; of large results, a part will do.
 */
export function recommendChart(schema: ChartSchema, rows?: readonly ChartRow[]): ChartRecommendation[] {
  const roles = rolesOf(schema, rows);
  return [line(roles), bar(roles), scatter(roles, rows), stat(roles, rows), table(schema)]
    .filter((chart) => chart !== undefined)
    .toSorted((a, b) => b.score - a.score);
}
