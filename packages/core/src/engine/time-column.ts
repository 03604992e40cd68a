import type { PlanNode, ScanNode } from '../sql/plan/plan.ts';
import type { Field } from '../values/column.ts';
import type { Graph } from './graph.ts';

/** The event-time column of a relation among the feed's columns, by which bounded sources are merged; -1 when no statement reads one. */
export function timeColumnOf(graph: Graph, relation: string, fields: readonly Field[]): number {
  for (const node of graph.nodes) {
    const name = find(node.statement.plan.root, relation);
    if (name !== null) return fields.findIndex((f) => f.name === name);
  }
  return -1;
}

/** Name of the scan column from which a watermark node above a scan of the relation takes its time. */
function find(node: PlanNode, relation: string): string | null {
  switch (node.kind) {
    case 'scan':
    case 'values':
      return null;
    case 'watermark': {
      const scan = scanBeneath(node.input);
      if (scan && scan.relation === relation && node.time?.kind === 'column') return scan.columns[node.time.index] ?? null;
      return find(node.input, relation);
    }
    case 'join':
    case 'temporal-join':
      return find(node.left, relation) ?? find(node.right, relation);
    case 'union':
      return node.inputs.map((input) => find(input, relation)).find((name) => name !== null) ?? null;
    default:
      return find(node.input, relation);
  }
}

const scanBeneath = (node: PlanNode): ScanNode | null =>
  node.kind === 'scan' ? node : node.kind === 'filter' ? scanBeneath(node.input) : null;
