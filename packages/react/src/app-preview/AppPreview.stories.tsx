import type { Meta, StoryObj } from '@storybook/react-vite';
import { Sample } from '../artifacts.fixture.tsx';

const meta: Meta<typeof Sample> = { title: 'Artifacts/App preview', component: Sample };
export default meta;

type Story = StoryObj<typeof Sample>;

export const Typical: Story = { args: { name: 'app-preview/typical' } };
export const Faulty: Story = { args: { name: 'app-preview/faulty' } };
export const Template: Story = { args: { name: 'app-preview/template' } };
export const Empty: Story = { args: { name: 'app-preview/empty' } };
export const Huge: Story = { args: { name: 'app-preview/huge' } };
export const Waiting: Story = { args: { name: 'app-preview/waiting' } };
export const Failed: Story = { args: { name: 'app-preview/failed' } };
export const Dark: Story = { args: { name: 'app-preview/typical' }, parameters: { velo: { theme: 'dark' } } };
export const RightToLeft: Story = { args: { name: 'app-preview/typical' }, parameters: { velo: { dir: 'rtl' } } };
export const Compact: Story = { args: { name: 'app-preview/typical' }, parameters: { velo: { density: 'compact' } } };
export const WithoutRenderers: Story = { args: { name: 'app-preview/typical' }, parameters: { velo: { renderers: 'none' } } };
