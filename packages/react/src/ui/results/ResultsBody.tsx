import type { ChartRecommendation, Silence } from '@velostream/core/protocol';
import { type ReactNode, Suspense, startTransition, useRef, useState } from 'react';
import { usePageLayoutEffect } from '../../parts/use-page-layout-effect.ts';
import type { QuerySnapshot } from '../../query/query-snapshot.ts';
import { QueryResults } from '../../query-results/query-results.ts';
import { useRenderers } from '../../renderers/renderers.ts';
import { Icon } from '../controls/Icon.tsx';
import { ScrollRegion } from '../controls/ScrollRegion.tsx';
import { Skeleton } from '../controls/Skeleton.tsx';

export interface ResultsBodyProps {
  readonly title: string;
  readonly snapshot: QuerySnapshot;
  readonly chart: ChartRecommendation | null;
  readonly silence: Silence | null;
}

const PLAIN_ROWS_MAX = 200;

/** The chart or the table; while there are no rows, why. */
export function ResultsBody({ title, snapshot, chart, silence }: ResultsBodyProps): ReactNode {
  const { chart: Chart, table: Table } = useRenderers();
  if (snapshot.rows.length === 0) return snapshot.status === 'failed' ? null : <NoRows snapshot={snapshot} silence={silence} />;
  if (chart && Chart)
    return (
      <Plot spare=".velo-legend">
        {(height) => <Chart chart={chart} columns={snapshot.columns} rows={snapshot.rows} label={title} height={height} />}
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

const HEIGHT_MIN = 240;
const GAP = 8;

/** As high as its place allows; what stands above the drawing itself, `spare`, is taken off. */
function Plot({ spare, children }: { readonly spare: string; readonly children: (height: number) => ReactNode }): ReactNode {
  const place = useRef<HTMLDivElement>(null);
  const content = useRef<HTMLDivElement>(null);
  const [height, setHeight] = useState(HEIGHT_MIN);
  const fit = (): void => {
    const taken = place.current?.querySelector<HTMLElement>(spare)?.offsetHeight ?? 0;
    if (place.current) setHeight(Math.max(HEIGHT_MIN, place.current.clientHeight - taken - (taken > 0 ? GAP : 0)));
  };
  // Legends and toolbars come later than the place itself, with the first rows: the content is watched as well.
  // biome-ignore lint/correctness/useExhaustiveDependencies: it reads refs alone
  usePageLayoutEffect(() => {
    if (!place.current || !content.current || typeof ResizeObserver === 'undefined') return;
    const observer = new ResizeObserver(fit);
    observer.observe(place.current);
    observer.observe(content.current);
    return () => observer.disconnect();
  }, []);
  return (
    <div className="velo-plot" ref={place}>
      <div ref={content}>
        <Suspense fallback={<Skeleton lines={8} />}>{children(height)}</Suspense>
      </div>
    </div>
  );
}

function NoRows({ snapshot, silence }: { readonly snapshot: QuerySnapshot; readonly silence: Silence | null }): ReactNode {
  const reasons = silence?.silent ? silence.reasons : [];
  if (reasons.length === 0 && snapshot.status === 'waiting')
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
