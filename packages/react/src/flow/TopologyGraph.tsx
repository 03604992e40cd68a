import type { JobMetrics, Topology } from '@velostream/core/protocol/deploy';
import { Background, Controls, type Edge, MarkerType, ReactFlow, type Viewport } from '@xyflow/react';
import { type ReactNode, useCallback, useMemo, useState } from 'react';
import type { GraphProps } from '../renderers/renderers.ts';
import { bottleneckOf, columnTrail, metricsOf } from '../topology/topology-flow.ts';
import { edgeWidth, type Placed, placed } from './layout.ts';
import { LineageContext } from './lineage-context.ts';
import { type StepData, StepNode } from './StepNode.tsx';
import { useColumnKeys } from './use-column-keys.ts';

const NODE_TYPES = { step: StepNode };
const NO_METRICS: Readonly<Record<string, JobMetrics>> = {};
const NOTHING: ReadonlySet<string> = new Set();
const HEIGHT_MIN = 280;
const HEIGHT_MAX = 640;
const MARGIN = 24;
/** Below the graph, for the buttons of the view. */
const STRIP = 32;
/** Below this the words of a node cannot be read: what is wider is moved by hand. */
const ZOOM_MIN = 0.78;

/**
 * The data flow from left to right: edges as wide as their rate, the slowest step outlined, a column traced through the graph under the
 * pointer or the focus. Tab reaches one column, arrow keys go on to the others. Needs the theme's style sheet.
 */
export function TopologyGraph({ topology, label, metrics = NO_METRICS, height: given }: GraphProps): ReactNode {
  const [traced, setTraced] = useState<string | null>(null);
  const places = useMemo(() => placed(topology), [topology]);
  const [place, width] = useWidth();
  const { height, view } = useMemo(() => framed(places, width, given), [places, width, given]);
  const trail = useMemo(() => (traced === null ? NOTHING : columnTrail(topology, traced)), [topology, traced]);
  const { reached, onKeyDown, onFocus, onInit } = useColumnKeys(places);
  const lineage = useMemo(() => ({ trail, trace: setTraced, reached }), [trail, reached]);
  const nodes = useMemo(() => nodesOf(places, topology, metrics), [places, topology, metrics]);
  const edges = useMemo(() => edgesOf(topology, metrics, trail), [topology, metrics, trail]);
  if (topology.nodes.length === 0) return <p className="velo-empty">There is no data flow yet</p>;
  return (
    <LineageContext.Provider value={lineage}>
      <section className="velo-graph" ref={place} style={{ blockSize: height }} aria-label={label} onKeyDown={onKeyDown} onFocus={onFocus}>
        <ReactFlow
          // The view is taken once, when it appears: by then the width of the place is known.
          key={width > 0 ? 'fitted' : 'unmeasured'}
          defaultViewport={view}
          onInit={onInit}
          nodes={nodes}
          edges={edges}
          nodeTypes={NODE_TYPES}
          nodesDraggable={false}
          nodesConnectable={false}
          nodesFocusable={false}
          edgesFocusable={false}
          elementsSelectable={false}
          zoomOnScroll={false}
          preventScrolling={false}
          fitViewOptions={{ padding: 0.04, minZoom: ZOOM_MIN, maxZoom: 1 }}
          minZoom={0.15}
          maxZoom={1.5}
          attributionPosition="bottom-left"
        >
          <Background gap={20} size={1} />
          <Controls showInteractive={false} position="bottom-right" />
        </ReactFlow>
      </section>
    </LineageContext.Provider>
  );
}

/** The width of the place, once it stands in the page. */
function useWidth(): [(element: HTMLElement | null) => void, number] {
  const [width, setWidth] = useState(0);
  const measure = useCallback((element: HTMLElement | null): void => {
    if (element) setWidth((before) => before || element.clientWidth);
  }, []);
  return [measure, width];
}

interface Framed {
  readonly height: number;
  readonly view: Viewport;
}

/**
 * As high as the graph wants to be, so that its words can be read; a wide one is drawn smaller, and is lower by as much. What is wider still
 * begins at its sources.
 */
function framed(places: readonly Placed[], width: number, given: number | undefined): Framed {
  const wide = Math.max(0, ...places.map((place) => place.x + place.width));
  const high = Math.max(0, ...places.map((place) => place.y + place.height));
  const inWidth = width > 0 ? (width - MARGIN) / wide : 1;
  const inHeight = given === undefined ? 1 : (given - MARGIN) / high;
  const zoom = Math.max(ZOOM_MIN, Math.min(1, inWidth, inHeight));
  const height = given ?? Math.min(HEIGHT_MAX, Math.max(HEIGHT_MIN, MARGIN + zoom * high + STRIP));
  const x = Math.max(MARGIN / 2, (width - zoom * wide) / 2);
  const y = Math.max(MARGIN / 2, (height - STRIP - zoom * high) / 2);
  return { height, view: { x, y, zoom } };
}

function nodesOf(places: readonly Placed[], topology: Topology, metrics: Readonly<Record<string, JobMetrics>>): StepData[] {
  const slowest = bottleneckOf(metrics, topology)?.node.id;
  return places.map(({ node, x, y, width, height }) => ({
    id: node.id,
    type: 'step',
    position: { x, y },
    width,
    height,
    data: { node, metrics: metricsOf(metrics, node), isBottleneck: node.id === slowest },
  }));
}

/** Records per second that run over an edge: what its step reads or writes. */
function rateOf(from: string, to: string, topology: Topology, metrics: Readonly<Record<string, JobMetrics>>): number {
  const ends = [to, from].map((id) => topology.nodes.find((node) => node.id === id));
  for (const node of ends) {
    const of = node && metricsOf(metrics, node);
    if (of) return of.recordsPerSecond;
  }
  return 0;
}

function edgesOf(topology: Topology, metrics: Readonly<Record<string, JobMetrics>>, trail: ReadonlySet<string>): Edge[] {
  const onTrail = new Set(
    topology.lineage.flatMap(({ from, to }) =>
      trail.has(from) && trail.has(to) ? [`${from.slice(0, from.lastIndexOf('.'))}→${to.slice(0, to.lastIndexOf('.'))}`] : [],
    ),
  );
  return topology.edges.map(({ from, to }) => {
    const isTraced = onTrail.has(`${from}→${to}`);
    const color = isTraced ? 'var(--_accent)' : 'var(--_muted)';
    return {
      id: `${from}→${to}`,
      source: from,
      target: to,
      className: 'velo-edge',
      style: {
        stroke: color,
        strokeWidth: edgeWidth(rateOf(from, to, topology, metrics)),
        opacity: trail.size > 0 && !isTraced ? 0.2 : isTraced ? 1 : 0.8,
      },
      markerEnd: { type: MarkerType.ArrowClosed, color, width: 12, height: 12, markerUnits: 'userSpaceOnUse' },
    };
  });
}
