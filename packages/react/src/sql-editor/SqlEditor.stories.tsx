import type { Meta, StoryObj } from '@storybook/react-vite';
import { Sample } from '../artifacts.fixture.tsx';

const meta: Meta<typeof Sample> = { title: 'Artifacts/SQL editor', component: Sample };
export default meta;

type Story = StoryObj<typeof Sample>;

export const Typical: Story = { args: { name: 'sql-editor/typical' } };
export const Faulty: Story = { args: { name: 'sql-editor/faulty' } };
export const Huge: Story = { args: { name: 'sql-editor/huge' } };
export const Empty: Story = { args: { name: 'sql-editor/empty' } };
export const Waiting: Story = { args: { name: 'sql-editor/waiting' } };
export const Failed: Story = { args: { name: 'sql-editor/failed' } };
export const Dark: Story = { args: { name: 'sql-editor/typical' }, parameters: { velo: { theme: 'dark' } } };
export const RightToLeft: Story = { args: { name: 'sql-editor/typical' }, parameters: { velo: { dir: 'rtl' } } };
export const Compact: Story = { args: { name: 'sql-editor/typical' }, parameters: { velo: { density: 'compact' } } };
export const WithoutRenderers: Story = { args: { name: 'sql-editor/typical' }, parameters: { velo: { renderers: 'none' } } };
