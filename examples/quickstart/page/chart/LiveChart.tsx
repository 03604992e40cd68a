import { type ChartRecommendation, recommendChart } from '@velostream/ai';
import { useState } from 'react';
import type { DataRow } from '../../engine/messages.ts';
import { isNumber, isTime, isWhole, type TypedColumn } from '../column-kinds.ts';
import { amountText, timeText } from '../text.ts';
import { BarChart } from './BarChart.tsx';
import { LineChart } from './LineChart.tsx';
import { StatChart } from './StatChart.tsx';
import { type Series, seriesOf } from './series.ts';

interface LiveChartProps {
  readonly columns: readonly TypedColumn[];
  readonly rows: readonly DataRow[];
  /** How much of the result this is, where it is not all of it. */
  readonly note?: string | undefined;
}

/** The chart that the columns ask for, and a choice of the measure where several would do. Draws nothing where a table says more. */
export function LiveChart({ columns, rows, note }: LiveChartProps) {
  const [wanted, setWanted] = useState('');
  const [best] = recommendChart({ columns }, rows);
  if (!best || best.kind === 'table' || rows.length === 0) return null;
  const measures = columns.filter((column) => isNumber(column) && column.name !== best.x && column.name !== best.series);
  // Bars of different measures on one scale would compare what cannot be compared; lines over time are told apart well enough.
  const isOneMeasure = best.kind === 'bar' || (best.kind === 'line' && best.series !== undefined);
  const chart = isOneMeasure ? { ...best, y: [measures.find(({ name }) => name === wanted)?.name ?? best.y[0] ?? ''] } : best;
  return (
    <section className="chart-panel" aria-label="Chart">
      <header>
        <h2>{titleOf(chart)}</h2>
        {note && <span className="chart-note">{note}</span>}
        {isOneMeasure && measures.length > 1 && (
          <label className="measure">
            <span>Measure</span>
            <select value={chart.y[0]} onChange={(event) => setWanted(event.target.value)}>
              {measures.map(({ name }) => (
                <option key={name}>{name}</option>
              ))}
            </select>
          </label>
        )}
      </header>
      <Drawing chart={chart} columns={columns} rows={rows} />
    </section>
  );
}

function titleOf({ kind, x, y, series }: ChartRecommendation): string {
  const what = y.join(', ');
  if (kind === 'stat') return what;
  if (kind === 'bar') return `${what} by ${x}${series === undefined ? '' : ` and ${series}`}`;
  return `${what} over ${x}${series === undefined ? '' : ` by ${series}`}`;
}

function Drawing({ chart, columns, rows }: Omit<LiveChartProps, 'note'> & { readonly chart: ChartRecommendation }) {
  const xColumn = columns.find(({ name }) => name === chart.x);
  const isTimeAxis = xColumn !== undefined && isTime(xColumn);
  const isCount = columns.every((column) => !chart.y.includes(column.name) || isWhole(column));
  if (chart.kind === 'stat') return <StatChart rows={rows} measures={chart.y} />;
  if (chart.kind === 'bar') {
    const summary = `${titleOf(chart)}; ${rows.length} rows, see the table below`;
    return <BarChart rows={rows} chart={chart} isCount={isCount} summary={summary} />;
  }
  const series = seriesOf(rows, chart);
  const summary = summaryOf(chart, series, isTimeAxis);
  return <LineChart series={series} isTimeAxis={isTimeAxis} isCount={isCount} isScatter={chart.kind === 'scatter'} summary={summary} />;
}

/** The chart in a sentence, for who does not see it. */
function summaryOf(chart: ChartRecommendation, series: readonly Series[], isTimeAxis: boolean): string {
  const place = (x: number | undefined): string => (x === undefined ? '–' : isTimeAxis ? timeText(x) : amountText(x));
  const first = series[0]?.points[0]?.x;
  const last = series[0]?.points.at(-1)?.x;
  const latest = series.map(({ name, points }) => `${name} ${amountText(points.at(-1)?.y ?? 0)}`).join(', ');
  return `${titleOf(chart)}; from ${place(first)} to ${place(last)}; latest: ${latest}`;
}
