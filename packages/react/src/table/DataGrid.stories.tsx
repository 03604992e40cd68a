import type { Meta, StoryObj } from '@storybook/react-vite';
import { expect, userEvent, waitFor, within } from 'storybook/test';
import { sampleWindows, WINDOW_COLUMNS } from '../testing/samples/sample-results.ts';
import { DataGrid } from './DataGrid.tsx';

const meta: Meta<typeof DataGrid> = { title: 'Renderers/Table', component: DataGrid };
export default meta;
type Story = StoryObj<typeof DataGrid>;

const args = { columns: WINDOW_COLUMNS, rows: sampleWindows(60), label: 'Volume by symbol' };

export const Typical: Story = { args };
export const Dark: Story = { args, parameters: { velo: { theme: 'dark' } } };
export const Compact: Story = { args, parameters: { velo: { density: 'compact' } } };
export const Empty: Story = { args: { ...args, rows: [] } };
export const Masked: Story = { args: { ...args, masked: ['symbol'], rows: args.rows.map((row) => ({ ...row, symbol: '••••' })) } };
export const NestedAndMissing: Story = {
  args: {
    label: 'Orders',
    columns: [
      { name: 'id', type: 'INTEGER' },
      { name: 'lines', type: 'ARRAY<STRUCT<sku STRING, count INTEGER>>' },
      { name: 'note', type: 'STRING' },
    ],
    rows: Array.from({ length: 20 }, (_, i) => ({ id: i, lines: [{ sku: `A-${i}`, count: i }], note: i % 3 === 0 ? null : 'rush' })),
  },
};

/** A hundred thousand rows: only what is seen is in the page. */
export const HundredThousandRows: Story = {
  args: { ...args, rows: sampleWindows(25_000) },
  play: async ({ canvasElement }) => {
    const page = within(canvasElement);
    const grid = page.getByRole('grid');
    await expect(grid).toHaveAttribute('aria-rowcount', '100001');
    await expect(page.getAllByRole('row').length).toBeLessThan(60);
  },
};

export const SortsAndFilters: Story = {
  args,
  play: async ({ canvasElement }) => {
    const page = within(canvasElement);
    await userEvent.click(page.getByRole('button', { name: /volume/ }));
    await waitFor(() => expect(page.getByRole('columnheader', { name: /volume/ })).not.toHaveAttribute('aria-sort', 'none'));
    await userEvent.type(page.getByRole('searchbox'), 'nvda');
    await waitFor(() => expect(page.getByText('60 of 240 rows')).toBeInTheDocument());
  },
};

export const KeyboardGoesThroughTheGrid: Story = {
  args,
  play: async ({ canvasElement }) => {
    const page = within(canvasElement);
    const first = page.getAllByRole('gridcell')[0] as HTMLElement;
    first.focus();
    await userEvent.keyboard('{ArrowDown}{ArrowRight}');
    await waitFor(() => expect(document.activeElement).toHaveAttribute('data-place', '1:1'));
    await userEvent.keyboard('{Control>}{End}{/Control}');
    await waitFor(() => expect(document.activeElement).toHaveAttribute('data-place', '239:3'));
    await userEvent.keyboard('{Enter}');
    const detail = await page.findByRole('complementary', { name: 'Row in full' });
    await userEvent.keyboard('{Escape}');
    await waitFor(() => expect(detail).not.toBeInTheDocument());
    await waitFor(() => expect(document.activeElement).toHaveAttribute('data-place', '239:3'));
  },
};
