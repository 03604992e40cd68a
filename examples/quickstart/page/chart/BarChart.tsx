import type { ChartRecommendation } from '@velostream/ai';
import type { DataRow } from '../../engine/messages.ts';
import { numberText } from '../text.ts';
import { Legend } from './Legend.tsx';
import { seriesColor } from './palette.ts';
import { labelOf, numberOf } from './series.ts';

interface Bar {
  readonly name: string;
  readonly value: number;
  readonly color: string;
}

interface Category {
  readonly name: string;
  readonly bars: readonly Bar[];
}

interface BarChartProps {
  readonly rows: readonly DataRow[];
  readonly chart: ChartRecommendation;
  /** The values are counts: no digits after the point. */
  readonly isCount: boolean;
  readonly summary: string;
}

/** One row of bars for each category, largest scale shared. The last row of a category is the one that counts. */
export function BarChart({ rows, chart, isCount, summary }: BarChartProps) {
  const categories = categoriesOf(rows, chart);
  const bars = categories.flatMap((category) => category.bars);
  const max = Math.max(0, ...bars.map(({ value }) => value));
  const min = Math.min(0, ...bars.map(({ value }) => value));
  const percent = (length: number): string => `${(max === min ? 0 : (length / (max - min)) * 100).toFixed(2)}%`;
  const names = new Map(bars.map(({ name, color }) => [name, color]));
  return (
    <div className="chart">
      {names.size > 1 && <Legend items={[...names].map(([name, color]) => ({ name, color, value: '' }))} caption="" />}
      <div className="bars" role="img" aria-label={summary}>
        {categories.map(({ name, bars: own }) => (
          <div className="bar-row" key={name}>
            <span className="bar-name">{name}</span>
            <span className="bar-tracks">
              {own.map((bar) => (
                <span className="bar-track" key={bar.name}>
                  <span
                    className="bar"
                    style={{ background: bar.color, left: percent(Math.min(0, bar.value) - min), width: percent(Math.abs(bar.value)) }}
                  />
                </span>
              ))}
            </span>
            <span className="bar-value">{own.map(({ value }) => numberText(value, isCount)).join(' · ')}</span>
          </div>
        ))}
      </div>
    </div>
  );
}

function categoriesOf(rows: readonly DataRow[], { x, y, series }: ChartRecommendation): Category[] {
  if (x === undefined) return [];
  const byName = new Map<string, Map<string, Bar>>();
  for (const row of rows) {
    const name = labelOf(row[x]);
    const bars = byName.get(name) ?? new Map<string, Bar>();
    byName.set(name, bars);
    for (const measure of series === undefined ? y : y.slice(0, 1)) {
      const value = numberOf(row[measure]);
      if (value === undefined) continue;
      const label = series === undefined ? measure : labelOf(row[series]);
      // One measure alone is coloured by its category, as in every other chart of that category.
      const color = series !== undefined ? seriesColor(series, label) : y.length > 1 ? seriesColor('measure', label) : seriesColor(x, name);
      bars.set(label, { name: label, value, color });
    }
  }
  return [...byName].map(([name, bars]) => ({ name, bars: [...bars.values()] })).sort((a, b) => (a.name < b.name ? -1 : 1));
}
