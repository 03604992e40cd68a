import { describeNode } from './explain/describe-node.ts';
import type { PlanNode, QueryPlan } from './plan.ts';
import { inputsOf } from './tree/plan-tree.ts';

/**
 * A plan as text: one node a line, inputs indented beneath their reader.
 *
 * @example
 * WindowAggregate  tumbling=10s keys=[symbol] aggregates=[sum(qty)] emit=final
 *   Watermark  column=ts delay=5s
 *     Source  relation=trades columns=[symbol, qty, ts]
 */
export const explainPlan = (plan: Pick<QueryPlan, 'root'>): string => explainNode(plan.root);

/** The same for a part of a plan. */
export const explainNode = (root: PlanNode): string => linesOf(root, 0).join('\n');

function linesOf(node: PlanNode, depth: number): string[] {
  const { label, details } = describeNode(node);
  const line = [label, details.map(([name, value]) => `${name}=${value}`).join(' ')].filter((part) => part !== '').join('  ');
  return ['  '.repeat(depth) + line, ...inputsOf(node).flatMap((input) => linesOf(input, depth + 1))];
}
