import type { ReactNode } from 'react';
import type { LiveQuery } from '../query/live-query.ts';
import type { ObserveOptions } from '../query/observe-query.ts';
import { useQuery } from '../query/use-query.ts';
import { QueryResults } from '../query-results/query-results.ts';
import type { ChartProps } from '../renderers/renderers.ts';
import { Chart } from './Chart.tsx';

export interface LiveChartProps extends Pick<ChartProps, 'chart' | 'label' | 'height'> {
  /** The same object between renders: made outside of the component, in an effect or a loader. */
  readonly query: LiveQuery | null | undefined;
  readonly options?: ObserveOptions | undefined;
}

/**
 * A query as a chart that follows it: waits for the first row, draws, and says what went wrong when the query failed.
 *
 * @example <LiveChart query={query} chart={{ kind: 'bar', x: 'region', y: ['revenue'] }} label="Revenue by region" />
 */
export function LiveChart({ query, options, ...chart }: LiveChartProps): ReactNode {
  const snapshot = useQuery(query, options);
  const { columns, rows, status } = snapshot;
  if (status === 'failed' || rows.length === 0) {
    return (
      <QueryResults.Root snapshot={snapshot} aria-label={chart.label} className="velo-chart">
        <QueryResults.Status />
        <QueryResults.Error />
      </QueryResults.Root>
    );
  }
  return <Chart {...chart} columns={columns} rows={rows} />;
}
