import type { QueryMetrics } from '@velostream/core/protocol';
import type { ReactNode } from 'react';
import { compactText, countText } from '../../text/quantity-text.ts';
import { exactTime } from '../../text/time-text.ts';

/** Where the rows went, as a thin bar, and how far event time has come. */
export function Timeline({ metrics }: { readonly metrics: QueryMetrics }): ReactNode {
  const { rowsIn, rowsOut, rowsFiltered, rowsLate, watermark } = metrics;
  const parts = [
    { name: 'filtered', count: rowsFiltered },
    { name: 'late', count: rowsLate },
    { name: 'kept', count: Math.max(0, rowsIn - rowsFiltered - rowsLate) },
  ];
  const text = `${countText(rowsIn)} read, ${countText(rowsFiltered)} filtered, ${countText(rowsLate)} late, ${countText(rowsOut)} out`;
  return (
    <div className="velo-timeline">
      <div className="velo-timeline-bar" role="img" aria-label={text} title={text}>
        {parts.map(({ name, count }) => (
          <span key={name} data-part={name} style={{ flexGrow: count }} />
        ))}
      </div>
      <span className="velo-number">{`${compactText(rowsIn)} in → ${compactText(rowsOut)} out`}</span>
      {watermark !== null && Number.isFinite(watermark) && (
        <span className="velo-number" title="All events up to here have been seen">{`watermark ${exactTime(watermark)}`}</span>
      )}
    </div>
  );
}
