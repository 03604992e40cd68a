import type { Expr } from '../../bind/expression.ts';
import { conjuncts } from '../../bind/expression-tree.ts';
import type { PlanNode } from '../plan.ts';
import { mayFail } from '../tree/expr-traits.ts';
import { conjunction } from '../tree/expr-tree.ts';
import { mapPlan } from '../tree/plan-tree.ts';
import type { Rule } from './rule.ts';

/**
 * Two filters in a row become one; a filter that is always true goes. A predicate that may fail stays apart: it must
 * not see rows that the filter beneath drops.
 */
export const mergeFilters: Rule = {
  name: 'merge-filters',
  rewrite: (root) => mapPlan(root, merge),
};

function merge(node: PlanNode): PlanNode {
  if (node.kind !== 'filter') return node;
  if (isTrue(node.predicate)) return node.input;
  const { input } = node;
  if (input.kind !== 'filter' || mayFail(node.predicate)) return node;
  const both = conjunction([...conjuncts(input.predicate), ...conjuncts(node.predicate)]) as Expr;
  return { ...input, predicate: both, fields: node.fields };
}

const isTrue = (e: Expr): boolean => e.kind === 'literal' && e.value === true;
