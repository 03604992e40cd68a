import type { ReactNode } from 'react';

const WIDTH = 240;
const HEIGHT = 72;
const BOX = { width: 26, height: 10 };

interface MiniEdge {
  readonly from: string;
  readonly to: string;
}

/** Depth of each node from the sources, so that data runs from left to right. An edge that closes a circle moves nothing. */
function depthsOf(edges: readonly MiniEdge[]): ReadonlyMap<string, number> {
  const nodes = new Set(edges.flatMap(({ from, to }) => [from, to]));
  const fed = new Set(edges.flatMap(({ from, to }) => (from === to ? [] : [to])));
  const depths = new Map<string, number>();
  const reach = (node: string, depth: number, above: ReadonlySet<string>): void => {
    if (depth <= (depths.get(node) ?? -1)) return;
    depths.set(node, depth);
    const seen = new Set(above).add(node);
    for (const { from, to } of edges) if (from === node && !seen.has(to)) reach(to, depth + 1, seen);
  };
  for (const node of nodes) if (!fed.has(node)) reach(node, 0, new Set());
  // What is left stands in a circle that nothing feeds from outside.
  for (const node of nodes) if (!depths.has(node)) reach(node, 0, new Set());
  return depths;
}

/** A template's data flow as small as a stamp: decoration, its words stand on the card. */
export function MiniFlow({ edges }: { readonly edges: readonly MiniEdge[] }): ReactNode {
  const depths = depthsOf(edges);
  const columns = new Map<number, string[]>();
  for (const [node, depth] of depths) columns.set(depth, [...(columns.get(depth) ?? []), node]);
  const last = Math.max(1, ...columns.keys());
  const places = new Map(
    [...columns].flatMap(([depth, nodes]) =>
      nodes.map((node, i) => [node, { x: 8 + (depth / last) * (WIDTH - BOX.width - 16), y: ((i + 0.5) / nodes.length) * HEIGHT }] as const),
    ),
  );
  return (
    <svg className="velo-mini-flow" viewBox={`0 0 ${WIDTH} ${HEIGHT}`} aria-hidden="true">
      {edges.map(({ from, to }) => {
        const a = places.get(from);
        const b = places.get(to);
        if (!a || !b) return null;
        const middle = (a.x + BOX.width + b.x) / 2;
        return <path key={`${from}→${to}`} d={`M${a.x + BOX.width} ${a.y}C${middle} ${a.y} ${middle} ${b.y} ${b.x} ${b.y}`} />;
      })}
      {[...places].map(([node, { x, y }]) => (
        <rect key={node} x={x} y={y - BOX.height / 2} {...BOX} rx={2.5} data-depth={depths.get(node) === 0 ? 'source' : 'step'} />
      ))}
    </svg>
  );
}
