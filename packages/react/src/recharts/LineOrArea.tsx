import { type ReactNode, useMemo } from 'react';
import { Area, AreaChart, CartesianGrid, Line, LineChart, ResponsiveContainer, Tooltip, XAxis, YAxis } from 'recharts';
import type { ChartData } from '../chart/chart-data.ts';
import { timeTick, valueTick } from './axis-text.ts';
import { ChartTip } from './ChartTip.tsx';

export interface DrawingProps {
  readonly data: ChartData;
  readonly colors: readonly string[];
  readonly height: number;
}

const MARGIN = { top: 8, right: 12, bottom: 0, left: 0 };

/** Lines, or areas, over time. */
export function LineOrArea({ data, colors, height, kind }: DrawingProps & { readonly kind: 'line' | 'area' }): ReactNode {
  const { points, series, isTime } = data;
  const drawn = useMemo(() => points.map(({ x, values }) => ({ x, values })), [points]);
  const span = Number(points.at(-1)?.x ?? 0) - Number(points[0]?.x ?? 0);
  const shared = {
    type: 'linear',
    isAnimationActive: false,
    connectNulls: true,
    strokeWidth: 1.75,
    dot: points.length === 1,
    activeDot: { r: 3 },
  } as const;
  const frame = (
    <>
      <CartesianGrid vertical={false} className="velo-chart-grid" />
      <XAxis
        dataKey="x"
        type="number"
        domain={['dataMin', 'dataMax']}
        tickFormatter={isTime ? timeTick(span) : valueTick}
        minTickGap={32}
        tickLine={false}
        className="velo-chart-axis"
      />
      <YAxis width={52} tickFormatter={valueTick} tickLine={false} axisLine={false} className="velo-chart-axis" domain={['auto', 'auto']} />
      <Tooltip isAnimationActive={false} content={<ChartTip isTime={isTime} />} />
    </>
  );
  return (
    <ResponsiveContainer width="100%" height={height}>
      {kind === 'line' ? (
        <LineChart data={drawn} margin={MARGIN}>
          {frame}
          {series.map((name, i) => (
            <Line key={name} {...shared} name={name} dataKey={(point) => point.values[i]} stroke={colors[i] ?? 'currentcolor'} />
          ))}
        </LineChart>
      ) : (
        <AreaChart data={drawn} margin={MARGIN}>
          {frame}
          {series.map((name, i) => (
            <Area
              key={name}
              {...shared}
              name={name}
              dataKey={(point) => point.values[i]}
              stackId="all"
              stroke={colors[i] ?? 'currentcolor'}
              fill={colors[i] ?? 'currentcolor'}
              fillOpacity={0.22}
            />
          ))}
        </AreaChart>
      )}
    </ResponsiveContainer>
  );
}
