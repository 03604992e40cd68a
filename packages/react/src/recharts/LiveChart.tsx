import type { ReactNode } from 'react';
import { reachedWatermark } from '../chart/reached-watermark.ts';
import type { LiveQuery } from '../query/live-query.ts';
import type { ObserveOptions } from '../query/observe-query.ts';
import { useQuery } from '../query/use-query.ts';
import { useQueryMetrics } from '../query/use-query-metrics.ts';
import { QueryResults } from '../query-results/query-results.ts';
import type { ChartProps } from '../renderers/renderers.ts';
import { Chart } from './Chart.tsx';

export interface LiveChartProps extends Pick<ChartProps, 'chart' | 'label' | 'height'> {
  /** The same object between renders: made outside of the component, in an effect or a loader. */
  readonly query: LiveQuery | null | undefined;
  readonly options?: ObserveOptions | undefined;
}

type Measured = NonNullable<Parameters<typeof useQueryMetrics>[0]>;
/** Queries of the engine and of a studio tell how far they have read; other iterables need not. */
const isMeasured = (query: object | null | undefined): query is LiveQuery & Measured =>
  query != null && 'metrics' in query && 'explainSilence' in query;

/**
 * A query as a chart that follows it: waits for the first row, draws, and says what went wrong when the query failed.
 *
 * @example <LiveChart query={query} chart={{ kind: 'bar', x: 'region', y: ['revenue'] }} label="Revenue by region" />
 */
export function LiveChart({ query, options, ...chart }: LiveChartProps): ReactNode {
  const snapshot = useQuery(query, options);
  const { columns, rows, status } = snapshot;
  const { metrics } = useQueryMetrics(isMeasured(query) ? query : null, status === 'live');
  if (status === 'failed' || rows.length === 0) {
    return (
      <QueryResults.Root snapshot={snapshot} aria-label={chart.label} className="velo-chart">
        <QueryResults.Status />
        <QueryResults.Error />
      </QueryResults.Root>
    );
  }
  return <Chart {...chart} columns={columns} rows={rows} watermark={reachedWatermark(status, metrics?.watermark)} />;
}
