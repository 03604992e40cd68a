import type { JobMetrics, Topology, TopologyNode } from '@velostream/core/protocol/deploy';
import { countText, durationText } from '../text/quantity-text.ts';

/** One step with the labels of what it reads and writes. */
export interface FlowStep {
  readonly node: TopologyNode;
  readonly reads: readonly string[];
  readonly writes: readonly string[];
}

/** Transforms in the order of the data; a graph without any lists its nodes. */
export function flowOf({ nodes, edges }: Topology): readonly FlowStep[] {
  const labels = new Map(nodes.map((node) => [node.id, node.label]));
  const transforms = nodes.filter(({ type }) => type === 'transform');
  return (transforms.length > 0 ? transforms : nodes).map((node) => ({
    node,
    reads: edges.filter(({ to }) => to === node.id).map(({ from }) => labels.get(from) ?? from),
    writes: edges.filter(({ from }) => from === node.id).map(({ to }) => labels.get(to) ?? to),
  }));
}

/** Metrics of a node: by its own id, or by that of its query. */
export const metricsOf = (metrics: Readonly<Record<string, JobMetrics>>, node: TopologyNode): JobMetrics | undefined =>
  metrics[node.id] ?? (node.queryId === undefined ? undefined : metrics[node.queryId]);

const LAG_MIN = 1_000;
const LATENCY_MIN_MS = 250;

/** The step with the most lag, or else the highest latency, where either is high enough to matter. */
export function bottleneckOf(
  metrics: Readonly<Record<string, JobMetrics>>,
  { nodes }: Topology,
): { readonly node: TopologyNode; readonly reason: string } | null {
  const measured = nodes.flatMap((node) => {
    const of = node.type === 'transform' ? metricsOf(metrics, node) : undefined;
    return of ? [{ node, lag: of.consumerLag ?? 0, latency: of.latencyP99Ms ?? of.latencyAvgMs ?? 0 }] : [];
  });
  const byLag = measured.toSorted((a, b) => b.lag - a.lag)[0];
  if (byLag && byLag.lag >= LAG_MIN) return { node: byLag.node, reason: `${countText(byLag.lag)} records behind` };
  const byLatency = measured.toSorted((a, b) => b.latency - a.latency)[0];
  return byLatency && byLatency.latency >= LATENCY_MIN_MS
    ? { node: byLatency.node, reason: `${durationText(byLatency.latency)} at p99` }
    : null;
}

/** Ids of nodes and names of columns that a column comes from or goes to, the column itself included; `<node>.<column>`. */
export function columnTrail({ lineage }: Topology, column: string): ReadonlySet<string> {
  const trail = new Set([column]);
  const follow = (start: string, step: (at: string) => readonly string[]): void => {
    const open = [start];
    for (let at = open.pop(); at !== undefined; at = open.pop())
      for (const next of step(at)) {
        if (trail.has(next)) continue;
        trail.add(next);
        open.push(next);
      }
  };
  follow(column, (at) => lineage.filter(({ to }) => to === at).map(({ from }) => from));
  follow(column, (at) => lineage.filter(({ from }) => from === at).map(({ to }) => to));
  return trail;
}
