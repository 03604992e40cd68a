import type { LimitNode, PlanNode, SortNode } from '../plan.ts';
import { mapPlan } from '../tree/plan-tree.ts';
import type { Rule } from './rule.ts';

interface Range {
  readonly count: number;
  readonly offset: number;
}

/** LIMIT of a LIMIT, or of a result sorted at its end, becomes one range of rows. */
export const mergeLimits: Rule = {
  name: 'merge-limits',
  rewrite: (root) => mapPlan(root, (node) => (node.kind === 'limit' && node.scope === 'query' ? merge(node) : node)),
};

function merge(outer: LimitNode): PlanNode {
  const { input } = outer;
  if (input.kind === 'limit' && input.scope === 'query') return { ...input, ...rangeWithin(input, outer) };
  if (input.kind === 'sort' && input.scope === 'end') {
    return {
      ...input,
      limit: input.limit === null ? { count: outer.count, offset: outer.offset } : rangeWithin(input.limit, outer),
    } satisfies SortNode;
  }
  return outer;
}

/** Rows `offset`, `count` of what `inner` lets pass. */
const rangeWithin = (inner: Range, outer: Range): Range => ({
  offset: inner.offset + outer.offset,
  count: Math.min(outer.count, Math.max(0, inner.count - outer.offset)),
});
