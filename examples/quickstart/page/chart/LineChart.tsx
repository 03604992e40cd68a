import { useState } from 'react';
import { amountText, compactText, numberText, timeText } from '../text.ts';
import { Legend } from './Legend.tsx';
import { type Extent, extentOf, nearest, type Point, type Series } from './series.ts';
import { numberTicks, timeTicks } from './ticks.ts';
import { useWidth } from './use-size.ts';

const HEIGHT = 264;
const MARGIN = { top: 20, right: 20, bottom: 24, left: 48 };
/** Half of what the time at the cursor takes. */
const CURSOR_TEXT_PIXELS = 64;
/** Fewer points than this are shown as dots too: a line of two points says little. */
const DOTS_MAX = 12;
const X_TICK_PIXELS = 96;

interface LineChartProps {
  readonly series: readonly Series[];
  readonly isTimeAxis: boolean;
  /** The values are counts: no digits after the point. */
  readonly isCount: boolean;
  /** Points only, no lines between them. */
  readonly isScatter?: boolean;
  readonly summary: string;
}

/** Lines, or points, over time or numbers. A pointer over it reads all lines at one place. */
export function LineChart({ series, isTimeAxis, isCount, isScatter = false, summary }: LineChartProps) {
  const [ref, width] = useWidth<HTMLDivElement>();
  const [hover, setHover] = useState<number | null>(null);
  const x = extentOf(allOf(series, 'x'));
  const y = padded(extentOf(allOf(series, 'y')));
  const inner = Math.max(0, width - MARGIN.left - MARGIN.right);
  const toX = (value: number): number => (x ? MARGIN.left + ((value - x.min) / (x.max - x.min)) * inner : 0);
  const toY = (value: number): number =>
    y ? HEIGHT - MARGIN.bottom - ((value - y.min) / (y.max - y.min)) * (HEIGHT - MARGIN.top - MARGIN.bottom) : 0;
  const readAt = hover === null || !x ? null : x.min + ((hover - MARGIN.left) / Math.max(1, inner)) * (x.max - x.min);
  const at = readAt === null ? undefined : nearestOfAll(series, readAt);
  const shown = series.map((line) => ({ ...line, point: at === undefined || !x ? line.points.at(-1) : pointAt(line.points, at, x) }));
  const hasDots = isScatter || series.every(({ points }) => points.length <= DOTS_MAX);

  return (
    <div className="chart" ref={ref}>
      <Legend items={shown.map(({ name, color, point }) => ({ name, color, value: point ? numberText(point.y, isCount) : '' }))} />
      {width > 0 && x && y && (
        <svg
          role="img"
          aria-label={summary}
          width={width}
          height={HEIGHT}
          onPointerMove={(event) => setHover(event.clientX - event.currentTarget.getBoundingClientRect().left)}
          onPointerLeave={() => setHover(null)}
        >
          <YAxis extent={y} toY={toY} width={width} />
          <XAxis extent={x} toX={toX} isTime={isTimeAxis} countMax={Math.max(2, Math.floor(inner / X_TICK_PIXELS))} />
          {at !== undefined && (
            <g className="chart-cursor">
              <line x1={toX(at)} x2={toX(at)} y1={MARGIN.top} y2={HEIGHT - MARGIN.bottom} />
              <text x={Math.min(Math.max(toX(at), CURSOR_TEXT_PIXELS), width - CURSOR_TEXT_PIXELS)} y={12} textAnchor="middle">
                {isTimeAxis ? timeText(at) : amountText(at)}
              </text>
            </g>
          )}
          {shown.map(({ name, color, points, point }) => (
            <g key={name} style={{ color }}>
              {!isScatter && <path className="chart-line" d={pathOf(points, toX, toY)} />}
              {hasDots && points.map((p, i) => <circle key={`${p.x}:${i}`} className="chart-dot" cx={toX(p.x)} cy={toY(p.y)} r={2.5} />)}
              {at !== undefined && point && <circle className="chart-dot" cx={toX(point.x)} cy={toY(point.y)} r={4} />}
            </g>
          ))}
        </svg>
      )}
    </div>
  );
}

/** A line without a point this near, as a share of the axis, has nothing to say there. */
const NEAR_SHARE = 0.02;

function pointAt(points: readonly Point[], at: number, { min, max }: Extent): Point | undefined {
  const point = nearest(points, at);
  return point && Math.abs(point.x - at) <= (max - min) * NEAR_SHARE ? point : undefined;
}

/** The place on the x axis, among those that have a point, that is nearest to the pointer. */
function nearestOfAll(series: readonly Series[], x: number): number | undefined {
  const places = series.flatMap(({ points }) => nearest(points, x)?.x ?? []);
  return places.toSorted((a, b) => Math.abs(a - x) - Math.abs(b - x))[0];
}

function* allOf(series: readonly Series[], axis: keyof Point): Generator<number> {
  for (const { points } of series) for (const point of points) yield point[axis];
}

/** Some room above and below, so that no line runs along the edge. */
function padded(extent: Extent | undefined): Extent | undefined {
  if (!extent) return undefined;
  const room = (extent.max - extent.min) * 0.06;
  // An axis that starts near zero starts at zero.
  const min = extent.min >= 0 && extent.min - room < 0 ? 0 : extent.min - room;
  return { min, max: extent.max + room };
}

const pathOf = (points: readonly Point[], toX: (v: number) => number, toY: (v: number) => number): string =>
  points.map((p, i) => `${i === 0 ? 'M' : 'L'}${toX(p.x).toFixed(1)} ${toY(p.y).toFixed(1)}`).join('');

function YAxis({ extent, toY, width }: { readonly extent: Extent; readonly toY: (v: number) => number; readonly width: number }) {
  return (
    <g className="chart-axis">
      {numberTicks(extent.min, extent.max, 5).map((value) => (
        <g key={value} transform={`translate(0 ${toY(value).toFixed(1)})`}>
          <line x1={MARGIN.left} x2={width - MARGIN.right} />
          <text x={MARGIN.left - 8} dy="0.32em" textAnchor="end">
            {compactText(Number(value.toPrecision(6)))}
          </text>
        </g>
      ))}
    </g>
  );
}

interface XAxisProps {
  readonly extent: Extent;
  readonly toX: (v: number) => number;
  readonly isTime: boolean;
  readonly countMax: number;
}

function XAxis({ extent, toX, isTime, countMax }: XAxisProps) {
  const ticks = isTime
    ? timeTicks(extent.min, extent.max, countMax)
    : numberTicks(extent.min, extent.max, countMax).map((at) => ({ at, text: compactText(Number(at.toPrecision(6))) }));
  return (
    <g className="chart-axis">
      {ticks.map(({ at, text }) => (
        <text key={at} x={toX(at)} y={HEIGHT - 6} textAnchor="middle">
          {text}
        </text>
      ))}
    </g>
  );
}
