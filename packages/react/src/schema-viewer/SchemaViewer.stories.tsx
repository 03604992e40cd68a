import type { Meta, StoryObj } from '@storybook/react-vite';
import { Sample } from '../artifacts.fixture.tsx';

const meta: Meta<typeof Sample> = { title: 'Artifacts/Schema viewer', component: Sample };
export default meta;

type Story = StoryObj<typeof Sample>;

export const Typical: Story = { args: { name: 'schema-viewer/typical' } };
export const Diff: Story = { args: { name: 'schema-viewer/diff' } };
export const Empty: Story = { args: { name: 'schema-viewer/empty' } };
export const Huge: Story = { args: { name: 'schema-viewer/huge' } };
export const Masked: Story = { args: { name: 'schema-viewer/masked' } };
export const Waiting: Story = { args: { name: 'schema-viewer/waiting' } };
export const Failed: Story = { args: { name: 'schema-viewer/failed' } };
export const Dark: Story = { args: { name: 'schema-viewer/typical' }, parameters: { velo: { theme: 'dark' } } };
export const RightToLeft: Story = { args: { name: 'schema-viewer/typical' }, parameters: { velo: { dir: 'rtl' } } };
export const Compact: Story = { args: { name: 'schema-viewer/typical' }, parameters: { velo: { density: 'compact' } } };
export const WithoutRenderers: Story = { args: { name: 'schema-viewer/typical' }, parameters: { velo: { renderers: 'none' } } };
