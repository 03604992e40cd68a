import type { ReactNode } from 'react';
import { countText } from '../text/quantity-text.ts';
import { exactTime } from '../text/time-text.ts';

/** What Recharts hands to a tooltip, as far as it is read here. */
interface TipProps {
  readonly active?: boolean;
  readonly label?: number | string | undefined;
  readonly payload?: readonly {
    readonly name?: unknown;
    readonly value?: unknown;
    readonly color?: string | undefined;
    readonly payload?: { readonly isOpen?: boolean };
  }[];
  readonly isTime?: boolean;
}

/** Exact values under the pointer. */
export function ChartTip({ active, label, payload, isTime }: TipProps): ReactNode {
  if (!active || !payload || payload.length === 0) return null;
  // Where a closed window meets an open one, both lines have its value.
  const values = [...new Map(payload.map((each) => [String(each.name), each])).values()];
  return (
    <div className="velo-chart-tip">
      {label !== undefined && <p>{isTime && typeof label === 'number' ? exactTime(label) : String(label)}</p>}
      {payload.some(({ payload: point }) => point?.isOpen) && <p className="velo-muted">this window is still open</p>}
      {values.map(({ name, value, color }) => (
        <p key={String(name)}>
          <span className="velo-swatch" style={{ background: color }} />
          {String(name)}
          <strong>
            {typeof value === 'number' ? (Math.abs(value) < 1 ? String(Number(value.toPrecision(3))) : countText(value)) : String(value)}
          </strong>
        </p>
      ))}
    </div>
  );
}
