export type { TableProps } from '../renderers/renderers.ts';
export { DataGrid } from './DataGrid.tsx';
