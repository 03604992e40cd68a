import type { Meta, StoryObj } from '@storybook/react-vite';
import type { Cell, ThreadContext } from '@velostream/core/protocol/studio';
import { fn } from 'storybook/test';
import { SAMPLE_TIME } from '../../testing/samples/envelope.ts';
import { sampleApp } from '../../testing/samples/sample-apps.ts';
import { SAMPLE_SQL } from '../../testing/samples/sample-sql.ts';
import { SplitView } from '../SplitView.tsx';
import { NotebookView } from './NotebookView.tsx';

const meta: Meta<typeof NotebookView> = { title: 'Notebook', component: NotebookView };
export default meta;
type Story = StoryObj<typeof NotebookView>;

const at = { createdAt: SAMPLE_TIME, updatedAt: SAMPLE_TIME };
const CELLS: readonly Cell[] = [
  { id: 'c1', type: 'markdown', name: 'Why', text: 'Volume by symbol, to see spikes before they hurt.', ...at },
  { id: 'c2', type: 'sql', nlPrompt: 'volume by symbol every five minutes', sql: SAMPLE_SQL, ...at },
  { id: 'c3', type: 'insight', name: 'Found', text: 'NVDA trades twice as much as the others.', ...at },
];
const CONTEXT: ThreadContext = {
  sources: { trades: 'kafka://broker1:9092/trades' },
  sinks: {},
  metrics: sampleApp.metrics,
  alerts: sampleApp.alerts,
  schemas: {},
  connections: {},
  dependencies: ['c2'],
};
const actions = { onRun: fn(), onTest: fn(), onChange: fn(), onMove: fn(), onRemove: fn(), onAdd: fn(), onDeploy: fn() };

export const Typical: Story = { args: { name: 'Trading', cells: CELLS, context: CONTEXT, ...actions } };
export const Empty: Story = { args: { name: 'New notebook', cells: [], ...actions } };
export const ReadOnly: Story = { args: { name: 'Trading', cells: CELLS, context: CONTEXT } };
export const Dark: Story = { ...Typical, parameters: { velo: { theme: 'dark' } } };
export const Split: StoryObj = {
  render: () => (
    <div style={{ blockSize: 240 }}>
      <SplitView start={<p>Conversation</p>} end={<p>Artifacts</p>} />
    </div>
  ),
};
