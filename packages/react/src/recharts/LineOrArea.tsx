import { type ReactNode, useMemo } from 'react';
import { Area, AreaChart, CartesianGrid, Line, LineChart, ResponsiveContainer, Tooltip, XAxis, YAxis } from 'recharts';
import type { ChartData, ChartPoint } from '../chart/chart-data.ts';
import { AXIS_LINE, GRID_STROKE, TICK, timeTick, timeTicks, valueTick } from './axis-text.ts';
import { ChartTip } from './ChartTip.tsx';
import { axisOf } from './value-axis.ts';

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
const ACTIVE_DOT = { r: 3 };
const GRID = <CartesianGrid vertical={false} stroke={GRID_STROKE} className="velo-chart-grid" />;
const TIME_TIP = <Tooltip isAnimationActive={false} content={<ChartTip isTime />} />;
const NUMBER_TIP = <Tooltip isAnimationActive={false} content={<ChartTip isTime={false} />} />;

/** A point, and whether its window is open; the last closed one is where the two parts of a line meet. */
interface Place extends ChartPoint {
  readonly isOpen?: boolean;
  readonly isEdge?: boolean;
}
type ValueOf = (place: Place) => number | null | undefined;
const readers: Readonly<Record<'closed' | 'open', ValueOf[]>> = { closed: [], open: [] };
/** Reads the value of one series; the same function for the same place. */
function valueAt(series: number, part: 'closed' | 'open'): ValueOf {
  const known = readers[part];
  const read: ValueOf =
    known[series] ??
    (part === 'closed'
      ? ({ isOpen, values }) => (isOpen ? null : values[series])
      : ({ isOpen, isEdge, values }) => (isOpen || isEdge ? values[series] : null));
  known[series] = read;
  return read;
}

/** Open windows are drawn apart. An area lies upon others, so that it ends with the last window that is closed. */
function placesOf({ points, openFrom }: ChartData, kind: 'line' | 'area'): readonly Place[] {
  if (openFrom === undefined) return points;
  const first = points.findIndex(({ x }) => Number(x) >= openFrom);
  if (first < 0) return points;
  const closed = points.slice(0, first);
  if (kind === 'area') return closed.length > 1 ? closed : points;
  const edge = closed.pop();
  return [...closed, ...(edge ? [{ ...edge, isEdge: true }] : []), ...points.slice(first).map((point) => ({ ...point, isOpen: true }))];
}

/** Lines, or areas, over time. */
export function LineOrArea({ data, colors, height, label, kind }: DrawingProps & { readonly kind: 'line' | 'area' }): ReactNode {
  const { series, isTime } = data;
  const points = useMemo(() => placesOf(data, kind), [data, kind]);
  const axis = axisOf({ points }, kind);
  const heights = axis.ticks.join();
  const hasOpen = points.at(-1)?.isOpen === true;
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
  // biome-ignore lint/correctness/useExhaustiveDependencies: names, hues, places and heights stand for series, colors and ticks, which are new arrays with each drawing
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
          tick={TICK}
          axisLine={AXIS_LINE}
          {...(ticks && { ticks })}
          tickLine={false}
          className="velo-chart-axis"
        />
        <YAxis
          tick={TICK}
          width={52}
          domain={axis.domain}
          ticks={axis.ticks}
          interval={0}
          tickFormatter={axis.text}
          tickLine={false}
          axisLine={false}
          className="velo-chart-axis"
        />
        {isTime ? TIME_TIP : NUMBER_TIP}
        {series.map((name, i) =>
          kind === 'line' ? (
            <Line key={name} {...shared} name={name} dataKey={valueAt(i, 'closed')} stroke={stroke(i)} />
          ) : (
            <Area
              key={name}
              {...shared}
              name={name}
              dataKey={valueAt(i, 'closed')}
              stackId="all"
              stroke={stroke(i)}
              fill={stroke(i)}
              fillOpacity={0.22}
            />
          ),
        )}
        {hasOpen &&
          series.map((name, i) => (
            <Line key={`${name} open`} {...shared} name={name} dataKey={valueAt(i, 'open')} stroke={stroke(i)} strokeDasharray="3 4" />
          ))}
      </>
    );
  }, [names, hues, places, heights, hasOpen, kind, tick, isTime, isDot]);
  const Frame = kind === 'line' ? LineChart : AreaChart;
  return (
    <ResponsiveContainer width="100%" height={height}>
      <Frame data={points as Place[]} margin={MARGIN} aria-label={label}>
        {parts}
      </Frame>
    </ResponsiveContainer>
  );
}
