import type { Meta, StoryObj } from '@storybook/react-vite';
import { Sample } from '../artifacts.fixture.tsx';

const meta: Meta<typeof Sample> = { title: 'Artifacts/Topology', component: Sample };
export default meta;

type Story = StoryObj<typeof Sample>;

export const Typical: Story = { args: { name: 'topology/typical' } };
export const Huge: Story = { args: { name: 'topology/huge' } };
export const Empty: Story = { args: { name: 'topology/empty' } };
export const Live: Story = { args: { name: 'topology/live' } };
export const Waiting: Story = { args: { name: 'topology/waiting' } };
export const Failed: Story = { args: { name: 'topology/failed' } };
export const Dark: Story = { args: { name: 'topology/typical' }, parameters: { velo: { theme: 'dark' } } };
export const RightToLeft: Story = { args: { name: 'topology/typical' }, parameters: { velo: { dir: 'rtl' } } };
export const Compact: Story = { args: { name: 'topology/typical' }, parameters: { velo: { density: 'compact' } } };
export const WithoutRenderers: Story = { args: { name: 'topology/typical' }, parameters: { velo: { renderers: 'none' } } };
