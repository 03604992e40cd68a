import type { Meta, StoryObj } from '@storybook/react-vite';
import { Sample } from '../artifacts.fixture.tsx';

const meta: Meta<typeof Sample> = { title: 'Artifacts/Test results', component: Sample };
export default meta;

type Story = StoryObj<typeof Sample>;

export const Typical: Story = { args: { name: 'test-results/typical' } };
export const Failed: Story = { args: { name: 'test-results/failed' } };
export const Broken: Story = { args: { name: 'test-results/broken' } };
export const App: Story = { args: { name: 'test-results/app' } };
export const Empty: Story = { args: { name: 'test-results/empty' } };
export const Huge: Story = { args: { name: 'test-results/huge' } };
export const Waiting: Story = { args: { name: 'test-results/waiting' } };
export const Dark: Story = { args: { name: 'test-results/typical' }, parameters: { velo: { theme: 'dark' } } };
export const RightToLeft: Story = { args: { name: 'test-results/typical' }, parameters: { velo: { dir: 'rtl' } } };
export const Compact: Story = { args: { name: 'test-results/typical' }, parameters: { velo: { density: 'compact' } } };
export const WithoutRenderers: Story = { args: { name: 'test-results/typical' }, parameters: { velo: { renderers: 'none' } } };
