import { sameType } from '../../../values/type-text.ts';
import type { Expr } from '../../bind/expression.ts';
import { conjuncts } from '../../bind/expression-tree.ts';
import type { JoinNode, PlanNode, TableJoinNode } from '../plan.ts';
import { readsOnlyColumns } from '../tree/expr-traits.ts';
import { columnsOf, conjunction, moveColumns } from '../tree/expr-tree.ts';
import { mapPlan } from '../tree/plan-tree.ts';
import type { Rule } from './rule.ts';

type Key = JoinNode['keys'][number];

/** Equalities between the two sides, wherever the condition came from, become keys: a hash look-up instead of a loop over all rows. */
export const deriveJoinKeys: Rule = {
  name: 'derive-join-keys',
  rewrite: (root) =>
    mapPlan(root, (node) => {
      if (node.kind === 'join') return derive(node, node.left.fields.length);
      if (node.kind === 'table-join') return derive(node, node.input.fields.length);
      return node;
    }),
};

function derive(node: JoinNode | TableJoinNode, leftWidth: number): PlanNode {
  if (node.residual === null) return node;
  const keys: Key[] = [];
  const rest: Expr[] = [];
  for (const condition of conjuncts(node.residual)) {
    const key = keyOf(condition, leftWidth);
    if (key === null) rest.push(condition);
    else keys.push(key);
  }
  return keys.length === 0 ? node : { ...node, keys: [...node.keys, ...keys], residual: conjunction(rest) };
}

function keyOf(e: Expr, leftWidth: number): Key | null {
  if (
    e.kind !== 'compare' ||
    e.op !== '=' ||
    e.twoValued ||
    !sameType(e.left.type, e.right.type) ||
    !isHashable(e.left) ||
    !readsOnlyColumns(e)
  )
    return null;
  const [a, b] = [sideOf(e.left, leftWidth), sideOf(e.right, leftWidth)];
  const toRight = (side: Expr): Expr => moveColumns(side, (index) => index - leftWidth);
  if (a === 'left' && b === 'right') return { left: e.left, right: toRight(e.right) };
  if (a === 'right' && b === 'left') return { left: e.right, right: toRight(e.left) };
  return null;
}

/** Values whose equality the keys of a join decide as `=` does. */
const isHashable = (e: Expr): boolean => !['any', 'json', 'array', 'map', 'struct', 'null'].includes(e.type.kind);

function sideOf(e: Expr, leftWidth: number): 'left' | 'right' | 'neither' {
  const columns = [...columnsOf(e)];
  if (columns.length === 0) return 'neither';
  if (columns.every((index) => index < leftWidth)) return 'left';
  return columns.every((index) => index >= leftWidth) ? 'right' : 'neither';
}
