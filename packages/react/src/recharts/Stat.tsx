import { type ReactNode, useMemo } from 'react';
import { Line, LineChart, ResponsiveContainer, YAxis } from 'recharts';
import { countText } from '../text/quantity-text.ts';

export interface SingleValueProps {
  readonly name: string;
  /** Values as they came; the last one is shown. */
  readonly values: readonly number[];
  readonly height: number;
}

const SPARK_POINTS = 60;

/** One number, how it changed, and the way it took. */
export function Stat({ name, values, height }: SingleValueProps): ReactNode {
  const last = values.at(-1);
  const before = values.at(-2);
  const spark = useMemo(() => values.slice(-SPARK_POINTS).map((value, at) => ({ at, value })), [values]);
  const change = last !== undefined && before !== undefined && before !== 0 ? (last - before) / Math.abs(before) : null;
  return (
    <div className="velo-stat" style={{ minBlockSize: Math.min(height, 160) }}>
      <p className="velo-muted">{name}</p>
      <p className="velo-stat-value">{last === undefined ? '–' : countText(last)}</p>
      {change !== null && (
        <p className="velo-muted">{`${change >= 0 ? '▲' : '▼'} ${Math.abs(change * 100).toFixed(1)}\u202f% since the value before`}</p>
      )}
      {spark.length > 2 && (
        <ResponsiveContainer width="100%" height={48}>
          <LineChart data={spark} margin={{ top: 4, right: 0, bottom: 4, left: 0 }} accessibilityLayer={false}>
            <YAxis hide domain={['dataMin', 'dataMax']} />
            <Line dataKey="value" stroke="var(--_series-1)" strokeWidth={1.5} dot={false} isAnimationActive={false} />
          </LineChart>
        </ResponsiveContainer>
      )}
    </div>
  );
}
