import type { Meta, StoryObj } from '@storybook/react-vite';
import { Sample } from '../artifacts.fixture.tsx';

const meta: Meta<typeof Sample> = { title: 'Artifacts/Grafana dashboard', component: Sample };
export default meta;

type Story = StoryObj<typeof Sample>;

export const Typical: Story = { args: { name: 'grafana-embed/typical' } };
export const Empty: Story = { args: { name: 'grafana-embed/empty' } };
export const Huge: Story = { args: { name: 'grafana-embed/huge' } };
export const Waiting: Story = { args: { name: 'grafana-embed/waiting' } };
export const Failed: Story = { args: { name: 'grafana-embed/failed' } };
export const Dark: Story = { args: { name: 'grafana-embed/typical' }, parameters: { velo: { theme: 'dark' } } };
export const RightToLeft: Story = { args: { name: 'grafana-embed/typical' }, parameters: { velo: { dir: 'rtl' } } };
export const Compact: Story = { args: { name: 'grafana-embed/typical' }, parameters: { velo: { density: 'compact' } } };
export const WithoutRenderers: Story = { args: { name: 'grafana-embed/typical' }, parameters: { velo: { renderers: 'none' } } };
