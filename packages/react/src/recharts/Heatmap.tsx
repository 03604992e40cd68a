import { type ReactNode, useMemo } from 'react';
import type { ChartData } from '../chart/chart-data.ts';
import { countText } from '../text/quantity-text.ts';
import { exactTime } from '../text/time-text.ts';
import { timeTick } from './axis-text.ts';

const COLUMNS_MAX = 48;

/** A grid of shades: one row per series, one column per stretch of time. */
export function Heatmap({ data, height }: { readonly data: ChartData; readonly height: number }): ReactNode {
  const { points, series, isTime } = data;
  const shown = useMemo(() => points.slice(-COLUMNS_MAX), [points]);
  const [low, high] = useMemo(() => {
    const values = shown.flatMap((point) => point.values.filter((value) => value !== null));
    return [values.reduce((a, b) => Math.min(a, b), Infinity), values.reduce((a, b) => Math.max(a, b), -Infinity)];
  }, [shown]);
  const tick = timeTick(Number(shown.at(-1)?.x ?? 0) - Number(shown[0]?.x ?? 0));
  const placeText = (x: number | string): string => (isTime && typeof x === 'number' ? exactTime(x) : String(x));
  const edge = (x: number | string | undefined): string => (x === undefined ? '' : isTime && typeof x === 'number' ? tick(x) : String(x));
  return (
    <div className="velo-heatmap" style={{ minBlockSize: height }}>
      {series.map((name, row) => (
        <div key={name} className="velo-heatmap-row">
          <span className="velo-heatmap-name">{name}</span>
          {shown.map(({ x, values }) => {
            const value = values[row] ?? null;
            const share = value === null ? 0 : high > low ? (value - low) / (high - low) : 1;
            return (
              <span
                key={String(x)}
                className="velo-heatmap-cell"
                title={`${name}, ${placeText(x)}: ${value === null ? 'no value' : countText(value)}`}
                style={value === null ? undefined : { opacity: 0.12 + 0.88 * share }}
                data-empty={value === null ? '' : undefined}
              />
            );
          })}
        </div>
      ))}
      <div className="velo-heatmap-scale velo-muted">
        <span>{edge(shown[0]?.x)}</span>
        <span>{Number.isFinite(low) ? `${countText(low)} to ${countText(high)}` : ''}</span>
        <span>{edge(shown.at(-1)?.x)}</span>
      </div>
    </div>
  );
}
