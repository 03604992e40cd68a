import type { ChartKind, ChartRecommendation, QueryMetrics, Silence } from '@velostream/core/protocol';
import { type ReactNode, useMemo } from 'react';
import type { QuerySnapshot } from '../../query/query-snapshot.ts';
import { QueryResults } from '../../query-results/query-results.ts';
import { csvText } from '../../text/csv-text.ts';
import { countText, rateText } from '../../text/quantity-text.ts';
import { fileNameOf, saveText } from '../../text/save-text.ts';
import { Button } from '../controls/Button.tsx';
import { Icon } from '../controls/Icon.tsx';
import { Segments } from '../controls/Segments.tsx';
import { chartFor, kindsFor } from './chart-kinds.ts';
import { ResultsBody } from './ResultsBody.tsx';
import { Timeline } from './Timeline.tsx';

export interface ResultsViewProps {
  readonly title: string;
  readonly snapshot: QuerySnapshot;
  readonly chart?: ChartRecommendation | undefined;
  readonly kind: ChartKind;
  readonly onKind: (kind: ChartKind) => void;
  readonly metrics?: QueryMetrics | null | undefined;
  readonly silence?: Silence | null | undefined;
  readonly elapsedMs?: number | undefined;
  /** Hears what is exported; `true` takes it over, otherwise the browser saves it as CSV. */
  readonly onExport?: ((shown: Pick<QuerySnapshot, 'columns' | 'rows'>) => boolean) | undefined;
}

const SHAPES = [
  { value: 'chart', label: 'Chart', icon: 'chart' },
  { value: 'table', label: 'Table', icon: 'rows' },
] as const;

const KIND_LABELS: Readonly<Record<ChartKind, string>> = {
  line: 'Lines',
  area: 'Areas',
  bar: 'Bars',
  pie: 'Pie',
  heatmap: 'Heatmap',
  scatter: 'Scatter',
  stat: 'Number',
  gauge: 'Gauge',
  table: 'Table',
};

/** Rows as a chart or a table, one key apart, with the controls of a running query. */
export function ResultsView(props: ResultsViewProps): ReactNode {
  const { title, snapshot, chart, kind, onKind, metrics, silence, onExport } = props;
  const kinds = useMemo(() => kindsFor(snapshot.columns), [snapshot.columns]);
  const shown = kind === 'table' ? null : chartFor(kind, snapshot.columns, chart);
  const canChart = kinds.length > 0;
  const first = chart && chart.kind !== 'table' ? chart.kind : kinds[0];
  return (
    <QueryResults.Root snapshot={snapshot} className="velo-results">
      <div className="velo-toolbar">
        {canChart && first && (
          <Segments
            label="Shown as"
            value={shown ? 'chart' : 'table'}
            options={SHAPES}
            onChange={(shape) => onKind(shape === 'table' ? 'table' : first)}
          />
        )}
        {shown && (
          <select
            className="velo-select"
            aria-label="Kind of chart"
            value={kind}
            onChange={(event) => {
              const next = kinds.find((other) => other === event.currentTarget.value);
              if (next) onKind(next);
            }}
          >
            {kinds.map((other) => (
              <option key={other} value={other}>
                {KIND_LABELS[other]}
              </option>
            ))}
          </select>
        )}
        <span className="velo-spacer" />
        <QueryResults.Count className="velo-muted velo-number" />
        {metrics && metrics.rowsPerSecond > 0 && snapshot.status === 'live' && (
          <span className="velo-muted velo-number">{rateText(metrics.rowsPerSecond)}</span>
        )}
        <QueryResults.Thaw
          className="velo-button"
          data-look="primary"
          render={({ children, ...button }) => (
            <button {...button}>
              <Icon name="play" />
              Resume
            </button>
          )}
        />
        <QueryResults.Freeze
          className="velo-button"
          render={({ children, ...button }) => (
            <button {...button}>
              <Icon name="pause" />
              Pause
            </button>
          )}
        />
        <QueryResults.Cancel
          className="velo-button"
          data-look="quiet"
          render={({ children, ...button }) => (
            <button {...button} aria-label="Stop the query">
              <Icon name="stop" />
            </button>
          )}
        />
        <Button
          look="quiet"
          icon="download"
          aria-label="Export as CSV"
          disabled={snapshot.rows.length === 0}
          onClick={() => {
            if (onExport?.(snapshot) !== true) saveText(csvText(snapshot.columns, snapshot.rows), fileNameOf(title, 'csv'), 'text/csv');
          }}
        />
      </div>
      <QueryResults.Error className="velo-note" data-tone="negative" />
      <ResultsBody title={title} snapshot={snapshot} chart={shown} silence={silence ?? null} watermark={metrics?.watermark} />
      <DroppedNote snapshot={snapshot} metrics={metrics ?? null} />
      {metrics && metrics.rowsIn > 0 && <Timeline metrics={metrics} />}
    </QueryResults.Root>
  );
}

/** Losses are said the moment they are not zero. */
function DroppedNote({ snapshot, metrics }: { readonly snapshot: QuerySnapshot; readonly metrics: QueryMetrics | null }): ReactNode {
  const notes = [
    metrics && metrics.rowsLate > 0 && `${countText(metrics.rowsLate)} rows came too late`,
    metrics && metrics.rowErrors > 0 && `${countText(metrics.rowErrors)} rows could not be computed`,
    snapshot.rowsDropped > 0 && `showing the newest ${countText(snapshot.rows.length)} rows`,
  ].filter((note) => typeof note === 'string');
  return notes.length === 0 ? null : <p className="velo-footnote">{notes.join(' · ')}</p>;
}
