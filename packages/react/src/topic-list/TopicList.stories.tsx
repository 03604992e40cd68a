import type { Meta, StoryObj } from '@storybook/react-vite';
import { Sample } from '../artifacts.fixture.tsx';

const meta: Meta<typeof Sample> = { title: 'Artifacts/Topic list', component: Sample };
export default meta;

type Story = StoryObj<typeof Sample>;

export const Typical: Story = { args: { name: 'topic-list/typical' } };
export const Huge: Story = { args: { name: 'topic-list/huge' } };
export const Empty: Story = { args: { name: 'topic-list/empty' } };
export const Live: Story = { args: { name: 'topic-list/live' } };
export const Waiting: Story = { args: { name: 'topic-list/waiting' } };
export const Failed: Story = { args: { name: 'topic-list/failed' } };
export const Dark: Story = { args: { name: 'topic-list/typical' }, parameters: { velo: { theme: 'dark' } } };
export const RightToLeft: Story = { args: { name: 'topic-list/typical' }, parameters: { velo: { dir: 'rtl' } } };
export const Compact: Story = { args: { name: 'topic-list/typical' }, parameters: { velo: { density: 'compact' } } };
export const WithoutRenderers: Story = { args: { name: 'topic-list/typical' }, parameters: { velo: { renderers: 'none' } } };
