import { type ReactNode, useMemo, useRef } from 'react';
import { type ChartData, type ChartMemory, categories, numberOf, timeSeries } from '../chart/chart-data.ts';
import { chartSummary } from '../chart/chart-summary.ts';
import { withOpenWindows } from '../chart/open-windows.ts';
import { colorsFor } from '../chart/series-colors.ts';
import { useSettled } from '../chart/use-settled.ts';
import type { ChartProps, ChartSpec } from '../renderers/renderers.ts';
import { Bars, isByCategory } from './Bars.tsx';
import { ChartTwin } from './ChartTwin.tsx';
import { Gauge } from './Gauge.tsx';
import { Heatmap } from './Heatmap.tsx';
import { Legend } from './Legend.tsx';
import { LineOrArea } from './LineOrArea.tsx';
import { Scatter } from './Scatter.tsx';
import { Slices } from './Slices.tsx';
import { Stat } from './Stat.tsx';

const HEIGHT = 280;
const SLICES_MAX = 8;
const VALUES_MAX = 500;
/** Kinds that show one number, and a dash where there is none. */
const SINGLE: ReadonlySet<ChartSpec['kind']> = new Set(['gauge', 'stat', 'table']);

/**
 * Rows as a chart. Live rows are drawn about five times a second at most, however many come; what is drawn is thinned to what a screen can show.
 *
 * @example <Chart chart={recommendation} columns={snapshot.columns} rows={snapshot.rows} label="Volume by symbol" />
 */
export function Chart({ chart, columns, rows, label, height = HEIGHT, watermark }: ChartProps): ReactNode {
  const settled = useSettled(rows);
  const memory = useRef<ChartMemory>({});
  const drawn = useMemo(() => dataFor(chart, columns, settled, memory.current), [chart, columns, settled]);
  const data = useMemo(
    () => (chart.kind === 'line' || chart.kind === 'area' ? withOpenWindows(drawn, { chart, columns, rows: settled, watermark }) : drawn),
    [chart, columns, settled, drawn, watermark],
  );
  const summary = useMemo(() => chartSummary(chart, data), [chart, data]);
  const name = `${label}: ${chart.kind} chart`;
  return (
    <figure className="velo-chart" aria-label={name} data-chart={chart.kind}>
      {(data.points.length === 0 || data.series.length === 0) && !SINGLE.has(chart.kind) ? (
        <p className="velo-empty" style={{ minBlockSize: height }}>
          {data.points.length === 0 ? 'No rows to draw yet' : `No value of ${chart.y.join(' or ')} in these rows`}
        </p>
      ) : (
        draw(chart, data, settled, { height, label: name })
      )}
      <figcaption data-visually-hidden="">{summary}</figcaption>
      <ChartTwin data={data} label={label} x={chart.x} />
    </figure>
  );
}

type Rows = ChartProps['rows'];

function dataFor(chart: ChartSpec, columns: ChartProps['columns'], rows: Rows, memory: ChartMemory): ChartData {
  if (chart.kind === 'pie') return categories(chart, columns, rows, SLICES_MAX);
  return chart.kind === 'bar' ? categories(chart, columns, rows) : timeSeries(chart, columns, rows, memory);
}

function draw(
  chart: ChartSpec,
  data: ChartData,
  rows: Rows,
  { height, label }: { readonly height: number; readonly label: string },
): ReactNode {
  // A series that is not drawn in a hue of its own takes none from the page.
  const isPlain = chart.kind === 'pie' || SINGLE.has(chart.kind) || (chart.kind === 'bar' && isByCategory(data));
  const colors = isPlain ? [] : colorsFor(data.series);
  switch (chart.kind) {
    case 'line':
    case 'area':
      return (
        <>
          <Legend series={data.series} colors={colors} />
          <LineOrArea data={data} colors={colors} height={height} label={label} kind={chart.kind} />
        </>
      );
    case 'bar':
      return (
        <>
          <Legend series={data.series} colors={colors} />
          <Bars data={data} colors={colors} height={height} label={label} />
        </>
      );
    case 'scatter':
      return (
        <>
          <Legend series={data.series} colors={colors} />
          <Scatter data={data} colors={colors} height={height} label={label} />
        </>
      );
    case 'pie':
      return <Slices data={data} height={Math.min(height, 260)} label={label} />;
    case 'heatmap':
      return <Heatmap data={data} height={Math.min(height, 200)} />;
    case 'gauge':
    case 'stat': {
      const Single = chart.kind === 'gauge' ? Gauge : Stat;
      const name = chart.y[0] ?? '';
      return <Single name={chart.title ?? name} values={lastValues(rows, name)} height={height} />;
    }
    case 'table':
      return null;
  }
}

const lastValues = (rows: Rows, name: string): readonly number[] =>
  rows.slice(-VALUES_MAX).flatMap((row) => {
    const value = numberOf(row[name]);
    return value === null ? [] : [value];
  });
