import type { Meta, StoryObj } from '@storybook/react-vite';
import { sampleDashboard } from '../../testing/samples/sample-apps.ts';
import { sampleWindows, WINDOW_COLUMNS } from '../../testing/samples/sample-results.ts';
import { DashboardPreview } from './DashboardPreview.tsx';
import { panelData } from './panel-data.ts';

const meta: Meta<typeof DashboardPreview> = { title: 'Parts/Dashboard preview', component: DashboardPreview };
export default meta;
type Story = StoryObj<typeof DashboardPreview>;

const ROWS = { columns: WINDOW_COLUMNS, rows: sampleWindows(40) };
const FIELDS: Readonly<Record<string, string>> = { volume_spike_count: 'volume', avg_price: 'avg_price', vwap_per_symbol: 'avg_price' };
const data = Object.fromEntries(
  sampleDashboard.panels.map((panel) => {
    const name = panel.metric ?? panel.title;
    // A number without labels stands alone; the others are told apart by symbol.
    const labels = panel.type === 'stat' ? [] : ['symbol'];
    return [panel.id, panelData(panel, { name, field: FIELDS[name] ?? 'volume', labels }, ROWS)];
  }),
);

export const Typical: Story = { args: { dashboard: sampleDashboard, data } };
export const Waiting: Story = { args: { dashboard: sampleDashboard } };
export const Empty: Story = { args: { dashboard: { ...sampleDashboard, panels: [] } } };
export const Dark: Story = { ...Typical, parameters: { velo: { theme: 'dark' } } };
export const RightToLeft: Story = { ...Typical, parameters: { velo: { dir: 'rtl' } } };
