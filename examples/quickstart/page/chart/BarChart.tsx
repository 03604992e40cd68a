import type { ChartRecommendation } from '@velostream/ai';
import type { DataRow } from '../../engine/messages.ts';
import { numberText } from '../text.ts';
import { Legend } from './Legend.tsx';
import { OTHER_COLOR, seriesColors } from './palette.ts';
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
      {chart.series !== undefined && <Legend items={[...names].map(([name, color]) => ({ name, color, value: '' }))} />}
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
  const [measure] = y;
  if (x === undefined || measure === undefined) return [];
  const byName = new Map<string, Map<string, number>>();
  for (const row of rows) {
    const name = labelOf(row[x]);
    const values = byName.get(name) ?? new Map<string, number>();
    byName.set(name, values);
    const value = numberOf(row[measure]);
    if (value !== undefined) values.set(series === undefined ? name : labelOf(row[series]), value);
  }
  // Bars without a series are coloured by their category, as in every other chart of that category.
  const labels = [...new Set([...byName.values()].flatMap((values) => [...values.keys()]))].sort();
  const colors = seriesColors(series ?? x, labels);
  return [...byName]
    .map(([name, values]) => ({
      name,
      bars: [...values].map(([label, value]) => ({ name: label, value, color: colors.get(label) ?? OTHER_COLOR })),
    }))
    .sort((a, b) => (a.name < b.name ? -1 : 1));
}
