import { type ReactNode, useMemo } from 'react';
import { Cell, Pie, PieChart, ResponsiveContainer, Tooltip } from 'recharts';
import { colorsFor } from '../chart/series-colors.ts';
import { countText, percentText } from '../text/quantity-text.ts';
import { ChartTip } from './ChartTip.tsx';
import type { DrawingProps } from './LineOrArea.tsx';

/** Shares of a whole, with the numbers beside them. */
export function Slices({ data, height, label }: Omit<DrawingProps, 'colors'>): ReactNode {
  const { points } = data;
  const slices = useMemo(() => points.map(({ x, values }) => ({ name: String(x), value: Math.max(0, values[0] ?? 0) })), [points]);
  const fills = colorsFor(slices.map(({ name }) => name));
  const total = slices.reduce((sum, { value }) => sum + value, 0);
  return (
    <div className="velo-pie">
      <ResponsiveContainer width="100%" height={height}>
        <PieChart aria-label={label}>
          <Pie
            data={slices}
            dataKey="value"
            nameKey="name"
            innerRadius="58%"
            outerRadius="92%"
            startAngle={90}
            endAngle={-270}
            isAnimationActive={false}
            stroke="none"
          >
            {slices.map(({ name }, i) => (
              <Cell key={name} fill={fills[i] ?? 'currentcolor'} />
            ))}
          </Pie>
          <Tooltip isAnimationActive={false} content={<ChartTip />} />
        </PieChart>
      </ResponsiveContainer>
      <ul className="velo-legend" data-values="">
        {slices.map(({ name, value }, i) => (
          <li key={name}>
            <span className="velo-swatch" style={{ background: fills[i] }} />
            <span>{name}</span>
            <strong>{countText(value)}</strong>
            <span className="velo-muted">{total > 0 ? percentText(value / total) : '–'}</span>
          </li>
        ))}
      </ul>
    </div>
  );
}
