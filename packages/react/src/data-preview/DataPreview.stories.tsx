import type { Meta, StoryObj } from '@storybook/react-vite';
import { Sample } from '../artifacts.fixture.tsx';

const meta: Meta<typeof Sample> = { title: 'Artifacts/Data preview', component: Sample };
export default meta;

type Story = StoryObj<typeof Sample>;

export const Typical: Story = { args: { name: 'data-preview/typical' } };
export const Compared: Story = { args: { name: 'data-preview/compared' } };
export const Empty: Story = { args: { name: 'data-preview/empty' } };
export const Huge: Story = { args: { name: 'data-preview/huge' } };
export const Masked: Story = { args: { name: 'data-preview/masked' } };
export const Waiting: Story = { args: { name: 'data-preview/waiting' } };
export const Failed: Story = { args: { name: 'data-preview/failed' } };
export const Dark: Story = { args: { name: 'data-preview/typical' }, parameters: { velo: { theme: 'dark' } } };
export const RightToLeft: Story = { args: { name: 'data-preview/typical' }, parameters: { velo: { dir: 'rtl' } } };
export const Compact: Story = { args: { name: 'data-preview/typical' }, parameters: { velo: { density: 'compact' } } };
export const WithoutRenderers: Story = { args: { name: 'data-preview/typical' }, parameters: { velo: { renderers: 'none' } } };
