import type { ChartRecommendation, Silence } from '@velostream/core/protocol';
import type { ReactNode } from 'react';
import { reachedWatermark } from '../../chart/reached-watermark.ts';
import type { QuerySnapshot } from '../../query/query-snapshot.ts';
import { QueryResults } from '../../query-results/query-results.ts';
import { useRenderers } from '../../renderers/renderers.ts';
import { Icon } from '../controls/Icon.tsx';
import { ScrollRegion } from '../controls/ScrollRegion.tsx';
import { Skeleton } from '../controls/Skeleton.tsx';
import { Plot } from './Plot.tsx';

export interface ResultsBodyProps {
  readonly title: string;
  readonly snapshot: QuerySnapshot;
  readonly chart: ChartRecommendation | null;
  readonly silence: Silence | null;
  readonly watermark?: number | null | undefined;
}

const PLAIN_ROWS_MAX = 200;

/** The chart or the table; while there are no rows, why. */
export function ResultsBody({ title, snapshot, chart, silence, watermark }: ResultsBodyProps): ReactNode {
  const { chart: Chart, table: Table } = useRenderers();
  if (snapshot.rows.length === 0) return snapshot.status === 'failed' ? null : <NoRows snapshot={snapshot} silence={silence} />;
  if (chart && Chart)
    return (
      <Plot spare=".velo-legend">
        {(height) => (
          <Chart
            chart={chart}
            columns={snapshot.columns}
            rows={snapshot.rows}
            label={title}
            height={height}
            watermark={reachedWatermark(snapshot.status, watermark)}
          />
        )}
      </Plot>
    );
  if (Table)
    return (
      <Plot spare=".velo-grid > .velo-toolbar">
        {(height) => (
          <Table columns={snapshot.columns} rows={snapshot.rows} rowsDropped={snapshot.rowsDropped} label={title} height={height} />
        )}
      </Plot>
    );
  const newest = { ...snapshot, rows: snapshot.rows.slice(-PLAIN_ROWS_MAX) };
  return (
    <ScrollRegion label={`Rows of ${title}`}>
      <QueryResults.Root snapshot={newest} render={({ children }) => <>{children}</>}>
        <QueryResults.Table className="velo-table" aria-label={title} />
      </QueryResults.Root>
    </ScrollRegion>
  );
}

function NoRows({ snapshot, silence }: { readonly snapshot: QuerySnapshot; readonly silence: Silence | null }): ReactNode {
  const reasons = silence?.silent ? silence.reasons : [];
  // Nothing was read yet: that is no answer so far, it is waiting.
  const isBefore = reasons.every(({ reason }) => reason === 'no-input' || reason === 'not-started');
  if (isBefore && snapshot.status === 'waiting')
    return (
      <div className="velo-stack">
        <Skeleton lines={6} label="Waiting for the first row" />
        <p className="velo-muted" aria-hidden="true">
          Waiting for the first row…
        </p>
      </div>
    );
  return (
    <div className="velo-empty">
      <Icon name={snapshot.status === 'done' ? 'info' : 'clock'} size={20} />
      <QueryResults.Empty />
      {reasons.length > 0 && (
        <ul>
          {reasons.map(({ reason, text }) => (
            <li key={`${reason}:${text}`}>{text}</li>
          ))}
        </ul>
      )}
    </div>
  );
}
