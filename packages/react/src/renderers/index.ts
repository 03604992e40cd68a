export { lazyRenderers } from './lazy-renderers.ts';
export { type ChartProps, type EditorProps, type GraphProps, type Renderers, RenderersContext, type TableProps } from './renderers.ts';
