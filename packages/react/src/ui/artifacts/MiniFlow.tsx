import type { ReactNode } from 'react';

const WIDTH = 240;
const HEIGHT = 72;
const BOX = { width: 26, height: 10 };

/** Depth of each node from the sources, so that data runs from left to right. A circle stops at the number of nodes. */
function depthsOf(edges: readonly { readonly from: string; readonly to: string }[]): ReadonlyMap<string, number> {
  const depths = new Map<string, number>();
  for (const { from, to } of edges) {
    if (!depths.has(from)) depths.set(from, 0);
    if (!depths.has(to)) depths.set(to, 0);
  }
  for (let round = 0; round < depths.size; round++) {
    let isSettled = true;
    for (const { from, to } of edges) {
      const depth = Math.min((depths.get(from) ?? 0) + 1, depths.size);
      if (depth <= (depths.get(to) ?? 0)) continue;
      depths.set(to, depth);
      isSettled = false;
    }
    if (isSettled) break;
  }
  return depths;
}

/** A template's data flow as small as a stamp: decoration, its words stand on the card. */
export function MiniFlow({ edges }: { readonly edges: readonly { readonly from: string; readonly to: string }[] }): ReactNode {
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
