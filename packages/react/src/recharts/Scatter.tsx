import { type ReactNode, useMemo } from 'react';
import { CartesianGrid, Scatter as Dots, ResponsiveContainer, ScatterChart, Tooltip, XAxis, YAxis } from 'recharts';
import { AXIS_LINE, GRID_STROKE, TICK, timeTick, valueTick } from './axis-text.ts';
import { ChartTip } from './ChartTip.tsx';
import type { DrawingProps } from './LineOrArea.tsx';
import { axisOf } from './value-axis.ts';

/** Dots of two numbers. */
export function Scatter({ data, colors, height, label }: DrawingProps): ReactNode {
  const { points, series, isTime } = data;
  const dots = useMemo(
    () =>
      series.map((_, i) => points.flatMap(({ x, values }) => (values[i] === null || values[i] === undefined ? [] : [{ x, y: values[i] }]))),
    [points, series],
  );
  const axis = axisOf({ points }, 'line');
  return (
    <ResponsiveContainer width="100%" height={height}>
      <ScatterChart margin={{ top: 8, right: 12, bottom: 0, left: 0 }} aria-label={label}>
        <CartesianGrid stroke={GRID_STROKE} className="velo-chart-grid" />
        <XAxis
          dataKey="x"
          type="number"
          domain={['auto', 'auto']}
          tickFormatter={isTime ? timeTick(Number(points.at(-1)?.x ?? 0) - Number(points[0]?.x ?? 0)) : valueTick}
          tick={TICK}
          axisLine={AXIS_LINE}
          tickLine={false}
          className="velo-chart-axis"
        />
        <YAxis
          dataKey="y"
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
        <Tooltip isAnimationActive={false} content={<ChartTip isTime={isTime} />} />
        {series.map((name, i) => (
          <Dots key={name} name={name} data={dots[i] ?? []} fill={colors[i] ?? 'currentcolor'} isAnimationActive={false} />
        ))}
      </ScatterChart>
    </ResponsiveContainer>
  );
}
