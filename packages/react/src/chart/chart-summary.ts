import type { ChartSpec } from '../renderers/renderers.ts';
import { pluralText } from '../text/quantity-text.ts';
import type { ChartData } from './chart-data.ts';
import { numberText, placeText } from './point-text.ts';

const SERIES_SAID = 4;

/** A chart in two sentences, for those who do not see it: what is drawn, and the numbers that matter. */
export function chartSummary({ kind, x, y }: ChartSpec, { series, points, isTime, pointsTotal, openFrom }: ChartData): string {
  const first = points[0];
  const last = points.at(-1);
  if (!first || !last) return `${kind} chart without data`;
  const what = `${kind} chart of ${y.join(' and ')}${x === undefined ? '' : ` by ${x}`}`;
  const range = x === undefined ? '' : ` from ${placeText(first.x, { isTime, column: x })} to ${placeText(last.x, { isTime, column: x })}`;
  const facts = series.slice(0, SERIES_SAID).map((name, i) => {
    const values = points.flatMap(({ values: at }) => (at[i] === null || at[i] === undefined ? [] : [at[i]]));
    const latest = values.at(-1);
    if (latest === undefined) return `${name}: no value`;
    const lowest = values.reduce((a, b) => Math.min(a, b));
    const highest = values.reduce((a, b) => Math.max(a, b));
    return `${name}: last ${numberText(latest)}, lowest ${numberText(lowest)}, highest ${numberText(highest)}`;
  });
  const more = series.length > SERIES_SAID ? `; and ${series.length - SERIES_SAID} more` : '';
  return `${what}, ${pluralText(series.length, 'series', 'series')}, ${pluralText(pointsTotal, 'point')}${range}. ${facts.join('; ')}${more}.${openFrom === undefined ? '' : ' The newest window is still open.'}`;
}
