import type { Expr } from '../../bind/expression.ts';
import { childrenOf } from '../../bind/expression-tree.ts';
import type { PlanNode, ProjectNode } from '../plan.ts';
import { isRepeatable } from '../tree/expr-traits.ts';
import { substitute } from '../tree/expr-tree.ts';
import { mapPlan } from '../tree/plan-tree.ts';
import type { Rule } from './rule.ts';

/** A projection of a projection becomes one, where that computes nothing twice. */
export const mergeProjects: Rule = {
  name: 'merge-projects',
  rewrite: (root) => mapPlan(root, (node) => (node.kind === 'project' && node.input.kind === 'project' ? merge(node, node.input) : node)),
};

function merge(outer: ProjectNode, inner: ProjectNode): PlanNode {
  if (inner.eventTime !== null || !inner.items.every(isRepeatable)) return outer;
  const uses = new Map<number, number>();
  for (const item of [...outer.items, ...(outer.eventTime === null ? [] : [outer.eventTime])]) countUses(item, uses);
  if (inner.items.some((item, i) => !isTrivial(item) && (uses.get(i) ?? 0) > 1)) return outer;
  return {
    ...outer,
    input: inner.input,
    items: outer.items.map((item) => substitute(item, inner.items)),
    eventTime: outer.eventTime === null ? null : substitute(outer.eventTime, inner.items),
  };
}

const isTrivial = (e: Expr): boolean => e.kind === 'column' || e.kind === 'literal' || e.kind === 'system';

function countUses(e: Expr, into: Map<number, number>): void {
  if (e.kind === 'column') into.set(e.index, (into.get(e.index) ?? 0) + 1);
  for (const part of childrenOf(e)) countUses(part, into);
}
