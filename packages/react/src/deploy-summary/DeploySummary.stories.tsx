import type { Meta, StoryObj } from '@storybook/react-vite';
import { Sample } from '../artifacts.fixture.tsx';

const meta: Meta<typeof Sample> = { title: 'Artifacts/Deploy summary', component: Sample };
export default meta;

type Story = StoryObj<typeof Sample>;

export const Typical: Story = { args: { name: 'deploy-summary/typical' } };
export const Live: Story = { args: { name: 'deploy-summary/live' } };
export const Empty: Story = { args: { name: 'deploy-summary/empty' } };
export const Huge: Story = { args: { name: 'deploy-summary/huge' } };
export const Waiting: Story = { args: { name: 'deploy-summary/waiting' } };
export const Failed: Story = { args: { name: 'deploy-summary/failed' } };
export const Dark: Story = { args: { name: 'deploy-summary/typical' }, parameters: { velo: { theme: 'dark' } } };
export const RightToLeft: Story = { args: { name: 'deploy-summary/typical' }, parameters: { velo: { dir: 'rtl' } } };
export const Compact: Story = { args: { name: 'deploy-summary/typical' }, parameters: { velo: { density: 'compact' } } };
export const WithoutRenderers: Story = { args: { name: 'deploy-summary/typical' }, parameters: { velo: { renderers: 'none' } } };
