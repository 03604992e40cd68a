import { lazy } from 'react';
import type { Renderers } from './renderers.ts';

/** Editor, charts, graph and grid, each loaded when it is first drawn. The host has their packages installed. */
export const lazyRenderers: Renderers = {
  editor: lazy(async () => ({ default: (await import('../monaco/MonacoEditor.tsx')).MonacoEditor })),
  chart: lazy(async () => ({ default: (await import('../recharts/Chart.tsx')).Chart })),
  graph: lazy(async () => ({ default: (await import('../flow/TopologyGraph.tsx')).TopologyGraph })),
  table: lazy(async () => ({ default: (await import('../table/DataGrid.tsx')).DataGrid })),
};
