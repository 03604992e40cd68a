import type { Meta, StoryObj } from '@storybook/react-vite';
import { Sample } from '../artifacts.fixture.tsx';

const meta: Meta<typeof Sample> = { title: 'Artifacts/Query results', component: Sample };
export default meta;

type Story = StoryObj<typeof Sample>;

export const Typical: Story = { args: { name: 'query-results/typical' } };
export const Bar: Story = { args: { name: 'query-results/bar' } };
export const Gauge: Story = { args: { name: 'query-results/gauge' } };
export const Empty: Story = { args: { name: 'query-results/empty' } };
export const Masked: Story = { args: { name: 'query-results/masked' } };
export const Huge: Story = { args: { name: 'query-results/huge' } };
export const Live: Story = { args: { name: 'query-results/live' } };
export const Waiting: Story = { args: { name: 'query-results/waiting' } };
export const Failed: Story = { args: { name: 'query-results/failed' } };
export const Dark: Story = { args: { name: 'query-results/typical' }, parameters: { velo: { theme: 'dark' } } };
export const RightToLeft: Story = { args: { name: 'query-results/typical' }, parameters: { velo: { dir: 'rtl' } } };
export const Compact: Story = { args: { name: 'query-results/typical' }, parameters: { velo: { density: 'compact' } } };
export const WithoutRenderers: Story = { args: { name: 'query-results/typical' }, parameters: { velo: { renderers: 'none' } } };
