import type { DashboardPanel, DashboardPlan } from '@velostream/core/protocol/deploy';
import type { ReactNode } from 'react';
import { decimalsOf, shownText } from '../../query-results/cell-text.ts';
import { useRenderers } from '../../renderers/renderers.ts';
import { Icon } from '../controls/Icon.tsx';
import { ScrollRegion } from '../controls/ScrollRegion.tsx';
import { Plot } from '../results/Plot.tsx';
import type { PanelData } from './panel-data.ts';

export interface DashboardPreviewProps {
  readonly dashboard: DashboardPlan;
  /** Rows by panel id; a panel without any says so. */
  readonly data?: Readonly<Record<number, PanelData>> | undefined;
}

/** Units as Grafana names them, for people. */
const UNIT_WORDS: Readonly<Record<string, string>> = {
  percentunit: '%',
  percent: '%',
  short: '',
  none: '',
  ms: 'ms',
  s: 's',
  bytes: 'bytes',
  currencyUSD: 'USD',
  currencyEUR: 'EUR',
  reqps: 'per second',
  ops: 'per second',
};

const COLUMNS = 24;

/** The panels where they will stand, drawn from real rows. */
export function DashboardPreview({ dashboard, data = {} }: DashboardPreviewProps): ReactNode {
  if (dashboard.panels.length === 0) return <p className="velo-empty">No panel stands on it yet</p>;
  return (
    <section className="velo-dashboard" aria-label={dashboard.title}>
      {dashboard.panels.map((panel) => (
        <Panel key={panel.id} panel={panel} data={data[panel.id]} />
      ))}
    </section>
  );
}

function Panel({ panel, data }: { readonly panel: DashboardPanel; readonly data: PanelData | undefined }): ReactNode {
  const { x, y, w, h } = panel.position;
  const place = {
    gridColumn: `${Math.min(x, COLUMNS - 1) + 1} / span ${Math.min(w, COLUMNS - Math.min(x, COLUMNS - 1))}`,
    gridRow: `${y + 1} / span ${h}`,
  };
  return (
    <article className="velo-panel" style={place} data-type={panel.type}>
      <h4>
        {titleOf(panel)}
        {panel.unit !== undefined && <span className="velo-muted">{` ${UNIT_WORDS[panel.unit] ?? panel.unit}`}</span>}
      </h4>
      {data && data.rows.length > 0 ? <PanelBody panel={panel} data={data} /> : <Waiting panel={panel} />}
    </article>
  );
}

/** A panel without a title of its own bears the name of its metric, in words. */
function titleOf({ title, metric }: DashboardPanel): string {
  if (title !== metric) return title;
  const words = title.replaceAll('_', ' ').replace(/\bavg\b/g, 'average');
  return words.charAt(0).toUpperCase() + words.slice(1);
}

function Waiting({ panel }: { readonly panel: DashboardPanel }): ReactNode {
  return (
    <p className="velo-panel-waiting" title={panel.metric ?? panel.source}>
      <Icon name={panel.type === 'alertlist' ? 'check' : panel.type === 'table' ? 'rows' : 'chart'} size={20} />
      {panel.type === 'alertlist'
        ? 'No alert fires'
        : panel.type === 'heatmap'
          ? 'Measured once it is deployed'
          : 'Waiting for the first rows'}
    </p>
  );
}

const TABLE_ROWS = 20;

function PanelBody({ panel, data }: { readonly panel: DashboardPanel; readonly data: PanelData }): ReactNode {
  const { chart: Chart } = useRenderers();
  const { columns, rows, chart } = data;
  if (chart.kind !== 'table' && Chart)
    return (
      <Plot spare=".velo-legend" heightMin={80} lines={3}>
        {(height) => <Chart chart={chart} columns={columns} rows={rows} label={panel.title} height={height} />}
      </Plot>
    );
  const decimals = columns.map((column) => decimalsOf(rows, column));
  return (
    <ScrollRegion label={panel.title}>
      <table className="velo-table">
        <thead>
          <tr>
            {columns.map(({ name, type }) => (
              <th key={name} scope="col" data-type={type}>
                {name}
              </th>
            ))}
          </tr>
        </thead>
        <tbody>
          {rows.slice(-TABLE_ROWS).map((row, i) => (
            // biome-ignore lint/suspicious/noArrayIndexKey: rows have no key of their own, and the last ones are drawn anew
            <tr key={i}>
              {columns.map((column, at) => (
                <td key={column.name} data-type={column.type}>
                  {shownText(row[column.name], column, decimals[at])}
                </td>
              ))}
            </tr>
          ))}
        </tbody>
      </table>
    </ScrollRegion>
  );
}
