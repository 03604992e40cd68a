import type { Meta, StoryObj } from '@storybook/react-vite';
import type { ChartKind } from '@velostream/core/protocol';
import { type ReactNode, useEffect, useState } from 'react';
import { expect, userEvent, waitFor, within } from 'storybook/test';
import { type LiveTrades, liveTrades } from '../live-trades.fixture.ts';
import { useQuery } from '../query/use-query.ts';
import { sampleWindows, WINDOW_COLUMNS } from '../testing/samples/sample-results.ts';
import { chartFor } from '../ui/results/chart-kinds.ts';
import { ResultsView } from '../ui/results/ResultsView.tsx';
import { Chart } from './Chart.tsx';

const ROWS = sampleWindows(40);

function Drawn({ kind, rows = ROWS }: { readonly kind: ChartKind; readonly rows?: typeof ROWS }): ReactNode {
  const chart = chartFor(kind, WINDOW_COLUMNS, undefined);
  return (
    <section className="velo-card">
      <div className="velo-card-body">{chart && <Chart chart={chart} columns={WINDOW_COLUMNS} rows={rows} label="Volume by symbol" />}</div>
    </section>
  );
}

const meta: Meta<typeof Drawn> = { title: 'Renderers/Charts', component: Drawn };
export default meta;
type Story = StoryObj<typeof Drawn>;

export const Line: Story = { args: { kind: 'line' } };
export const Area: Story = { args: { kind: 'area' } };
export const Bar: Story = { args: { kind: 'bar' } };
export const Pie: Story = { args: { kind: 'pie' } };
export const Gauge: Story = { args: { kind: 'gauge' } };
export const Stat: Story = { args: { kind: 'stat' } };
export const Heatmap: Story = { args: { kind: 'heatmap' } };
export const Scatter: Story = { args: { kind: 'scatter' } };
export const Dark: Story = { args: { kind: 'line' }, parameters: { velo: { theme: 'dark' } } };
export const TwelveSeries: Story = {
  args: {
    kind: 'line',
    rows: sampleWindows(
      30,
      Array.from({ length: 12 }, (_, i) => `SYM${i + 1}`),
    ),
  },
};
export const OnePoint: Story = { args: { kind: 'line', rows: sampleWindows(1) } };
export const Empty: Story = { args: { kind: 'line', rows: [] } };

/** A thousand rows a second out of an engine in this page. */
function Live({ rowsPerSecond }: { readonly rowsPerSecond: number }): ReactNode {
  const [trades, setTrades] = useState<LiveTrades | null>(null);
  const [kind, setKind] = useState<ChartKind>('line');
  useEffect(() => {
    const started = liveTrades('SELECT symbol, price, quantity, event_time FROM trades EMIT CHANGES;', rowsPerSecond);
    setTrades(started);
    return () => void started.stop();
  }, [rowsPerSecond]);
  const snapshot = useQuery(trades?.query, { rowsMax: 10_000 });
  return (
    <section className="velo-card">
      <div className="velo-card-body">
        <ResultsView title="Live prices" snapshot={snapshot} kind={kind} onKind={setKind} />
      </div>
    </section>
  );
}

export const LiveThousandRowsPerSecond: StoryObj = {
  render: () => <Live rowsPerSecond={1_000} />,
  play: async ({ canvasElement }) => {
    const page = within(canvasElement);
    await waitFor(() => expect(page.getByRole('figure')).toBeInTheDocument(), { timeout: 15_000 });
    await userEvent.click(page.getByRole('button', { name: 'Pause' }));
    await waitFor(() => expect(page.getByText(/[1-9][\d,]* waiting/)).toBeInTheDocument(), { timeout: 5_000 });
    await userEvent.click(page.getByRole('radio', { name: 'Table' }));
    // The table is a chunk of its own, which comes now.
    await waitFor(() => expect(page.getByRole('grid')).toBeInTheDocument(), { timeout: 15_000 });
    await userEvent.click(page.getByRole('button', { name: 'Resume' }));
    await userEvent.click(page.getByRole('button', { name: 'Stop the query' }));
    await waitFor(() => expect(page.queryByRole('button', { name: 'Pause' })).toBeNull());
  },
};
