import type { Meta, StoryObj } from '@storybook/react-vite';
import { Sample } from '../artifacts.fixture.tsx';

const meta: Meta<typeof Sample> = { title: 'Artifacts/Template browser', component: Sample };
export default meta;

type Story = StoryObj<typeof Sample>;

export const Typical: Story = { args: { name: 'template-browser/typical' } };
export const Empty: Story = { args: { name: 'template-browser/empty' } };
export const Huge: Story = { args: { name: 'template-browser/huge' } };
export const Waiting: Story = { args: { name: 'template-browser/waiting' } };
export const Failed: Story = { args: { name: 'template-browser/failed' } };
export const Dark: Story = { args: { name: 'template-browser/typical' }, parameters: { velo: { theme: 'dark' } } };
export const RightToLeft: Story = { args: { name: 'template-browser/typical' }, parameters: { velo: { dir: 'rtl' } } };
export const Compact: Story = { args: { name: 'template-browser/typical' }, parameters: { velo: { density: 'compact' } } };
export const WithoutRenderers: Story = { args: { name: 'template-browser/typical' }, parameters: { velo: { renderers: 'none' } } };
