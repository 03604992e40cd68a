import { type ReactNode, useMemo } from 'react';
import { Area, AreaChart, CartesianGrid, Line, LineChart, ResponsiveContainer, Tooltip, XAxis, YAxis } from 'recharts';
import type { ChartData, ChartPoint } from '../chart/chart-data.ts';
import { timeTick, timeTicks, valueTick } from './axis-text.ts';
import { ChartTip } from './ChartTip.tsx';

export interface DrawingProps {
  readonly data: ChartData;
  readonly colors: readonly string[];
  readonly height: number;
  /** What the drawing is called where it has the focus. */
  readonly label: string;
}

const MARGIN = { top: 8, right: 12, bottom: 0, left: 0 };
// What does not change from one drawing to the next is one object each: a new one would make Recharts set up its axes and lines again, and draw twice.
const X_DOMAIN = ['dataMin', 'dataMax'] as const;
const Y_DOMAIN = ['auto', 'auto'] as const;
const ACTIVE_DOT = { r: 3 };
const GRID = <CartesianGrid vertical={false} className="velo-chart-grid" />;
const Y_AXIS = (
  <YAxis width={52} tickFormatter={valueTick} tickLine={false} axisLine={false} className="velo-chart-axis" domain={Y_DOMAIN} />
);
const TIME_TIP = <Tooltip isAnimationActive={false} content={<ChartTip isTime />} />;
const NUMBER_TIP = <Tooltip isAnimationActive={false} content={<ChartTip isTime={false} />} />;

type ValueOf = (point: ChartPoint) => number | null | undefined;
const valuesAt: ValueOf[] = [];
/** Reads the value of one series; the same function for the same place. */
function valueAt(series: number): ValueOf {
  const read: ValueOf = valuesAt[series] ?? ((point) => point.values[series]);
  valuesAt[series] = read;
  return read;
}

/** Lines, or areas, over time. */
export function LineOrArea({ data, colors, height, label, kind }: DrawingProps & { readonly kind: 'line' | 'area' }): ReactNode {
  const { points, series, isTime } = data;
  const from = Number(points[0]?.x ?? 0);
  const to = Number(points.at(-1)?.x ?? 0);
  const span = to - from;
  const ticks = isTime ? timeTicks(from, to) : undefined;
  const places = ticks?.join();
  const tick = isTime ? timeTick(span) : valueTick;
  const isDot = points.length === 1;
  const hues = colors.join();
  const names = series.join('\u0000');
  // Made anew for other series and other places of the axis alone, not for other points.
  // biome-ignore lint/correctness/useExhaustiveDependencies: names, hues and places stand for series, colors and ticks, which are new arrays with each drawing
  const parts = useMemo(() => {
    const shared = {
      type: 'linear',
      isAnimationActive: false,
      connectNulls: true,
      strokeWidth: 1.75,
      dot: isDot,
      activeDot: ACTIVE_DOT,
    } as const;
    const stroke = (i: number): string => colors[i] ?? 'currentcolor';
    return (
      <>
        {GRID}
        <XAxis
          dataKey="x"
          type="number"
          domain={X_DOMAIN}
          tickFormatter={tick}
          minTickGap={32}
          {...(ticks && { ticks })}
          tickLine={false}
          className="velo-chart-axis"
        />
        {Y_AXIS}
        {isTime ? TIME_TIP : NUMBER_TIP}
        {series.map((name, i) =>
          kind === 'line' ? (
            <Line key={name} {...shared} name={name} dataKey={valueAt(i)} stroke={stroke(i)} />
          ) : (
            <Area
              key={name}
              {...shared}
              name={name}
              dataKey={valueAt(i)}
              stackId="all"
              stroke={stroke(i)}
              fill={stroke(i)}
              fillOpacity={0.22}
            />
          ),
        )}
      </>
    );
  }, [names, hues, places, kind, tick, isTime, isDot]);
  const Frame = kind === 'line' ? LineChart : AreaChart;
  return (
    <ResponsiveContainer width="100%" height={height}>
      <Frame data={points as ChartPoint[]} margin={MARGIN} aria-label={label}>
        {parts}
      </Frame>
    </ResponsiveContainer>
  );
}
