import dagre from '@dagrejs/dagre';
import type { Topology, TopologyNode } from '@velostream/core/protocol/deploy';

export interface Placed {
  readonly node: TopologyNode;
  readonly x: number;
  readonly y: number;
  readonly width: number;
  readonly height: number;
}

const WIDTH = 172;
const HEAD = 66;
const LINE = 22;
/** Letters of a name that fit on a line; a longer one takes two. */
const LETTERS = 17;
const NAME_LINE = 18;
/** Columns that a node shows; the rest is counted. */
export const COLUMNS_SHOWN = 6;

export function heightOf({ columns = [], type, label }: TopologyNode): number {
  const lines = Math.min(columns.length, COLUMNS_SHOWN) + (columns.length > COLUMNS_SHOWN ? 1 : 0);
  const name = label.length > LETTERS ? NAME_LINE : 0;
  return HEAD + name + (type === 'transform' ? 20 : 0) + (lines > 0 ? lines * LINE + 10 : 0);
}

/** Places nodes from left to right, so that data runs with the reading direction and edges cross little. */
export function placed({ nodes, edges }: Topology): readonly Placed[] {
  const graph = new dagre.graphlib.Graph();
  graph.setGraph({ rankdir: 'LR', nodesep: 20, ranksep: 22, marginx: 8, marginy: 8 });
  graph.setDefaultEdgeLabel(() => ({}));
  for (const node of nodes) graph.setNode(node.id, { width: WIDTH, height: heightOf(node) });
  const known = new Set(nodes.map(({ id }) => id));
  for (const { from, to } of edges) if (known.has(from) && known.has(to)) graph.setEdge(from, to);
  dagre.layout(graph);
  return nodes.map((node) => {
    const { x, y, width, height } = graph.node(node.id) as { x: number; y: number; width: number; height: number };
    return { node, x: x - width / 2, y: y - height / 2, width, height };
  });
}

/** Width of an edge by records per second, on a log scale: 1 for nothing, 6 for a million. */
export const edgeWidth = (perSecond: number): number => 1 + Math.min(5, Math.log10(1 + Math.max(0, perSecond)) * (5 / 6));
