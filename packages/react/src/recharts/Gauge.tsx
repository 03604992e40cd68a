import type { ReactNode } from 'react';
import { PolarAngleAxis, RadialBar, RadialBarChart, ResponsiveContainer } from 'recharts';
import { compactText, countText } from '../text/quantity-text.ts';
import type { SingleValueProps } from './Stat.tsx';

/** A round number above all values, so that the scale stays while values move: 1, 2 or 5 times a power of ten. */
export function scaleEnd(values: readonly number[]): number {
  const highest = values.reduce((a, b) => Math.max(a, b), 0);
  if (highest <= 0) return 1;
  const power = 10 ** Math.floor(Math.log10(highest));
  return ([1, 2, 5, 10].find((step) => step * power >= highest) ?? 10) * power;
}

/** One number on a half circle. */
export function Gauge({ name, values, height }: SingleValueProps): ReactNode {
  const last = values.at(-1) ?? 0;
  const end = scaleEnd(values);
  const size = Math.min(height, 220);
  return (
    <div className="velo-gauge">
      <ResponsiveContainer width="100%" height={size}>
        <RadialBarChart
          data={[{ value: Math.max(0, last) }]}
          startAngle={180}
          endAngle={0}
          cy="80%"
          innerRadius="110%"
          outerRadius="140%"
          accessibilityLayer={false}
        >
          <PolarAngleAxis type="number" domain={[0, end]} tick={false} />
          <RadialBar dataKey="value" fill="var(--_series-1)" background={{ className: 'velo-gauge-track' }} isAnimationActive={false} />
        </RadialBarChart>
      </ResponsiveContainer>
      <p className="velo-stat-value">{values.length === 0 ? '–' : countText(last)}</p>
      <p className="velo-muted">{`${name}, of ${compactText(end)}`}</p>
    </div>
  );
}
