import { type ReactNode, useMemo } from 'react';
import { Bar, BarChart, CartesianGrid, Cell, ResponsiveContainer, Tooltip, XAxis, YAxis } from 'recharts';
import type { ChartData } from '../chart/chart-data.ts';
import { colorsFor } from '../chart/series-colors.ts';
import { AXIS_LINE, GRID_STROKE, TICK, timeTick } from './axis-text.ts';
import { ChartTip } from './ChartTip.tsx';
import type { DrawingProps } from './LineOrArea.tsx';
import { axisOf } from './value-axis.ts';

const CATEGORIES_MAX = 8;
/** Whether each bar has the hue of its category, not of its series. */
export const isByCategory = ({ points, series, isTime }: ChartData): boolean =>
  series.length === 1 && !isTime && points.length <= CATEGORIES_MAX;

/** Bars by category: one hue per category where a single value is shown, one per value otherwise. */
export function Bars({ data, colors, height, label }: DrawingProps): ReactNode {
  const { points, series, isTime } = data;
  const drawn = useMemo(() => points.map(({ x, values }) => ({ x, values })), [points]);
  const axis = axisOf({ points }, 'bar');
  const byCategory = isByCategory(data);
  const names = useMemo(() => points.map(({ x }) => String(x)), [points]);
  const fills = byCategory ? colorsFor(names) : null;
  return (
    <ResponsiveContainer width="100%" height={height}>
      <BarChart data={drawn} margin={{ top: 8, right: 12, bottom: 0, left: 0 }} barCategoryGap="24%" aria-label={label}>
        <CartesianGrid vertical={false} stroke={GRID_STROKE} className="velo-chart-grid" />
        <XAxis
          dataKey="x"
          tick={TICK}
          axisLine={AXIS_LINE}
          tickLine={false}
          interval="preserveStartEnd"
          minTickGap={8}
          className="velo-chart-axis"
          {...(isTime && { tickFormatter: timeTick(0) })}
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
        <Tooltip isAnimationActive={false} cursor={{ className: 'velo-chart-cursor' }} content={<ChartTip isTime={isTime} />} />
        {series.map((name, i) => (
          <Bar
            key={name}
            name={name}
            dataKey={(point) => point.values[i]}
            fill={colors[i] ?? 'currentcolor'}
            isAnimationActive={false}
            maxBarSize={48}
            radius={2}
          >
            {fills?.map((fill, at) => (
              <Cell key={names[at]} fill={fill} />
            ))}
          </Bar>
        ))}
      </BarChart>
    </ResponsiveContainer>
  );
}
