import type { PlanNode } from '../plan.ts';

/** Name of a node as EXPLAIN and metrics show it: `TopN`, `WindowAggregate`, `Source`. */
export function nodeLabel(node: PlanNode): string {
  if (node.kind === 'scan') return node.relationKind === 'table' ? 'Table' : 'Source';
  if (node.kind === 'aggregate' && node.window !== null) return 'WindowAggregate';
  return node.kind.replace(/(?:^|-)(.)/g, (_, letter: string) => letter.toUpperCase());
}
