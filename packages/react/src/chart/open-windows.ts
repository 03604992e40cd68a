import type { LiveColumn, LiveRow } from '../query/live-query.ts';
import { isWindowBound } from '../query-results/cell-text.ts';
import type { ChartSpec } from '../renderers/renderers.ts';
import { type ChartData, numberOf } from './chart-data.ts';

const isEnd = ({ name }: LiveColumn): boolean => /end$/i.test(name);
const STEPS_LOOKED_AT = 50;

/** How long a window is: by its two bounds where a row has both, else by the least distance of two windows. */
function windowMs(columns: readonly LiveColumn[], rows: readonly LiveRow[], xs: readonly number[]): number | undefined {
  const bounds = columns.filter(isWindowBound);
  const [start, end] = [bounds.find((column) => !isEnd(column)), bounds.find(isEnd)];
  const last = rows.at(-1);
  const both = start && end && last ? [numberOf(last[start.name]), numberOf(last[end.name])] : [];
  const [from, to] = both;
  if (typeof from === 'number' && typeof to === 'number' && to > from) return to - from;
  const newest = xs.slice(-STEPS_LOOKED_AT);
  const steps = newest.slice(1).map((x, i) => x - (newest[i] as number));
  return steps.length === 0 ? undefined : Math.min(...steps.filter((step) => step > 0));
}

/**
 * Marks what is still open: a window whose end the watermark has not reached has counted only a part of its rows, and would look like a fall.
 * `watermark` is the time up to which all events have been seen; `null` where there is none, or the query has ended. `-Infinity` stands for a
 * query that runs and has not told one yet: of such a query the newest window is taken as open.
 */
export function withOpenWindows(
  data: ChartData,
  {
    chart,
    columns,
    rows,
    watermark,
  }: { chart: ChartSpec; columns: readonly LiveColumn[]; rows: readonly LiveRow[]; watermark: number | null | undefined },
): ChartData {
  const x = columns.find(({ name }) => name === chart.x);
  if (typeof watermark !== 'number' || watermark === Number.POSITIVE_INFINITY || Number.isNaN(watermark) || !x || !isWindowBound(x))
    return data;
  const xs = data.points.flatMap(({ x: at }) => (typeof at === 'number' ? [at] : []));
  if (watermark === Number.NEGATIVE_INFINITY) return xs.length < 2 ? data : { ...data, openFrom: xs.at(-1) as number };
  const length = isEnd(x) ? 0 : windowMs(columns, rows, xs);
  if (length === undefined || !Number.isFinite(length)) return data;
  const openFrom = xs.find((at) => at + length > watermark);
  return openFrom === undefined ? data : { ...data, openFrom };
}
