import type { PlanNode } from '../sql/plan/plan.ts';
import { inputsOf } from './plan-inputs.ts';

/**
 * Relations of which some operator of the plan may hold a batch after it was processed. The others reach an aggregation by
 * filters and projections alone; it takes over values row by row, so their sources may use the arrays of a batch again.
 */
export function keepsBatchesOf(root: PlanNode): ReadonlySet<string> {
  const kept = new Set<string>();
  const walk = (node: PlanNode, isTaken: boolean): void => {
    if (node.kind === 'scan') {
      if (!isTaken) kept.add(node.relation);
      return;
    }
    const passes = node.kind === 'filter' || node.kind === 'project' || node.kind === 'watermark';
    for (const input of inputsOf(node)) walk(input, node.kind === 'aggregate' || (passes && isTaken));
  };
  walk(root, false);
  return kept;
}
